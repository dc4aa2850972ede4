// POST /groups/search: which groups fit the body, in which order.

import { textAt, textsAt } from './body.ts';
import type { Condition, Facts } from './conditions.ts';
import { readConditions } from './conditions.ts';
import { showGroup } from './group-show.ts';
import { listAnswer, readOrder, readPage, readRange, readSort } from './listing.ts';
import type { Answer, Call, Group } from './model.ts';
import { invalid } from './model.ts';
import type { Leak } from './scope.ts';
import { visible } from './scope.ts';

type Test = (group: Group) => boolean;

const FIELDS = ['id', 'name', 'lookup_key', 'entity_type', 'status', 'created_at', 'updated_at'];

const factsOf = (group: Group): Facts => ({
  id: group.id,
  name: group.name,
  lookup_key: group.lookupKey,
  entity_type: group.entityType,
  status: group.status,
  created_at: group.created,
  updated_at: group.updated,
});

function keyTest(call: Call): Test[] {
  const key = textAt(call.body, 'lookup_key') ?? '';
  if (key === '' || call.on('group-search-ignores-lookup-key')) return [];
  if (call.on('group-search-lookup-key-prefix')) return [(row) => row.lookupKey.startsWith(key)];
  return [(row) => row.lookupKey === key];
}

function nameTest(call: Call): Test[] {
  const name = textAt(call.body, 'name') ?? '';
  if (name === '' || call.on('group-search-ignores-name')) return [];
  if (call.on('group-search-name-exact-only')) return [(row) => row.name === name];
  if (call.on('group-search-name-prefix-only')) return [(row) => row.name.startsWith(name)];
  if (call.odd('name-search-ignores-case')) {
    return [(row) => row.name.toLowerCase().includes(name.toLowerCase())];
  }
  return [(row) => row.name.includes(name)];
}

function typeTest(call: Call): Test[] {
  const type = textAt(call.body, 'entity_type') ?? '';
  if (type === '' || call.on('group-search-ignores-type')) return [];
  if (type !== 'price' && !call.odd('unknown-type-filter-is-empty')) {
    throw invalid('entity_type', 'has to be "price"', { value: type, allowed_types: ['price'] });
  }
  if (call.on('group-search-type-finds-none')) return [() => false];
  return [(row) => row.entityType === type];
}

function idTest(call: Call): Test[] {
  const ids = textsAt(call.body, 'group_ids') ?? [];
  if (ids.length === 0 || call.on('group-search-ignores-ids')) return [];
  return [(row) => ids.includes(row.id)];
}

function conditionTest(call: Call): Test[] {
  const conditions: Condition[] = readConditions(call, FIELDS);
  if (conditions.length === 0 || call.on('group-search-ignores-conditions')) return [];
  return [(row) => conditions.every((meets) => meets(factsOf(row)))];
}

// Deleted groups never show up, whatever status the body asks for.
function statusTest(call: Call): Test {
  const status = textAt(call.body, 'status') ?? '';
  if (call.on('group-delete-still-listed')) return () => true;
  if (call.odd('status-filter-shows-archived') && status !== '') {
    return (row) => row.status === status;
  }
  return (row) => {
    const listed = row.status === 'published' || row.status === 'draft';
    return listed && (status === '' || row.status === status);
  };
}

export function searchGroups(call: Call): Answer {
  const page = readPage(call);
  const way = readOrder(call);
  const orders = [
    ...readSort(call, FIELDS, factsOf),
    (a: Group, b: Group) => way * (a.created - b.created),
  ];
  const filters = [keyTest, nameTest, typeTest, idTest, conditionTest].flatMap((f) => f(call));
  const base: Test[] = [statusTest(call), readRange(call)];
  const leak: Leak = { tenant: 'group-search-leak-tenant', env: 'group-search-leak-environment' };
  const own = call.store.groups.seen().filter((row) => visible(call, row, leak));
  const ored = call.on('group-search-filters-ored') && filters.length > 1;
  const fits: Test = (row) =>
    base.every((test) => test(row)) &&
    (ored ? filters.some((test) => test(row)) : filters.every((test) => test(row)));
  const found = own.filter(fits).sort((a, b) => {
    for (const order of orders) if (order(a, b) !== 0) return order(a, b);
    return 0;
  });
  const prices = call.store.prices.seen();
  return listAnswer(call, 'group-search', { found, inScope: own.length }, page, (row) =>
    showGroup(call, row, 'search', prices),
  );
}
