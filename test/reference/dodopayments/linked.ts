// Meters, credit entitlements and add-ons: create and get.

import type { Rules } from './check.ts';
import { checked, maybe, need } from './check.ts';
import type { Answer, Call, Fields, Plain } from './model.ts';
import { invalidBody, invalidValue, isFields, notFound, Refusal } from './model.ts';
import { CURRENCIES, TAX_CATEGORIES } from './names.ts';
import { imageOf, spoiled } from './product-show.ts';
import type { Table } from './store.ts';

const METER: Rules = {
  name: need('string'),
  event_name: need('string'),
  measurement_unit: need('string'),
  aggregation: need('object'),
  description: maybe('string'),
  filter: maybe('object'),
};
const AGGREGATION: Rules = {
  type: need('string', ['count', 'sum', 'max', 'last']),
  key: maybe('string'),
};
const CREDIT: Rules = {
  name: need('string'),
  unit: need('string'),
  precision: need('int32'),
  overage_enabled: need('boolean'),
  rollover_enabled: need('boolean'),
  description: maybe('string'),
  currency: maybe('string', CURRENCIES),
  price_per_unit: maybe('string'),
  overage_behavior: maybe('string', [
    'forgive_at_reset',
    'invoice_at_billing',
    'carry_deficit',
    'carry_deficit_auto_repay',
  ]),
  overage_limit: maybe('int64'),
  rollover_percentage: maybe('int32'),
  expires_after_days: maybe('int32'),
};
const ADDON: Rules = {
  name: need('string'),
  price: need('int32'),
  currency: need('string', CURRENCIES),
  tax_category: need('string', TAX_CATEGORIES),
  description: maybe('string'),
};

function keep(call: Call, table: Table<Plain>, kind: string, prefix: string, fields: Fields) {
  const { on, store, tenant } = call;
  const at = store.now();
  const id = store.id(kind, prefix);
  const shown = {
    id,
    business_id: store.own('bus', tenant),
    ...fields,
    created_at: at,
    updated_at: at,
  };
  const row = { id, tenant, createdAt: at, updatedAt: at, shown };
  if (!(on(`${kind}-create-lost`) && store.count(kind) % 2 === 0)) table.put(row);
  return spoiled(call, kind, shown);
}

const picked = (rules: Rules, body: Fields): Fields =>
  Object.fromEntries(Object.keys(rules).map((field) => [field, body[field] ?? null]));

function checkFilter(call: Call, filter: unknown, depth: number): void {
  if (call.on('meter-filter-unchecked')) return;
  const sent = checked(call, 'filter', filter as Fields, {
    conjunction: need('string', ['and', 'or']),
    clauses: need('array'),
  });
  if (depth > 3) throw invalidValue('the filter is nested too deeply');
  for (const each of sent['clauses'] as Fields[]) {
    if (isFields(each) && 'conjunction' in each) checkFilter(call, each, depth + 1);
  }
}

export function createMeter(call: Call): Answer {
  const { on, store } = call;
  const body = checked(call, 'meter', call.body, METER);
  const how = checked(call, 'aggregation', body['aggregation'] ?? { type: 'count' }, AGGREGATION);
  const key = how['key'] ?? null;
  if (how['type'] !== 'count' && key === null && !on('aggregation-key-missing-accepted')) {
    throw invalidBody('aggregation.key is missing');
  }
  if (how['type'] === 'count' && key === null && on('aggregation-key-always-needed')) {
    throw invalidBody('aggregation.key is missing');
  }
  if (isFields(body['filter'])) checkFilter(call, body['filter'], 1);
  const fields = { ...picked(METER, body), aggregation: { type: how['type'] ?? null, key } };
  const shown = keep(call, store.meters, 'meter', 'mtr', fields);
  return { status: on('create-meter-answers-200') ? 200 : 201, body: shown };
}

export function createAddon(call: Call): Answer {
  const { on, store } = call;
  const body = checked(call, 'addon', call.body, ADDON);
  if (Number(body['price']) < 0) throw invalidValue('price is negative');
  if ([...String(body['name'])].length > 100) throw invalidValue('name is too long', 'long-text');
  const fields = { ...picked(ADDON, body), image: imageOf(null) };
  const shown = keep(call, store.addons, 'addon', 'adn', fields);
  return { status: on('create-addon-answers-201') ? 201 : 200, body: shown };
}

function checkCredit(call: Call, body: Fields): void {
  const { on, store, tenant } = call;
  const precision = Number(body['precision']);
  const most = on('credit-precision-11-accepted') ? 11 : on('credit-precision-10-refused') ? 9 : 10;
  if (precision < 0 || precision > most) throw invalidValue('precision is not in 0 to 10');
  const percent = Number(body['rollover_percentage'] ?? 0);
  if (percent < 0 || percent > 100) {
    if (!on('rollover-101-accepted')) throw invalidValue('a percentage is not in 0 to 100');
  }
  const priced = typeof body['price_per_unit'] === 'string';
  if (priced && typeof body['currency'] !== 'string' && !on('credit-currency-missing-accepted')) {
    throw invalidValue('currency is needed with price_per_unit');
  }
  const taken = store.credits.all().some((row) => {
    const own = row.tenant === tenant ? !on('credit-name-twice-accepted') : false;
    const foreign = row.tenant !== tenant && on('credit-name-across-tenants');
    return (own || foreign) && row.shown['name'] === body['name'];
  });
  if (!taken) return;
  const code = on('code-credit-name-wrong') ? 'CONFLICT' : 'CREDIT_ENTITLEMENT_NAME_ALREADY_EXISTS';
  throw new Refusal(409, code, 'The name is taken.', 'credit-name-taken');
}

export function createCredit(call: Call): Answer {
  const { odd, store } = call;
  const body = checked(call, 'credit', call.body, CREDIT);
  checkCredit(call, body);
  const fields = picked(CREDIT, body);
  fields['overage_behavior'] ??= 'forgive_at_reset';
  if (call.on('overage-behavior-null')) fields['overage_behavior'] = null;
  const shown = keep(call, store.credits, 'credit', 'cde', fields);
  return { status: odd('create-credit-201') ? 201 : 200, body: shown };
}

function getPlain(call: Call, table: Table<Plain>, kind: string): Answer {
  const { on, tenant, route } = call;
  const found = table.get(call.ids[0] ?? '');
  if (found && (found.tenant === tenant || on(`leak-${route}`))) {
    return { status: 200, body: spoiled(call, kind, found.shown) };
  }
  if (on(`unknown-${kind}-200`)) return { status: 200, body: null };
  throw notFound(kind);
}

export const getMeter = (call: Call): Answer => getPlain(call, call.store.meters, 'meter');
export const getAddon = (call: Call): Answer => getPlain(call, call.store.addons, 'addon');
export const getCredit = (call: Call): Answer => getPlain(call, call.store.credits, 'credit');
