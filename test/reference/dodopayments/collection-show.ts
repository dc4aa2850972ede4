// Collections and groups the way answers show them.

import type { Call, Collection, Fields, Group, Item, Json } from './model.ts';
import { imageOf, rowShown, spoiled } from './product-show.ts';

function itemsShown(call: Call, group: Group): Item[] {
  if (call.on('rows-disabled-hidden')) return group.items.filter((item) => item.status);
  if (!call.on('rows-of-archived-hidden')) return group.items;
  return group.items.filter((item) => call.store.products.get(item.productId)?.archived !== true);
}

export function groupShown(call: Call, group: Group): Fields {
  const { on } = call;
  const rows: Json[] = itemsShown(call, group).map((item) => rowShown(call, item));
  const products = on('group-products-as-ids') ? group.items.map((each) => each.productId) : rows;
  const status = on('group-status-as-number') ? Number(group.status) : group.status;
  const named = on('group-name-empty-for-null') ? (group.name ?? '') : group.name;
  return spoiled(call, 'group-shown', {
    group_id: group.id,
    group_name: on('group-name-never-shown') ? null : named,
    status: on('group-status-always-true') ? true : status,
    products: on('group-products-null-when-empty') && rows.length === 0 ? null : products,
  });
}

function created({ on, store }: Call, collection: Collection): Json {
  if (on('collection-created-at-is-now')) return store.now();
  if (on('collection-created-at-as-number')) return Date.parse(collection.createdAt);
  return on('times-without-zone') ? collection.createdAt.slice(0, 19) : collection.createdAt;
}

function updated({ on }: Call, { createdAt, updatedAt }: Collection): string {
  if (on('collection-updated-before-created')) return '2020-01-01T00:00:00.000Z';
  return on('collection-updated-at-frozen') ? createdAt : updatedAt;
}

export function collectionShown(call: Call, collection: Collection): Fields {
  const { on } = call;
  const { groups } = collection;
  const visible = on('groups-disabled-hidden') ? groups.filter((each) => each.status) : groups;
  const shown = visible.map((each) => groupShown(call, each));
  return spoiled(call, 'collection', {
    id: collection.id,
    brand_id: collection.brandId,
    name: collection.name,
    description: collection.description,
    image: imageOf(collection.imageId),
    created_at: created(call, collection),
    updated_at: updated(call, collection),
    ...collection.plan,
    groups: on('collection-groups-as-map')
      ? Object.fromEntries(shown.map((each) => [String(each['group_id']), each]))
      : shown,
  });
}

function countOf({ on, odd }: Call, { groups, madeWith }: Collection): number {
  if (on('summary-count-0')) return 0;
  if (on('summary-count-of-groups')) return groups.length;
  if (on('summary-count-frozen')) return madeWith.count;
  if (on('summary-count-first-group')) return groups[0]?.items.length ?? 0;
  const items = groups.flatMap((each) => each.items);
  return odd('count-enabled-only') ? items.filter((each) => each.status).length : items.length;
}

export function collectionListed(call: Call, collection: Collection): Fields {
  const { on } = call;
  return spoiled(call, 'summary', {
    id: collection.id,
    name: on('summary-name-frozen') ? collection.madeWith.name : collection.name,
    description: on('summary-description-lost') ? null : collection.description,
    image: imageOf(collection.imageId),
    created_at: created(call, collection),
    updated_at: updated(call, collection),
    products_count: countOf(call, collection),
  });
}
