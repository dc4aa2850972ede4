// POST /product-collections

import type { Rules } from './check.ts';
import { checked, maybe, need } from './check.ts';
import { collectionShown } from './collection-show.ts';
import { checkNameLength, mustHaveProducts, PLAN } from './collections.ts';
import type { WantedGroup, WantedItem } from './members.ts';
import { admit, checkName, homesOf, madeGroup, wantedGroup } from './members.ts';
import type { Answer, Call, Collection, Fields, Json } from './model.ts';
import { dashed, done, gap, isFields, listOf } from './model.ts';
import { PLAN_FIELDS } from './names.ts';

const CREATE: Rules = {
  name: need('string'),
  groups: need('array'),
  brand_id: maybe('string'),
  description: maybe('string'),
  ...PLAN,
};
function draft(call: Call, body: Fields, count: number): Collection {
  const { on, store, tenant } = call;
  const sent = (field: string): Json =>
    on(`collection-${dashed(field)}-lost-on-create`) ? null : (body[field] ?? null);
  const at = store.now();
  const name = on('collection-name-cut') ? String(body['name']).slice(0, 20) : body['name'];
  return {
    id: store.id('collection', 'pdc'),
    tenant,
    createdAt: at,
    updatedAt: at,
    name: String(name ?? ''),
    brandId: String(sent('brand_id') ?? store.own('brnd', tenant)),
    description: sent('description'),
    imageId: null,
    plan: Object.fromEntries(Object.keys(PLAN_FIELDS).map((field) => [field, sent(field)])),
    archived: false,
    groups: [],
    formerNames: new Set(),
    madeWith: { name: String(name), count },
  };
}

function fill(call: Call, collection: Collection, groups: WantedGroup[]): void {
  const { on } = call;
  const seen = new Set<string>();
  for (const group of groups) {
    checkName(call, collection, group.name, 'create');
    admit(call, { where: 'create', collection }, group.items, seen);
    collection.groups.push({ id: '', name: group.name, status: group.status, items: [] });
  }
  collection.groups = [];
  if (seen.size > 0) return;
  const none = groups.length === 0;
  if (none && on('collection-groups-optional') && isFields(call.body)) {
    if (call.body['groups'] === undefined) return;
  }
  if (!on(none ? 'last-create-no-groups-accepted' : 'last-create-empty-groups-accepted')) {
    throw mustHaveProducts(call);
  }
}

function refusedCreate(call: Call, collection: Collection, groups: WantedGroup[]): void {
  const { on, store, tenant } = call;
  const [first] = groups;
  if (on('create-half-done') && first) {
    const fine = ({ productId }: WantedItem): boolean =>
      store.products.get(productId)?.tenant === tenant && homesOf(call, productId).length === 0;
    collection.groups = [madeGroup(call, { ...first, items: first.items.filter(fine) })];
    store.collections.put(collection);
  }
  if (!on('create-refused-takes-products')) return;
  for (const { productId } of groups.flatMap((each) => each.items)) store.stuck.add(productId);
}

export async function createCollection(call: Call): Promise<Answer> {
  const { on, odd, store } = call;
  const body = checked(call, 'collection', call.body, CREATE);
  checkNameLength(call, body['name']);
  const groups = listOf(body['groups']).map((each) => wantedGroup(call, 'create', each));
  const collection = draft(call, body, groups.flatMap((each) => each.items).length);
  try {
    fill(call, collection, groups);
  } catch (error) {
    refusedCreate(call, collection, groups);
    throw error;
  }
  await gap(call, 'race-product-on-create');
  if (on('create-order-reversed')) groups.reverse();
  if (on('create-row-order-reversed')) for (const each of groups) each.items.reverse();
  if (on('create-first-group-only')) groups.splice(1);
  collection.groups = groups.map((each) => madeGroup(call, each));
  const lost = on('collection-create-lost') && store.count('collection') % 3 === 0;
  if (!lost) store.collections.put(collection);
  const status = odd('create-collection-201') ? 201 : 200;
  if (on('create-collection-answers-void')) return done;
  return { status, body: collectionShown(call, collection) };
}
