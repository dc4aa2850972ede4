// The prices of a cloned plan: copies of those that run, without key and parent, in their groups.

import type { Call, FaultId, Plan, Price } from './model.ts';

type Choice = (prices: Price[]) => Price[];

const CHOICES: [FaultId, Choice][] = [
  ['clone-loses-prices', () => []],
  ['clone-shares-prices', () => []],
  ['clone-moves-prices', () => []],
  ['clone-first-price-only', (prices) => prices.slice(0, 1)],
  ['clone-first-20-prices', (prices) => prices.slice(0, 20)],
  ['clone-ungrouped-prices-only', (prices) => prices.filter((price) => price.groupId === '')],
  ['clone-misses-successors', (prices) => prices.filter((price) => price.parentId === '')],
];

function chosen(call: Call, source: Plan): Price[] {
  const now = call.store.now();
  const own = call.store.prices.all().filter((price) => price.planId === source.id);
  if (call.on('clone-copies-ended') || call.on('clone-revives-ended')) return own;
  const running = own.filter((price) => {
    return price.status === 'published' && (price.end === null || price.end > now);
  });
  const wrong = CHOICES.find(([fault]) => call.on(fault));
  return wrong ? wrong[1](running) : running;
}

function copiedGroup(call: Call, id: string): string {
  const group = call.store.groups.get(id);
  if (group === undefined) return '';
  const copy = { ...group, id: call.store.next('group').id, lookupKey: `${group.lookupKey}-copy` };
  call.store.groups.put(copy);
  return copy.id;
}

function groupFor(call: Call, price: Price, first: string): string {
  if (call.on('clone-loses-groups')) return '';
  if (call.on('clone-first-group-for-all')) return first;
  return call.on('clone-duplicates-groups') ? copiedGroup(call, price.groupId) : price.groupId;
}

function dataFor(call: Call, price: Price): Price['data'] {
  const data = { ...price.data };
  if (call.on('clone-loses-amount')) data.amount = '0';
  if (call.on('clone-loses-tiers')) data.tiers = [];
  if (call.on('clone-loses-price-metadata')) data.metadata = {};
  if (call.on('clone-loses-price-wording')) {
    data.description = '';
    data.display_name = '';
  }
  return data;
}

function endOf(call: Call, price: Price): number | null {
  const open = call.on('clone-revives-ended') && (price.end ?? 0) <= call.store.now();
  return open || call.on('clone-loses-end-date') ? null : price.end;
}

function copy(call: Call, price: Price, plan: Plan, source: Plan, first: string): Price {
  const now = call.store.now();
  const groupId = groupFor(call, price, first);
  return {
    ...price,
    ...call.scope,
    id: call.store.next('price').id,
    data: dataFor(call, price),
    planId: call.on('clone-copies-into-source') ? source.id : plan.id,
    lookupKey: call.on('clone-keeps-price-keys') ? price.lookupKey : '',
    groupId,
    pastGroups: groupId === '' ? [] : [groupId],
    joined: now,
    movedIn: false,
    start: call.on('clone-restarts-prices') ? now : price.start,
    end: endOf(call, price),
    parentId: call.on('clone-keeps-parent') ? price.parentId : '',
    copiedFrom: price.id,
    created: now,
    updated: now,
  };
}

export function clonedPrices(call: Call, source: Plan, plan: Plan): Price[] {
  const prices = chosen(call, source);
  const first = prices.find((price) => price.groupId !== '')?.groupId ?? '';
  return prices.map((price) => copy(call, price, plan, source, first));
}

// Cloning leaves the prices of the source alone; only faults do not.
export function spoilSourcePrices(call: Call, source: Plan, plan: Plan): void {
  const { prices } = call.store;
  for (const price of prices.all()) {
    if (price.planId !== source.id) continue;
    if (call.on('clone-moves-prices')) prices.put({ ...price, planId: plan.id });
    if (call.on('clone-ends-source-prices')) {
      prices.put({ ...price, end: price.end ?? call.store.now() });
    }
  }
}

// After a change of a price: a fault changes the copies of that price as well.
export function updateCopies(call: Call, after: Price): void {
  if (!call.on('clone-linked-updates')) return;
  for (const price of call.store.prices.all()) {
    if (price.copiedFrom !== after.id) continue;
    call.store.prices.put({ ...price, data: after.data, groupId: after.groupId });
  }
}
