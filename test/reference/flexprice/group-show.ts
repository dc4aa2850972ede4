// How a group is written in answers, the ids of its prices included; and GET /groups/{id}.

import type { Answer, Call, FaultId, Fields, Group, Price } from './model.ts';
import { findGroup, sameScope } from './scope.ts';
import { showTime } from './times.ts';

export type Place = 'create' | 'get' | 'search' | 'price';

function inGroup(call: Call, group: Group, price: Price): boolean {
  if (call.on('entity-ids-include-all')) return sameScope(price, group);
  if (call.on('entity-ids-keep-left')) return price.pastGroups.includes(group.id);
  if (call.on('group-archived-keeps-entity-ids') && group.status === 'archived') {
    return price.pastGroups.includes(group.id);
  }
  if (price.groupId !== group.id) return false;
  if (call.on('entity-ids-miss-moved-in') && price.movedIn) return false;
  return !(call.on('entity-ids-miss-ended') && price.end !== null);
}

function entityIds(call: Call, group: Group, prices: Price[], place: Place): string[] {
  const members = prices.filter((price) => inGroup(call, group, price));
  const ids = members.map((price) => price.id);
  if (call.on('entity-ids-always-empty')) return [];
  if (call.on('entity-ids-empty-in-search') && place === 'search') return [];
  if (call.on('entity-ids-first-only')) return ids.slice(0, 1);
  if (call.on('entity-ids-first-20')) return ids.slice(0, 20);
  if (call.on('entity-ids-repeated')) return [...ids, ...ids];
  if (call.on('entity-ids-are-plans')) return members.map((price) => price.planId);
  return call.odd('entity-ids-reversed') ? ids.reverse() : ids;
}

const LEFT_OUT: [FaultId, string][] = [
  ['group-answer-without-status', 'status'],
  ['group-answer-without-lookup-key', 'lookup_key'],
  ['group-answer-without-entity-type', 'entity_type'],
  ['group-answer-without-created-at', 'created_at'],
  ['group-answer-without-entity-ids', 'entity_ids'],
];

function spoil(call: Call, group: Group, shown: Fields): Fields {
  const ids = shown.entity_ids;
  if (call.on('entity-ids-null-when-empty') && Array.isArray(ids) && ids.length === 0) {
    shown.entity_ids = null;
  }
  if (call.on('group-metadata-null')) shown.metadata = null;
  if (call.on('group-metadata-list')) shown.metadata = [];
  if (call.on('group-created-at-number')) shown.created_at = Math.floor(group.created / 1000);
  if (call.on('group-created-at-moves')) shown.created_at = showTime(call, call.store.now());
  if (call.on('group-times-without-zone')) {
    for (const key of ['created_at', 'updated_at']) {
      shown[key] = String(shown[key]).slice(0, 19).replace('T', ' ');
    }
  }
  for (const [fault, key] of LEFT_OUT) if (call.on(fault)) delete shown[key];
  return shown;
}

export function showGroup(
  call: Call,
  group: Group,
  place: Place,
  prices: Price[] = call.store.prices.all(),
): Fields {
  return spoil(call, group, {
    id: group.id,
    name: group.name,
    lookup_key: group.lookupKey,
    entity_type: group.entityType,
    entity_ids: entityIds(call, group, prices, place),
    status: group.status,
    metadata: group.metadata,
    created_at: showTime(call, group.created),
    updated_at: showTime(call, group.updated),
  });
}

export function getGroup(call: Call): Answer {
  const byKey = call.store.groups.all().find((group) => group.lookupKey === call.id);
  if (call.on('group-read-by-key') && byKey && sameScope(byKey, call.scope)) {
    return { status: 200, body: showGroup(call, byKey, 'get') };
  }
  const group = findGroup(call, {
    tenant: 'group-read-leak-tenant',
    env: 'group-read-leak-environment',
  });
  return { status: 200, body: showGroup(call, group, 'get') };
}
