// POST /plans/search, and GET /plans as its query-string form.

import { fieldsAt, given, textAt, textsAt } from './body.ts';
import type { Facts } from './conditions.ts';
import { readConditions } from './conditions.ts';
import { listAnswer, readOrder, readPage, readRange, readSort } from './listing.ts';
import type { Answer, Call, Fields, Json, Plan } from './model.ts';
import { showPlan, showPrices } from './plan-show.ts';
import { visible } from './scope.ts';

type Test = (plan: Plan) => boolean;
type Compare = (one: Plan, other: Plan) => number;
type Listing = 'plan-search' | 'plan-list';

const factsOf = (plan: Plan): Facts => ({
  id: plan.id,
  name: plan.name,
  lookup_key: plan.lookupKey,
  description: plan.description,
  display_order: plan.displayOrder,
  status: plan.status,
  created_at: plan.created,
  updated_at: plan.updated,
});

const FIELDS = [
  'id name lookup_key description display_order status created_at updated_at',
].flatMap((line) => line.split(' '));

// Deleted plans only show up when the body asks for status "archived".
function statusTest(call: Call, kind: Listing): Test[] {
  if (call.on(`${kind}-shows-archived`)) return [];
  const asked = textAt(call.body, 'status') || 'published';
  const status = call.on(`${kind}-ignores-status`) ? 'published' : asked;
  const hidden = call.on('plan-delete-leaves-published') ? call.store.hiddenPlans : undefined;
  return [(plan) => plan.status === status && !hidden?.has(plan.id)];
}

function idTest(call: Call): Test[] {
  const ids = textsAt(call.body, 'plan_ids') ?? [];
  if (ids.length === 0 || call.on('plan-search-ignores-ids')) return [];
  return [(plan) => ids.includes(plan.id)];
}

function keyTest(call: Call): Test[] {
  const key = textAt(call.body, 'lookup_key') ?? '';
  if (key === '' || call.on('plan-search-ignores-lookup-key')) return [];
  if (call.on('plan-search-lookup-key-prefix')) return [(plan) => plan.lookupKey.startsWith(key)];
  return [(plan) => plan.lookupKey === key];
}

function metadataTest(call: Call): Test[] {
  const pairs = Object.entries(fieldsAt(call.body, 'metadata') ?? {});
  if (pairs.length === 0 || call.on('plan-search-ignores-metadata')) return [];
  const meets = (plan: Plan, [key, value]: [string, Json]): boolean => plan.metadata[key] === value;
  if (call.on('plan-search-metadata-any-pair')) {
    return [(plan) => pairs.some((pair) => meets(plan, pair))];
  }
  return [(plan) => pairs.every((pair) => meets(plan, pair))];
}

function conditionTest(call: Call): Test[] {
  const conditions = readConditions(call, FIELDS);
  if (call.on('plan-search-ignores-conditions')) return [];
  return [(plan) => conditions.every((meets) => meets(factsOf(plan)))];
}

function rangeTest(call: Call): Test[] {
  const inRange = readRange(call);
  return call.on('plan-search-ignores-range') ? [] : [inRange];
}

// Seed 004: lower numbers appear first.
function byDisplayOrder(call: Call): Compare {
  const way = call.on('plan-lists-reverse-display-order') ? -1 : 1;
  const asWord = (plan: Plan): string => String(plan.displayOrder);
  if (call.on('plan-lists-order-as-words')) {
    return (a, b) => (asWord(a) < asWord(b) ? -1 : asWord(a) > asWord(b) ? 1 : 0);
  }
  return (a, b) => way * (a.displayOrder - b.displayOrder);
}

// An explicit sort or order takes the place of display_order; created_at breaks ties.
function readOrders(call: Call, kind: Listing): Compare[] {
  const way = readOrder(call);
  const byAge: Compare = (a, b) => way * (a.created - b.created);
  const sorts = readSort(call, FIELDS, factsOf);
  if (sorts.length > 0 && !call.on('plan-search-ignores-sort')) return [...sorts, byAge];
  const asked = given(call.body, 'order') !== undefined;
  if (asked && !call.odd('plan-order-only-breaks-ties')) return [byAge];
  return call.on(`${kind}-ignores-display-order`) ? [byAge] : [byDisplayOrder(call), byAge];
}

// Unknown names are ignored; prices in lists never show their group.
function readExpand(call: Call): { prices: boolean; meters: boolean } {
  const names = (textAt(call.body, 'expand') ?? '').split(',').map((name) => name.trim());
  const prices = names.includes('prices') && !call.on('plan-search-ignores-expand');
  return { prices, meters: names.includes('meters') };
}

function answerList(call: Call, kind: Listing): Answer {
  const page = readPage(call);
  const orders = readOrders(call, kind);
  const tests = [statusTest(call, kind), idTest(call), keyTest(call), metadataTest(call)].flat();
  tests.push(...conditionTest(call), ...rangeTest(call));
  const expand = readExpand(call);
  const leak = { tenant: `${kind}-leak-tenant`, env: `${kind}-leak-environment` } as const;
  const own = call.store.plans.seen().filter((plan) => visible(call, plan, leak));
  const found = own.filter((plan) => tests.every((test) => test(plan)));
  found.sort((a, b) => {
    for (const order of orders) if (order(a, b) !== 0) return order(a, b);
    return 0;
  });
  return listAnswer(call, kind, { found, inScope: own.length }, page, (plan) => {
    const shown = showItem(call, plan);
    if (!expand.prices) return shown;
    const prices = showPrices(call, plan, { groups: false, meters: expand.meters });
    return prices.length > 0 ? { ...shown, prices } : shown;
  });
}

function showItem(call: Call, plan: Plan): Fields {
  const shown = showPlan(call, plan);
  if (call.on('plan-lists-lose-metadata')) shown.metadata = {};
  if (call.on('plan-lists-lose-owner')) {
    delete shown.tenant_id;
    delete shown.environment_id;
  }
  return shown;
}

// A variant reads limit 0 as "the usual limit".
function usualLimit(call: Call): Call {
  if (call.body.limit !== 0 || !call.odd('plan-limit-zero-is-default')) return call;
  return { ...call, body: { ...call.body, limit: null } };
}

export const searchPlans = (call: Call): Answer => answerList(usualLimit(call), 'plan-search');

const isWhole = (text: string): boolean => /^-?\d{1,15}$/.test(text);

function bodyOf(query: URLSearchParams): Fields {
  const body: Fields = {};
  for (const key of ['lookup_key', 'status', 'order', 'start_time', 'end_time', 'expand']) {
    const text = query.get(key);
    if (text !== null) body[key] = text;
  }
  for (const key of ['limit', 'offset']) {
    const text = query.get(key);
    if (text !== null && text !== '') body[key] = isWhole(text) ? Number(text) : text;
  }
  const ids = query.getAll('plan_ids').flatMap((text) => text.split(','));
  if (ids.length > 0) body.plan_ids = ids.filter((id) => id !== '');
  return body;
}

export const listPlans = (call: Call): Answer =>
  answerList(usualLimit({ ...call, body: bodyOf(call.query) }), 'plan-list');
