// Items of a group: add, PATCH, DELETE.

import { checked, need, UUID } from './check.ts';
import { collectionOf, mustHaveProducts, touch } from './collections.ts';
import { groupOf } from './groups.ts';
import type { WantedItem } from './members.ts';
import { admit, madeItem, wantedItems } from './members.ts';
import type { Answer, Call, Collection, Group, Item, Json } from './model.ts';
import { broken, done, gap, invalidValue, notFound } from './model.ts';
import { rowShown } from './product-show.ts';

function itemsAnswer(call: Call, group: Group, items: Item[]): Answer {
  const { on, odd } = call;
  const shown = odd('items-answer-all-rows') ? group.items : items;
  const rows: Json[] = shown.map((item) => rowShown(call, item));
  const status = odd('items-answer-201') ? 201 : 200;
  if (on('add-items-answers-void')) return done;
  if (on('add-items-answers-empty')) return { status, body: [] };
  if (on('add-items-answers-first-only')) return { status, body: rows.slice(0, 1) };
  if (on('add-items-answers-ids')) return { status, body: items.map((item) => item.productId) };
  return { status, body: on('add-items-in-envelope') ? { items: rows } : rows };
}

function admitItems(call: Call, collection: Collection, group: Group, wanted: WantedItem[]): void {
  const wish = { where: 'items', collection, group: group.id } as const;
  try {
    admit(call, wish, wanted, new Set());
  } catch (error) {
    if (!call.on('add-items-half-done')) throw error;
    for (const each of wanted) {
      admit(call, wish, [each], new Set());
      group.items.push(madeItem(call, each));
    }
    throw error;
  }
}

export async function addItems(call: Call): Promise<Answer> {
  const { on, odd } = call;
  const body = checked(call, 'items', call.body, { products: need('array') });
  const wanted = wantedItems(call, 'items', body['products']);
  const collection = collectionOf(call, 'write');
  const group = groupOf(call, collection);
  admitItems(call, collection, group, wanted);
  await gap(call, 'race-product-on-items');
  const items = wanted.map((each) => madeItem(call, each));
  const kept = on('add-items-stores-first-only') ? items.slice(0, 1) : items;
  const ordered = on('add-items-reversed') ? [...kept].reverse() : kept;
  if (on('add-items-replaces')) group.items = [];
  const target = on('add-items-to-first-group') ? (collection.groups[0] ?? group) : group;
  if (!on('add-items-lost')) {
    target.items = odd('new-rows-first')
      ? [...ordered, ...target.items]
      : [...target.items, ...ordered];
  }
  touch(call, collection);
  return itemsAnswer(call, group, items);
}

// The item of the path, named by the id of its row and not of its product.
function itemOf(call: Call, collection: Collection, group: Group): Item {
  const { on, odd, route } = call;
  const id = call.ids[2] ?? '';
  const own = group.items.find((each) => each.id === id);
  if (own) return own;
  if (on('item-of-other-group-accepted')) {
    const all = collection.groups.flatMap((each) => each.items);
    const other = all.find((each) => each.id === id);
    if (other) return other;
  }
  const byProduct = group.items.find((each) => each.productId === id);
  if (byProduct && on('item-by-product-id')) return byProduct;
  if (on(`unknown-item-500-on-${route}`)) throw broken();
  if (odd('path-uuid-422') && !UUID.test(id)) throw invalidValue('The item id is no UUID.');
  throw notFound('item');
}

export function patchItem(call: Call): Answer {
  const { on } = call;
  const body = checked(call, 'item', call.body, { status: need('boolean') });
  const collection = collectionOf(call, 'write');
  const group = groupOf(call, collection);
  if (on('unknown-item-200') && !group.items.some((each) => each.id === call.ids[2])) return done;
  const item = itemOf(call, collection, group);
  const status = body['status'] === true || body['status'] === 'true';
  if (on('item-status-lost') || (on('item-status-false-lost') && !status)) return done;
  if (on('item-status-true-lost') && status) return done;
  if (on('item-status-false-deletes') && !status) {
    group.items = group.items.filter((each) => each !== item);
  }
  item.status = on('item-status-toggles') ? !item.status : status;
  if (on('item-patch-touches-siblings')) for (const each of group.items) each.status = status;
  if (on('item-patch-changes-group')) group.status = status;
  touch(call, collection);
  return done;
}

function checkLast(call: Call, collection: Collection, group: Group, item: Item): void {
  const { on, store, tenant } = call;
  if (on('last-item-delete-accepted')) return;
  let rest = collection.groups.flatMap((each) => each.items).filter((each) => each !== item);
  if (on('last-item-counts-enabled-only')) rest = rest.filter((each) => each.status);
  if (on('last-item-counts-group-only')) rest = group.items.filter((each) => each !== item);
  if (on('last-item-counts-all-collections')) {
    const all = store.collections.all().filter((each) => each.tenant === tenant);
    rest = all.flatMap((each) => each.groups).flatMap((each) => each.items);
    rest = rest.filter((each) => each !== item);
  }
  if (on('last-item-disabled-deletable') && !item.status) return;
  if (rest.length <= (on('last-item-off-by-one') ? 1 : 0)) throw mustHaveProducts(call);
}

function remove(call: Call, collection: Collection, group: Group, item: Item): void {
  const { on, store } = call;
  const groups = on('item-of-other-group-accepted') ? collection.groups : [group];
  if (on('delete-item-takes-first')) {
    group.items.shift();
    return;
  }
  for (const each of groups) each.items = each.items.filter((row) => row !== item);
  if (on('delete-item-takes-group')) {
    collection.groups = collection.groups.filter((each) => each !== group);
  }
  if (on('delete-item-drops-empty-group') && group.items.length === 0) {
    collection.groups = collection.groups.filter((each) => each !== group);
  }
  const product = store.products.get(item.productId);
  if (product && on('delete-item-archives-product')) product.archived = true;
  if (on('once-not-freed-by-item-delete')) store.stuck.add(item.productId);
}

export async function deleteItem(call: Call): Promise<Answer> {
  const { on } = call;
  const collection = collectionOf(call, 'write');
  const group = groupOf(call, collection);
  const known = group.items.some((each) => each.id === call.ids[2]);
  if (!known && on('unknown-item-delete-200')) return done;
  const item = itemOf(call, collection, group);
  try {
    checkLast(call, collection, group, item);
  } catch (error) {
    if (on('last-item-refused-but-deleted')) remove(call, collection, group, item);
    throw error;
  }
  await gap(call, 'race-last-item');
  if (on('delete-item-lost')) return done;
  if (on('delete-item-only-disables')) item.status = false;
  else remove(call, collection, group, item);
  touch(call, collection);
  return done;
}
