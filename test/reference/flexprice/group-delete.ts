// DELETE /groups/{id}: takes the group off all its prices, then archives it.

import { showGroup } from './group-show.ts';
import type { Answer, Call, FaultId, Group, Price, Scope } from './model.ts';
import { Refusal } from './model.ts';
import { elsewhere, findGroup, sameScope } from './scope.ts';

const DONE: Answer = { status: 204 };

type Reach = (own: Price[], all: Price[], group: Group, call: Call) => Price[];

// Each fault clears too few or too many prices; without fault it is exactly the own ones.
const REACH: [FaultId, Reach][] = [
  ['group-delete-keeps-prices', () => []],
  ['group-delete-clears-first-only', (own) => own.slice(0, 1)],
  ['group-delete-misses-last', (own) => own.slice(0, Math.max(1, own.length - 1))],
  ['group-delete-clears-newest-20', (own) => own.slice(-20)],
  [
    'group-delete-misses-ended',
    (own, _all, _group, call) => own.filter((price) => !isOver(call, price)),
  ],
  ['group-delete-misses-moved-in', (own) => own.filter((price) => !price.movedIn)],
  ['group-delete-first-plan-only', (own) => own.filter((price) => price.planId === own[0]?.planId)],
  [
    'group-delete-clears-all-groups',
    (_own, all, group) => all.filter((price) => sameScope(price, group)),
  ],
  [
    'group-delete-clears-same-plan',
    (own, all) => all.filter((price) => own.some((other) => other.planId === price.planId)),
  ],
  [
    'group-delete-crosses-environments',
    (own, all, group, call) => [...own, ...ofNamesakes(call, group, all, elsewhere)],
  ],
  [
    'group-delete-crosses-tenants',
    (own, all, group, call) => [
      ...own,
      ...ofNamesakes(call, group, all, (other, home) => other.tenant !== home.tenant),
    ],
  ],
];

const isOver = (call: Call, price: Price): boolean =>
  price.end !== null && price.end <= call.store.now();

function ofNamesakes(
  call: Call,
  group: Group,
  all: Price[],
  away: (row: Scope, home: Scope) => boolean,
): Price[] {
  return all.filter((price) => {
    const other = call.store.groups.get(price.groupId);
    return other !== undefined && other.lookupKey === group.lookupKey && away(other, group);
  });
}

function pricesToClear(call: Call, group: Group): Price[] {
  const all = call.store.prices.all();
  const own = all.filter((price) => price.groupId === group.id);
  const wrong = REACH.find(([fault]) => call.on(fault));
  return wrong ? wrong[1](own, all, group, call) : own;
}

function clear(call: Call, price: Price): void {
  const now = call.store.now();
  if (call.on('group-delete-removes-prices')) {
    call.store.prices.drop(price.id);
    return;
  }
  const emptied = { ...price.data, description: '', metadata: {} };
  call.store.prices.put({
    ...price,
    groupId: '',
    data: call.on('group-delete-resets-prices') ? emptied : price.data,
    end: call.on('group-delete-ends-prices') ? now : price.end,
    created: call.on('group-delete-moves-price-created-at') ? now : price.created,
    updated: call.odd('delete-keeps-price-times') ? price.updated : now,
  });
}

function archive(call: Call, group: Group): void {
  if (call.on('group-delete-hard')) {
    call.store.groups.drop(group.id);
    return;
  }
  const now = call.store.now();
  call.store.groups.put({
    ...group,
    status: call.on('group-delete-says-deleted') ? 'deleted' : 'archived',
    created: call.on('group-created-at-moves-on-delete') ? now : group.created,
    updated: call.on('group-updated-at-frozen') ? group.updated : now,
  });
}

function archiveNamesakes(call: Call, group: Group): void {
  for (const other of call.store.groups.all()) {
    if (other.name === group.name && sameScope(other, group)) archive(call, other);
  }
}

function remove(call: Call, group: Group): void {
  if (call.on('group-delete-lost')) return;
  for (const price of pricesToClear(call, group)) clear(call, price);
  if (!call.on('group-delete-leaves-published')) archive(call, group);
  if (call.on('group-delete-archives-namesakes')) archiveNamesakes(call, group);
}

function removeAgain(call: Call, group: Group): Answer {
  if (call.odd('second-delete-404')) {
    throw new Refusal(404, 'not_found', 'This group has been deleted before');
  }
  if (call.odd('second-delete-touches')) archive(call, group);
  return DONE;
}

function target(call: Call): Group {
  const byKey = call.store.groups.all().find((group) => group.lookupKey === call.id);
  if (call.on('group-delete-by-key') && byKey && sameScope(byKey, call.scope)) return byKey;
  const foreign = call.store.groups.get(call.id);
  if (call.on('group-delete-foreign-404-but-done') && foreign) {
    if (!sameScope(foreign, call.scope)) remove(call, foreign);
  }
  return findGroup(call, {
    tenant: 'group-delete-foreign-tenant',
    env: 'group-delete-foreign-environment',
  });
}

export function deleteGroup(call: Call): Answer {
  if (call.on('group-delete-unknown-204') && !call.store.groups.get(call.id)) return DONE;
  const group = target(call);
  if (group.status === 'archived') return removeAgain(call, group);
  const before = showGroup(call, group, 'get');
  remove(call, group);
  return call.on('group-delete-answers-200') ? { status: 200, body: before } : DONE;
}
