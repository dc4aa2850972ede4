// The refusals of each operation on the groups of a collection and on their rows; see `pairs.ts`.

import { NO_KEY, STRANGER, UNREADABLE } from '../talk.ts';
import {
  type Answer,
  collection,
  groupsOf,
  NO_COLLECTION,
  NO_PRODUCT,
  NO_UUID,
  of,
  patch,
  product,
  rowsOf,
  type Talk,
} from './talk.ts';

/** The paths of a new collection, of its groups and of their rows: a group of two, one of one. */
async function tree(talk: Talk) {
  const made = await collection(talk, [
    { group_name: 'Teams', products: of(await product(talk), await product(talk)) },
    { group_name: 'Alone', products: of(await product(talk)) },
  ]);
  const root = `/product-collections/${made.id}`;
  const groups = groupsOf(made);
  const path = (n: number) => `${root}/groups/${groups[n]?.['group_id']}`;
  const row = rowsOf(groups[0])[0]?.id ?? '';
  const [group, other] = [path(0), path(1)];
  return { root, group, other, items: `${group}/items`, row, item: `${group}/items/${row}` };
}

/** The same paths, of a collection that is archived. */
async function frozen(talk: Talk) {
  const paths = await tree(talk);
  await talk.delete(paths.root);
  return paths;
}

/** The same paths, of a collection with one product. */
async function single(talk: Talk) {
  const made = await collection(talk);
  const [group] = groupsOf(made);
  const path = `/product-collections/${made.id}/groups/${group?.['group_id']}`;
  return { group: path, item: `${path}/items/${rowsOf(group)[0]?.id}` };
}

/** The path with another collection in it, or another group. */
const elsewhere = (path: string) =>
  path.replace(/^\/product-collections\/[^/]+/, `/product-collections/${NO_COLLECTION}`);
const inNoGroup = (path: string) => path.replace(/groups\/[^/]+/, `groups/${NO_UUID}`);

/** Products that no group takes: an unknown one, an archived one, one that is taken. */
const unknown = async () => of(NO_PRODUCT);
async function old(talk: Talk) {
  const id = await product(talk);
  await talk.delete(`/products/${id}`);
  return of(id);
}
async function taken(talk: Talk) {
  const id = await product(talk);
  await collection(talk, [{ products: of(id) }]);
  return of(id);
}

type Products = (talk: Talk) => Promise<{ product_id: string }[]>;
const addGroup = async (talk: Talk, products: Products) =>
  talk.post(`${(await tree(talk)).root}/groups`, { products: await products(talk) });
const addItems = async (talk: Talk, products: Products) =>
  talk.post((await tree(talk)).items, { products: await products(talk) });

export const PART_PAIRS: Readonly<Record<string, (talk: Talk) => Promise<Answer>>> = {
  'add_group_to_collection unauthenticated': async (talk) =>
    talk.post(`${(await tree(talk)).root}/groups`, { products: [] }, NO_KEY),
  'add_group_to_collection malformed': async (talk) =>
    talk.post(`${(await tree(talk)).root}/groups`, undefined, UNREADABLE),
  'add_group_to_collection invalid': async (talk) =>
    talk.post(`${(await tree(talk)).root}/groups`, { products: [], status: 'on' }),
  'add_group_to_collection scope.isolated': async (talk) =>
    talk.post(`${(await tree(talk)).root}/groups`, { products: [] }, STRANGER),
  'add_group_to_collection collection.must-exist': (talk) =>
    talk.post(`/product-collections/${NO_COLLECTION}/groups`, { products: [] }),
  'add_group_to_collection collection.archive-freezes': async (talk) =>
    talk.post(`${(await frozen(talk)).root}/groups`, { products: [] }),
  'add_group_to_collection group.products-required': async (talk) =>
    talk.post(`${(await tree(talk)).root}/groups`, { group_name: 'More' }),
  'add_group_to_collection group.product-named': async (talk) =>
    talk.post(`${(await tree(talk)).root}/groups`, { products: [{ status: true }] }),
  'add_group_to_collection group.name-unique': async (talk) =>
    talk.post(`${(await tree(talk)).root}/groups`, { group_name: 'Teams', products: [] }),
  'add_group_to_collection row.product-exists': (talk) => addGroup(talk, unknown),
  'add_group_to_collection row.product-live': (talk) => addGroup(talk, old),
  'add_group_to_collection row.product-once': (talk) => addGroup(talk, taken),

  'update_group_in_collection unauthenticated': async (talk) =>
    patch(talk, (await tree(talk)).group, { status: false }, NO_KEY),
  'update_group_in_collection not-found collection': async (talk) =>
    patch(talk, elsewhere((await tree(talk)).group), { status: false }),
  'update_group_in_collection not-found': async (talk) =>
    patch(talk, inNoGroup((await tree(talk)).group), { status: false }),
  'update_group_in_collection malformed': async (talk) =>
    patch(talk, (await tree(talk)).group, undefined, UNREADABLE),
  'update_group_in_collection invalid': async (talk) =>
    patch(talk, (await tree(talk)).group, { status: 'off' }),
  'update_group_in_collection scope.isolated': async (talk) =>
    patch(talk, (await tree(talk)).group, { status: false }, STRANGER),
  'update_group_in_collection collection.archive-freezes': async (talk) =>
    patch(talk, (await frozen(talk)).group, { status: false }),
  'update_group_in_collection group.name-unique': async (talk) =>
    patch(talk, (await tree(talk)).other, { group_name: 'Teams' }),
  'update_group_in_collection group.product-order': async (talk) => {
    const { group, row } = await tree(talk);
    return patch(talk, group, { product_order: [row] });
  },

  'delete_group_from_collection unauthenticated': async (talk) =>
    talk.delete((await tree(talk)).group, NO_KEY),
  'delete_group_from_collection not-found collection': async (talk) =>
    talk.delete(elsewhere((await tree(talk)).group)),
  'delete_group_from_collection not-found': async (talk) =>
    talk.delete(inNoGroup((await tree(talk)).group)),
  'delete_group_from_collection scope.isolated': async (talk) =>
    talk.delete((await tree(talk)).group, STRANGER),
  'delete_group_from_collection collection.archive-freezes': async (talk) =>
    talk.delete((await frozen(talk)).group),
  'delete_group_from_collection collection.keeps-a-product': async (talk) =>
    talk.delete((await single(talk)).group),

  'add_items_to_group unauthenticated': async (talk) =>
    talk.post((await tree(talk)).items, { products: of(await product(talk)) }, NO_KEY),
  'add_items_to_group not-found collection': async (talk) =>
    talk.post(elsewhere((await tree(talk)).items), { products: of(await product(talk)) }),
  'add_items_to_group not-found group': async (talk) =>
    talk.post(inNoGroup((await tree(talk)).items), { products: of(await product(talk)) }),
  'add_items_to_group malformed': async (talk) =>
    talk.post((await tree(talk)).items, undefined, UNREADABLE),
  'add_items_to_group invalid': async (talk) =>
    talk.post((await tree(talk)).items, { products: [{ status: true }] }),
  'add_items_to_group scope.isolated': async (talk) =>
    talk.post((await tree(talk)).items, { products: [] }, STRANGER),
  'add_items_to_group collection.archive-freezes': async (talk) =>
    talk.post((await frozen(talk)).items, { products: of(await product(talk)) }),
  'add_items_to_group row.product-exists': (talk) => addItems(talk, unknown),
  'add_items_to_group row.product-live': (talk) => addItems(talk, old),
  'add_items_to_group row.product-once': (talk) => addItems(talk, taken),

  'update_item_in_group unauthenticated': async (talk) =>
    patch(talk, (await tree(talk)).item, { status: false }, NO_KEY),
  'update_item_in_group not-found collection': async (talk) =>
    patch(talk, elsewhere((await tree(talk)).item), { status: false }),
  'update_item_in_group not-found group': async (talk) =>
    patch(talk, inNoGroup((await tree(talk)).item), { status: false }),
  'update_item_in_group not-found': async (talk) =>
    patch(talk, `${(await tree(talk)).items}/${NO_UUID}`, { status: false }),
  'update_item_in_group malformed': async (talk) =>
    patch(talk, (await tree(talk)).item, undefined, UNREADABLE),
  'update_item_in_group invalid': async (talk) =>
    patch(talk, (await tree(talk)).item, { status: 'off' }),
  'update_item_in_group scope.isolated': async (talk) =>
    patch(talk, (await tree(talk)).item, { status: false }, STRANGER),
  'update_item_in_group collection.archive-freezes': async (talk) =>
    patch(talk, (await frozen(talk)).item, { status: false }),

  'delete_item_from_group unauthenticated': async (talk) =>
    talk.delete((await tree(talk)).item, NO_KEY),
  'delete_item_from_group not-found collection': async (talk) =>
    talk.delete(elsewhere((await tree(talk)).item)),
  'delete_item_from_group not-found group': async (talk) =>
    talk.delete(inNoGroup((await tree(talk)).item)),
  'delete_item_from_group not-found': async (talk) =>
    talk.delete(`${(await tree(talk)).items}/${NO_UUID}`),
  'delete_item_from_group scope.isolated': async (talk) =>
    talk.delete((await tree(talk)).item, STRANGER),
  'delete_item_from_group collection.archive-freezes': async (talk) =>
    talk.delete((await frozen(talk)).item),
  'delete_item_from_group collection.keeps-a-product': async (talk) =>
    talk.delete((await single(talk)).item),
};
