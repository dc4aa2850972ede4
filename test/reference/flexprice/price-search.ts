// POST /prices/search: which prices fit the body, in which order, with or without groups.

import { flagAt, momentAt, textAt, textsAt } from './body.ts';
import type { Facts } from './conditions.ts';
import { readConditions } from './conditions.ts';
import { listAnswer, readOrder, readPage, readRange } from './listing.ts';
import type { Answer, Call, FaultId, Price } from './model.ts';
import { invalid, Refusal } from './model.ts';
import type { Expand } from './price-show.ts';
import { showPrice } from './price-show.ts';
import type { Leak } from './scope.ts';
import { visible } from './scope.ts';

type Test = (price: Price) => boolean;

const EXPANDS = ['meters', 'groups', 'plan', 'addons', 'priceunit'];

const factsOf = (price: Price, groupId: string): Facts => ({
  id: price.id,
  status: price.status,
  created_at: price.created,
  updated_at: price.updated,
  start_date: price.start,
  end_date: price.end ?? '',
  lookup_key: price.lookupKey,
  group_id: groupId,
  parent_price_id: price.parentId,
  entity_id: price.planId,
  entity_type: price.data.entity_type,
  type: price.data.type,
  billing_model: price.data.billing_model,
  billing_period: price.data.billing_period,
  invoice_cadence: price.data.invoice_cadence,
  currency: price.data.currency,
  amount: price.data.amount,
  meter_id: price.data.meter_id,
  display_name: price.data.display_name,
  description: price.data.description,
});

const FIELDS = [
  'id status created_at updated_at start_date end_date lookup_key group_id parent_price_id',
  'entity_id entity_type type billing_model billing_period invoice_cadence currency amount',
  'meter_id display_name description',
].flatMap((line) => line.split(' '));

function listed(call: Call, key: string, of: (price: Price) => string, fault?: FaultId): Test[] {
  const wanted = textsAt(call.body, key) ?? [];
  if (wanted.length === 0 || (fault && call.on(fault))) return [];
  return [(price) => wanted.includes(of(price))];
}

function conditionTest(call: Call): Test[] {
  const conditions = readConditions(call, FIELDS);
  if (conditions.length === 0 || call.on('price-search-ignores-conditions')) return [];
  const stale = call.on('price-search-stale-group-filter');
  return [
    (price) => {
      const groups = stale ? [price.groupId, ...price.pastGroups] : [price.groupId];
      return groups.some((id) => conditions.every((meets) => meets(factsOf(price, id))));
    },
  ];
}

// Ended prices stay hidden unless the body asks for them.
function endTest(call: Call): Test[] {
  const asked = flagAt(call.body, 'allow_expired_prices');
  const shown = asked ? !call.on('price-search-misses-ended') : false;
  if (shown || call.on('price-search-shows-ended')) return [];
  const now = call.store.now();
  return [(price) => price.end === null || price.end > now];
}

function entityTypeTest(call: Call): Test[] {
  const type = textAt(call.body, 'entity_type') ?? '';
  if (type === '' || call.on('price-search-ignores-entity-type')) return [];
  if (!['PLAN', 'ADDON', 'SUBSCRIPTION', 'COSTSHEET', 'PRICE'].includes(type)) {
    throw invalid('entity_type', 'is not one of the allowed values', { value: type });
  }
  return [(price) => price.data.entity_type === type];
}

function startTest(call: Call): Test[] {
  const before = momentAt(call.body, 'start_date_lt');
  return before === undefined ? [] : [(price) => price.start < before];
}

function readTests(call: Call): Test[] {
  const status = textAt(call.body, 'status') || 'published';
  return [
    (price) => price.status === status,
    readRange(call),
    ...listed(call, 'price_ids', (price) => price.id, 'price-search-ignores-ids'),
    ...listed(call, 'entity_ids', (price) => price.planId, 'price-search-ignores-entity-ids'),
    ...listed(call, 'meter_ids', (price) => price.data.meter_id),
    ...listed(call, 'billing_periods', (price) => price.data.billing_period),
    ...conditionTest(call),
    ...endTest(call),
    ...entityTypeTest(call),
    ...startTest(call),
  ];
}

function readExpand(call: Call): Expand {
  const names = (textAt(call.body, 'expand') ?? '').split(',').map((name) => name.trim());
  const odd = names.find((name) => name !== '' && !EXPANDS.includes(name));
  if (odd !== undefined) {
    throw new Refusal(400, 'validation_error', 'expand names something unknown', {
      field: { given: odd },
    });
  }
  return { groups: names.includes('groups'), meters: names.includes('meters') };
}

// Unlike a group search, `sort` is the name of one field here.
function readSort(call: Call): (one: Price, other: Price) => number {
  const way = readOrder(call);
  const field = textAt(call.body, 'sort') || 'created_at';
  if (!FIELDS.includes(field)) throw invalid('sort', 'names an unknown field', { field });
  return (one, other) => {
    const a = factsOf(one, one.groupId)[field] ?? '';
    const b = factsOf(other, other.groupId)[field] ?? '';
    return way * (a < b ? -1 : a > b ? 1 : one.created - other.created);
  };
}

export function searchPrices(call: Call): Answer {
  const page = readPage(call);
  const sort = readSort(call);
  const tests = readTests(call);
  const expand = readExpand(call);
  const leak: Leak = { tenant: 'price-search-leak-tenant', env: 'price-search-leak-environment' };
  const prices = call.store.prices.seen();
  const own = prices.filter((row) => visible(call, row, leak));
  const found = own.filter((row) => tests.every((test) => test(row))).sort(sort);
  const lead = found.find((row) => row.groupId !== '')?.groupId ?? '';
  return listAnswer(call, 'price-search', { found, inScope: own.length }, page, (row) =>
    showPrice(call, row, 'search', expand, lead, prices),
  );
}
