// What Dodo's API computes: bringing back what was archived, and where to upload an image to. By the types of its
// client library (unarchive response, image upload response).

import type { Json } from '../src/model/json.ts';
import type { Context } from '../src/rules/kind.ts';
import { partsOf } from '../src/rules/parts.ts';
import type { Row } from '../src/state/state.ts';

/** The collection is live again; rows whose product is archived, or gone, are left out and named. */
export function unarchiveCollection(context: Context, collection: Row): Json {
  const { contract, view } = context;
  const [resource, row, product] = ['collection', 'row', 'product'].map((name) =>
    contract.resource(name),
  ) as [R, R, R];
  const excluded: string[] = [];
  for (const group of partsOf(view, 'group', collection.id)) {
    for (const item of partsOf(view, 'row', group.id)) {
      const id = String(item.data['product_id']);
      const named = view.now('product', id);
      if (named !== undefined && product.live(named.data)) continue;
      excluded.push(id);
      context.remove(row, item);
    }
  }
  context.change(resource, collection, { archived: false });
  const message =
    excluded.length === 0
      ? 'the collection is live again'
      : `the collection is live again; archived products left out: ${excluded.length}`;
  return { collection_id: collection.id, excluded_product_ids: excluded, message };
}

type R = Parameters<Context['remove']>[0];

/** The record is live again; it answers nothing. */
export function unarchive(context: Context, row: Row): undefined {
  if (row.data['archived'] === true) {
    context.change(context.binding.resource, row, { archived: false });
  }
}

/** An address to upload an image to, and the image's id where it is asked for; nothing else changes. */
export function offerUpload({ query, tools }: Context, row: Row): Json {
  const image = tools.uuid?.() ?? '';
  const url = `https://uploads.invalid/${row.id}/${image}`;
  return query['force_update'] === true ? { url, image_id: image } : { url };
}
