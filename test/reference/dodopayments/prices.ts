// The price of a product: one of three shapes, told apart by "type".

import type { Rules } from './check.ts';
import { checked, maybe, need } from './check.ts';
import { metersFrom } from './meters-of-price.ts';
import type { Call, Fields, Json } from './model.ts';
import { dashed, invalidBody, invalidValue, isFields, Refusal } from './model.ts';
import { CURRENCIES, INTERVALS } from './names.ts';

const COMMON: Rules = {
  type: need('string'),
  currency: need('string', CURRENCIES),
  discount: need('int64'),
  purchasing_power_parity: need('boolean'),
  tax_inclusive: maybe('boolean'),
};
const PERIODS: Rules = {
  payment_frequency_count: need('int32'),
  payment_frequency_interval: need('string', INTERVALS),
  subscription_period_count: need('int32'),
  subscription_period_interval: need('string', INTERVALS),
};
const SHAPES: { [type: string]: { name: string; rules: Rules } } = {
  one_time_price: {
    name: 'one-time',
    rules: {
      ...COMMON,
      price: need('int32'),
      pay_what_you_want: { kind: 'boolean' },
      suggested_price: maybe('int32'),
    },
  },
  recurring_price: {
    name: 'recurring',
    rules: { ...COMMON, ...PERIODS, price: need('int32'), trial_period_days: { kind: 'int32' } },
  },
  usage_based_price: {
    name: 'usage',
    rules: { ...COMMON, ...PERIODS, fixed_price: need('int32'), meters: maybe('array') },
  },
};

const USUAL: Fields = { pay_what_you_want: false, trial_period_days: 0 };
const FORGOTTEN: Fields = {
  currency: 'USD',
  discount: 0,
  purchasing_power_parity: false,
  pay_what_you_want: false,
  payment_frequency_count: 1,
  payment_frequency_interval: 'Month',
  subscription_period_count: 1,
  subscription_period_interval: 'Year',
  trial_period_days: 0,
};

// Shorter than this many days is shorter than the other.
const DAYS: { [interval: string]: number } = { Day: 1, Week: 7, Month: 30.4375, Year: 365.25 };

function shapeOf(call: Call, body: Fields): { type: string; name: string; rules: Rules } {
  let type = body['type'];
  if (type === undefined && call.on('price-type-missing-accepted')) type = 'one_time_price';
  const known = typeof type === 'string' && Object.hasOwn(SHAPES, type);
  if (!known && typeof type === 'string' && call.on('price-type-unknown-accepted')) {
    type = 'one_time_price';
  }
  const shape = typeof type === 'string' ? SHAPES[type] : undefined;
  if (!shape || typeof type !== 'string') throw invalidBody('price.type is not known');
  return { type, ...shape };
}

function discountBounds({ on }: Call): [number, number] {
  const least = on('discount-minus-1-accepted') ? -1 : 0;
  const most = on('discount-101-accepted') ? 101 : 100;
  return [on('discount-0-refused') ? 1 : least, on('discount-100-refused') ? 99 : most];
}

function checkNumbers(call: Call, price: Fields): void {
  const { on } = call;
  const [least, most] = discountBounds(call);
  const discount = Number(price['discount']);
  if (discount < least) throw invalidValue('discount is below 0');
  if (discount > most) throw new Refusal(422, 'INVALID_PERCENTAGE', 'discount is above 100');
  for (const field of ['price', 'fixed_price', 'trial_period_days']) {
    const negative = Number(price[field]) < 0;
    if (negative && !on(`${dashed(field)}-negative-accepted`)) {
      throw invalidValue(`${field} is negative`);
    }
    if (price[field] === 0 && on(`${dashed(field)}-0-refused`)) {
      throw invalidValue(`${field} is 0`);
    }
  }
  for (const field of ['payment_frequency_count', 'subscription_period_count']) {
    const low = price[field] !== undefined && Number(price[field]) < 1;
    if (low && !on(`${dashed(field)}-0-accepted`)) throw invalidValue(`${field} is below 1`);
  }
}

function checkPeriods(call: Call, price: Fields): void {
  const days = (what: string): number => {
    const interval = DAYS[String(price[`${what}_interval`])] ?? Number.NaN;
    return Number(price[`${what}_count`]) * interval;
  };
  if (days('subscription_period') <= 0 || days('payment_frequency') <= 0) return;
  const compared = days('subscription_period') < days('payment_frequency');
  if (compared && !call.on('period-shorter-accepted')) {
    throw invalidValue('the subscription period is shorter than the payment frequency');
  }
}

function checkSuggested(call: Call, price: Fields): void {
  const { on } = call;
  const suggested = price['suggested_price'];
  if (suggested === null || suggested === undefined) return;
  if (price['pay_what_you_want'] !== true && !on('suggested-always-checked')) return;
  if (on('suggested-below-accepted')) return;
  const least = Number(price['price']) + (on('suggested-equal-refused') ? 1 : 0);
  if (Number(suggested) >= least) return;
  const code = on('code-suggested-wrong')
    ? 'INVALID_REQUEST_PARAMETERS'
    : 'INVALID_SUGGESTED_PRICE';
  throw new Refusal(422, code, 'suggested_price is below price');
}

function kept(call: Call, rules: Rules, sent: Fields): Fields {
  const { on } = call;
  const price: Fields = {};
  for (const [field, rule] of Object.entries(rules)) {
    const value: Json = sent[field] ?? USUAL[field] ?? null;
    const number = rule.kind === 'int32' || rule.kind === 'int64';
    price[field] = number && typeof value === 'string' ? Number(value) : value;
    if (on(`price-${dashed(field)}-not-kept`)) price[field] = FORGOTTEN[field] ?? null;
  }
  if (on('price-rounded') && typeof price['price'] === 'number') {
    price['price'] = Math.round(price['price'] / 100) * 100;
  }
  if (on('price-detail-applies-discount') && typeof price['price'] === 'number') {
    price['price'] = Math.round(price['price'] * (1 - Number(price['discount']) / 100));
  }
  return price;
}

// "attached" are the credit entitlements of the product the price is for.
export function priceFrom(call: Call, value: Json | undefined, attached: string[]): Fields {
  const whole = isFields(value) ? value : checked(call, 'price', value, {});
  const { type, name, rules } = shapeOf(call, whole);
  const body = checked(call, name, { ...whole, type }, rules);
  const sent = Object.fromEntries(Object.entries(body).filter(([field]) => field in rules));
  checkNumbers(call, sent);
  checkPeriods(call, sent);
  checkSuggested(call, sent);
  const price = kept(call, rules, { ...sent, type });
  if (name !== 'usage') return price;
  price['meters'] = metersFrom(call, sent['meters'], attached);
  return price;
}
