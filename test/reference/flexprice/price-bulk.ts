// POST /prices/bulk: all prices of the body or none of them, in the order of the body.

import { given, isFields, listAt } from './body.ts';
import type { Answer, Call, FaultId, Fields, Json, Price } from './model.ts';
import { duplicate, invalid, Refusal, wrongType } from './model.ts';
import { keep, keyOf, preparePrice } from './price-create.ts';
import { touch } from './price-group.ts';
import { PLAIN, showPrice } from './price-show.ts';

const MOST = 100;

function readItems(call: Call): Fields[] {
  const items = listAt(call.body, 'items');
  if (items === undefined) throw invalid('items', 'is required');
  if (items.length === 0 && !call.on('bulk-empty-accepted')) {
    throw invalid('items', 'must not be empty');
  }
  const most = call.on('bulk-100-refused') ? MOST - 1 : MOST;
  if (items.length > most && !call.on('bulk-101-accepted')) {
    throw invalid('items', `holds more than ${most} prices`, items.length);
  }
  return items.map((item) => {
    if (isFields(item)) return spoiled(call, item, items);
    throw wrongType('items', 'a list of objects');
  });
}

const COPIED: [FaultId, string][] = [
  ['bulk-first-group-for-all', 'group_id'],
  ['bulk-first-plan-for-all', 'entity_id'],
  ['bulk-first-amount-for-all', 'amount'],
];

function spoiled(call: Call, item: Fields, items: Json[]): Fields {
  const [first] = items;
  const next = { ...item };
  for (const [fault, key] of COPIED) {
    if (call.on(fault) && isFields(first)) next[key] = first[key] ?? null;
  }
  if (call.on('bulk-ignores-groups')) delete next.group_id;
  return next;
}

// Faults of the single create that a fault of the bulk create switches on.
const LENIENT: [FaultId, FaultId[]][] = [
  [
    'bulk-bad-group-accepted',
    [
      'price-create-unknown-group-accepted',
      'price-create-archived-group-accepted',
      'price-create-foreign-tenant-group-accepted',
      'price-create-foreign-environment-group-accepted',
    ],
  ],
  [
    'bulk-foreign-plan-accepted',
    ['price-plan-foreign-tenant-accepted', 'price-plan-foreign-environment-accepted'],
  ],
  ['bulk-unknown-plan-accepted', ['price-plan-unknown-accepted']],
  ['bulk-negative-amount-accepted', ['price-amount-negative-accepted']],
  ['bulk-taken-key-accepted', ['price-key-duplicate-accepted']],
];

function callFor(call: Call, body: Fields): Call {
  const also = LENIENT.filter(([fault]) => call.on(fault)).flatMap(([, faults]) => faults);
  return { ...call, body, on: (fault) => call.on(fault) || also.includes(fault) };
}

// The refusal of one price, with its place in the list.
function placed(call: Call, error: unknown, index: number): unknown {
  if (!(error instanceof Refusal)) return error;
  const taken = error.code === 'already_exists' && call.odd('bulk-duplicate-400');
  const always = call.odd('bulk-bad-item-400') && error.code !== 'already_exists';
  const status = taken || always ? 400 : error.status;
  const code = always ? 'validation_error' : error.code;
  const details = { ...error.details, index: { given: index } };
  return new Refusal(status, code, error.message, details);
}

interface Tried {
  good: Price[];
  bad: unknown;
}

function tryAll(call: Call, items: Fields[]): Tried {
  const tried: Tried = { good: [], bad: undefined };
  const keys = new Set<string>();
  for (const [index, item] of items.entries()) {
    try {
      const price = preparePrice(callFor(call, item));
      const twin = price.lookupKey !== '' && keys.has(price.lookupKey) && price.end === null;
      if (twin && !call.on('bulk-twin-keys-accepted')) {
        throw duplicate(call, 'price', price.lookupKey);
      }
      if (price.end === null) keys.add(price.lookupKey);
      tried.good.push(price);
    } catch (error) {
      tried.bad ??= placed(call, error, index);
      const goesOn = call.on('bulk-keeps-all-but-bad') || call.on('bulk-skips-bad');
      if (!goesOn) break;
    }
  }
  return tried;
}

function afterRefusal(call: Call, tried: Tried): void {
  if (call.on('bulk-keeps-before-bad') || call.on('bulk-keeps-all-but-bad')) {
    for (const price of tried.good) keep(call, price);
  }
  if (!call.on('bulk-refused-takes-keys')) return;
  for (const price of tried.good) call.store.takenKeys.add(keyOf(call, price.lookupKey));
}

function keepAll(call: Call, prices: Price[]): void {
  let kept = prices;
  if (call.on('bulk-lost')) kept = [];
  if (call.on('bulk-drops-last')) kept = prices.slice(0, Math.max(1, prices.length - 1));
  if (call.on('bulk-stores-first-only')) kept = prices.slice(0, 1);
  for (const price of kept) {
    keep(call, call.on('bulk-groups-not-stored') ? { ...price, groupId: '' } : price);
    touch(call, price.groupId);
  }
}

function inOrder(call: Call, prices: Price[]): Price[] {
  if (call.on('bulk-answers-reversed')) return [...prices].reverse();
  if (!call.on('bulk-answers-grouped-first')) return prices;
  const grouped = prices.filter((price) => price.groupId !== '');
  return [...grouped, ...prices.filter((price) => price.groupId === '')];
}

export function createPrices(call: Call): Answer {
  const items = readItems(call);
  const tried = tryAll(call, items);
  if (tried.bad !== undefined && !call.on('bulk-skips-bad')) {
    afterRefusal(call, tried);
    throw tried.bad;
  }
  keepAll(call, tried.good);
  const shown: Json[] = inOrder(call, tried.good).map((price) => {
    const written = showPrice(call, price, 'write', PLAIN);
    const sent = items[tried.good.indexOf(price)];
    const currency =
      call.odd('bulk-currency-as-sent') && sent ? given(sent, 'currency') : undefined;
    return currency === undefined ? written : { ...written, currency };
  });
  const status = call.on('bulk-answers-200') ? 200 : 201;
  return { status, body: call.on('bulk-bare-list') ? shown : { items: shown } };
}
