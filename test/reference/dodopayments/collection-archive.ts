// DELETE (archive), unarchive and images of a collection.

import { collectionOf, touch } from './collections.ts';
import { homesOf } from './members.ts';
import type { Answer, Call, Collection } from './model.ts';
import { broken, done, invalidValue, Refusal } from './model.ts';

function spread(call: Call, collection: Collection): void {
  const { on, store, tenant } = call;
  for (const each of store.collections.all()) {
    if (each.tenant === tenant && on('archive-takes-siblings')) each.archived = true;
    if (each.tenant !== tenant && on('archive-takes-other-tenants')) each.archived = true;
  }
  const items = collection.groups.flatMap((group) => group.items);
  for (const item of items) {
    if (on('archive-disables-rows')) item.status = false;
    const product = store.products.get(item.productId);
    if (product && on('archive-archives-products')) product.archived = true;
  }
  for (const group of collection.groups) {
    if (on('archive-disables-groups')) group.status = false;
    if (on('archive-empties-groups')) group.items = [];
  }
  if (on('archive-drops-groups')) collection.groups = [];
}

export function archiveCollection(call: Call): Answer {
  const { on } = call;
  const collection = collectionOf(call, 'write');
  if (on('archive-lost')) return done;
  if (on('archive-answers-collection')) return { status: 200, body: { id: collection.id } };
  collection.archived = true;
  spread(call, collection);
  touch(call, collection);
  return done;
}

// The products that do not come back: archived ones, and ones that went elsewhere meanwhile.
function excluded(call: Call, collection: Collection): Set<string> {
  const { on, store } = call;
  const items = collection.groups.flatMap((group) => group.items);
  const out = items.filter((item) => {
    if (on('unarchive-drops-all-rows')) return true;
    if (on('unarchive-drops-disabled-rows') && !item.status) return true;
    if (on('unarchive-keeps-archived')) return false;
    const homes = homesOf(call, item.productId).filter((each) => each.collection !== collection);
    return store.products.get(item.productId)?.archived === true || homes.length > 0;
  });
  return new Set(out.map((item) => item.productId));
}

export function unarchiveCollection(call: Call): Answer {
  const { on, odd, store, tenant } = call;
  const collection = collectionOf(call, 'read');
  if (!collection.archived && odd('unarchive-live-refused')) {
    throw invalidValue('The collection is not archived.');
  }
  if (!collection.archived && on('unarchive-live-500')) throw broken();
  const gone = collection.archived ? excluded(call, collection) : new Set<string>();
  const rows = collection.groups.flatMap((group) => group.items);
  const out = rows.filter((item) => gone.has(item.productId));
  if (!on('unarchive-lists-but-keeps')) {
    for (const group of collection.groups) {
      group.items = group.items.filter((item) => !gone.has(item.productId));
    }
  }
  if (on('unarchive-drops-empty-groups')) {
    collection.groups = collection.groups.filter((group) => group.items.length > 0);
  }
  if (!on('unarchive-lost')) collection.archived = false;
  if (on('unarchive-takes-siblings')) {
    for (const each of store.collections.all()) if (each.tenant === tenant) each.archived = false;
  }
  touch(call, collection);
  if (on('unarchive-answers-void')) return done;
  const ids = out.map((item) => (on('unarchive-excludes-row-ids') ? item.id : item.productId));
  const body = {
    ...(on('unarchive-without-collection-id') ? {} : { collection_id: collection.id }),
    ...(on('unarchive-without-excluded')
      ? {}
      : { excluded_product_ids: on('unarchive-excluded-always-empty') ? [] : ids }),
    ...(on('unarchive-without-message') ? {} : { message: 'The collection is live again.' }),
  };
  return { status: 200, body };
}

export function collectionImages(call: Call): Answer {
  const { on, odd, store } = call;
  const collection = collectionOf(call, 'write');
  const force = call.query.get('force_update') ?? 'false';
  if (force !== 'true' && force !== 'false') {
    if (on('images-force-unchecked')) return { status: 200, body: { url: 'https://up.test/' } };
    throw new Refusal(422, 'INVALID_QUERY_PARAMS', 'force_update must be true or false.');
  }
  const id = store.uuid('image');
  const url = `https://uploads.dodo.test/${id}?X-Amz-Expires=60`;
  if (on('images-set-at-once')) collection.imageId = id;
  if (on('images-without-url')) return { status: 200, body: { image_id: id } };
  const never = on('images-without-id');
  if (force === 'true') return { status: 200, body: never ? { url } : { url, image_id: id } };
  return { status: 200, body: odd('image-id-absent') ? { url } : { url, image_id: null } };
}
