// Groups of a collection: add, PATCH, DELETE.

import type { Rules } from './check.ts';
import { checked, maybe, UUID } from './check.ts';
import { collectionShown, groupShown } from './collection-show.ts';
import { collectionOf, mustHaveProducts, ordered, threeState, touch } from './collections.ts';
import type { WantedGroup } from './members.ts';
import { admit, checkName, madeGroup, wantedGroup } from './members.ts';
import type { Answer, Call, Collection, Fields, Group, Json } from './model.ts';
import { broken, done, gap, invalidValue, notFound, textOf } from './model.ts';

const PATCH: Rules = {
  group_name: maybe('string'),
  status: maybe('boolean'),
  product_order: maybe('array'),
};

function refusedAdd(call: Call, collection: Collection, wanted: WantedGroup, error: unknown) {
  const { on, store } = call;
  if (on('add-group-half-done')) {
    const items = wanted.items.slice(0, 1);
    collection.groups.push(madeGroup(call, { ...wanted, items }));
  }
  if (on('add-group-refused-takes-products')) {
    for (const { productId } of wanted.items) store.stuck.add(productId);
  }
  const taken = String(error).includes('name is taken');
  const own = collection.groups.find((each) => each.name === wanted.name);
  if (!taken || !own) return undefined;
  if (on('names-twice-refused-but-stored')) collection.groups.push(madeGroup(call, wanted));
  if (on('names-twice-replaces')) own.items = madeGroup(call, wanted).items;
  if (on('names-twice-returns-old') || on('names-twice-replaces')) return own;
  return undefined;
}

function madeAnswer(call: Call, collection: Collection, group: Group): Answer {
  const { on } = call;
  const status = on('add-group-answers-201') ? 201 : on('add-group-answers-202') ? 202 : 200;
  if (on('add-group-answers-void')) return done;
  if (on('add-group-answers-collection'))
    return { status, body: collectionShown(call, collection) };
  const shown: Fields = groupShown(call, group);
  if (on('add-group-answers-no-rows')) shown['products'] = [];
  if (on('add-group-answers-id-only')) return { status, body: { group_id: group.id } };
  return { status, body: on('add-group-in-data') ? { data: shown } : shown };
}

export async function addGroup(call: Call): Promise<Answer> {
  const { on, odd, store } = call;
  if (on('add-group-to-unknown-accepted') && !store.collections.get(call.ids[0] ?? '')) {
    const wanted = wantedGroup(call, 'group', call.body);
    return { status: 200, body: groupShown(call, madeGroup(call, wanted)) };
  }
  const wanted = wantedGroup(call, 'group', call.body);
  const collection = collectionOf(call, 'write');
  try {
    checkName(call, collection, wanted.name, 'add');
    admit(call, { where: 'group', collection }, wanted.items, new Set());
  } catch (error) {
    const old = refusedAdd(call, collection, wanted, error);
    if (!old) throw error;
    return { status: 200, body: groupShown(call, old) };
  }
  await gap(call, 'race-name-on-add', 'race-product-on-add');
  if (on('race-name-on-add')) admit(call, { where: 'group', collection }, wanted.items, new Set());
  if (on('race-product-on-add')) checkName(call, collection, wanted.name, 'add');
  const group = madeGroup(call, wanted);
  if (on('add-group-rows-reversed')) group.items.reverse();
  if (on('add-group-replaces-others')) collection.groups = [];
  const lost =
    on('add-group-lost') || (on('add-group-third-lost') && store.count('group') % 3 === 0);
  if (!lost && odd('new-groups-first')) collection.groups.unshift(group);
  else if (!lost) collection.groups.push(group);
  touch(call, collection);
  return madeAnswer(call, collection, group);
}

// The group of the path has to be in the collection of the path.
export function groupOf(call: Call, collection: Collection): Group {
  const { on, odd, store, tenant, route } = call;
  const id = call.ids[1] ?? '';
  const own = collection.groups.find((each) => each.id === id);
  if (own) return own;
  if (on('group-of-other-collection-accepted')) {
    const all = store.collections.all().filter((each) => each.tenant === tenant);
    const other = all.flatMap((each) => each.groups).find((each) => each.id === id);
    if (other) return other;
  }
  if (on(`unknown-group-500-on-${route}`)) throw broken();
  if (odd('path-uuid-422') && !UUID.test(id)) throw invalidValue('The group id is no UUID.');
  throw notFound('group');
}

function rename(call: Call, collection: Collection, group: Group, sent: Json | undefined) {
  const wanted = textOf(threeState(call, 'group-name', sent, group.name));
  const emptied = wanted === '' && call.odd('empty-group-name-is-null');
  if (wanted === '' && sent === '' && call.odd('empty-group-name-refused')) {
    throw invalidValue('group_name is empty');
  }
  const name = emptied ? null : wanted;
  if (typeof sent === 'string') checkName(call, collection, name, 'rename', group);
  return name;
}

function statusAfter({ on }: Call, sent: Json | undefined, old: boolean): boolean {
  if (sent === undefined) return on('group-status-absent-resets') ? true : old;
  if (sent === null) return on('group-status-patch-null-is-false') ? false : old;
  if (on('group-status-value-lost')) return old;
  return on('group-status-toggles') ? !old : sent === true;
}

// Turns product ids into the ids of their rows, as a broken server may.
const rowIds = (group: Group, body: Fields): Json[] | undefined =>
  Array.isArray(body['product_order'])
    ? body['product_order'].map((id) => group.items.find((each) => each.productId === id)?.id ?? id)
    : undefined;

export async function patchGroup(call: Call): Promise<Answer> {
  const { on } = call;
  const body = checked(call, 'group-patch', call.body, PATCH);
  const collection = collectionOf(call, 'write');
  if (
    on('unknown-group-200-on-patch-group') &&
    !collection.groups.some((g) => g.id === call.ids[1])
  ) {
    return done;
  }
  const group = groupOf(call, collection);
  const name = rename(call, collection, group, body['group_name']);
  if (on('group-patch-half-done')) group.name = name;
  const byProduct = on('product-order-takes-product-ids') ? rowIds(group, body) : undefined;
  const order = byProduct ?? body['product_order'];
  const items = ordered(call, 'product-order', order, group.items);
  await gap(call, 'race-name-on-rename');
  if (group.name !== null && group.name !== name && on('names-of-renamed-kept')) {
    collection.formerNames.add(group.name);
  }
  if (on('group-patch-lost')) return done;
  group.name = name;
  group.status = statusAfter(call, body['status'], group.status);
  group.items = items;
  if (on('group-patch-disables-rows') && !group.status) {
    for (const item of group.items) item.status = false;
  }
  if (on('group-patch-touches-siblings')) {
    for (const each of collection.groups) each.status = group.status;
  }
  touch(call, collection);
  return done;
}

function checkLast(call: Call, collection: Collection, group: Group): void {
  const { on } = call;
  if (group.items.length === 0) {
    if (on('last-empty-group-stays')) throw mustHaveProducts(call);
    return;
  }
  if (on('last-group-any-stays')) throw mustHaveProducts(call);
  const others = collection.groups.filter((each) => each !== group && each.items.length > 0);
  const least = on('last-group-off-by-one') ? 1 : 0;
  const empty = collection.groups.some((each) => each !== group);
  if (empty && on('last-group-other-groups-suffice')) return;
  if (others.length <= least && !on('last-group-delete-accepted')) throw mustHaveProducts(call);
}

function reach(call: Call, collection: Collection, group: Group, at: number): void {
  const { on, store, tenant } = call;
  if (on('delete-group-takes-next')) collection.groups.splice(at, 1);
  if (on('delete-group-empties-others')) for (const each of collection.groups) each.items = [];
  for (const other of store.collections.all()) {
    if (other === collection) continue;
    const own = other.tenant === tenant;
    const fault = own ? 'delete-group-takes-other-collection' : 'delete-group-takes-other-tenant';
    if (on(fault)) other.groups.shift();
    const named = (each: Group): boolean => each.name === group.name;
    if (on('delete-group-by-name-everywhere')) {
      other.groups = other.groups.filter((each) => !named(each));
    }
  }
  for (const { productId } of group.items) {
    const product = store.products.get(productId);
    if (product && on('delete-group-archives-products')) product.archived = true;
    if (on('once-not-freed-by-group-delete')) store.stuck.add(productId);
  }
}

function remove(call: Call, collection: Collection, group: Group): void {
  const { on } = call;
  const at = collection.groups.indexOf(group);
  if (on('delete-group-leaves-rows')) {
    const rest = collection.groups.find((each) => each !== group);
    rest?.items.push(...group.items);
  }
  if (on('delete-group-only-disables')) group.status = false;
  else if (on('delete-group-only-empties')) group.items = [];
  else if (on('delete-group-takes-first')) collection.groups.shift();
  else if (at >= 0) collection.groups.splice(at, 1);
  if (group.name !== null && on('names-of-deleted-kept')) collection.formerNames.add(group.name);
  reach(call, collection, group, at);
}

export async function deleteGroup(call: Call): Promise<Answer> {
  const { on } = call;
  const collection = collectionOf(call, 'write');
  const known = collection.groups.some((each) => each.id === call.ids[1]);
  if (!known && on('unknown-group-200-on-delete-group')) return done;
  const group = groupOf(call, collection);
  try {
    checkLast(call, collection, group);
  } catch (error) {
    if (on('last-group-refused-but-deleted')) remove(call, collection, group);
    if (on('last-group-refused-but-emptied')) group.items = [];
    throw error;
  }
  await gap(call, 'race-last-group');
  if (on('delete-group-lost')) return done;
  remove(call, collection, group);
  touch(call, collection);
  return done;
}
