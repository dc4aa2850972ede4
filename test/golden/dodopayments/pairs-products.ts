// The refusals of each operation on products; see `pairs.ts`. What a new product may not be, no update may make
// of one: such a body is written down once, and sent to both.

import type { Json } from '../../../src/model/json.ts';
import { NO_KEY, STRANGER, UNREADABLE } from '../talk.ts';
import {
  type Answer,
  addon,
  credits,
  meter,
  NO_PRODUCT,
  ONE_TIME,
  patch,
  product,
  productBody,
  RECURRING,
  type Talk,
  USAGE,
} from './talk.ts';

type Fields = Record<string, Json>;
type Produce = (talk: Talk) => Promise<Answer>;
type Wrong = Fields | ((talk: Talk) => Promise<Fields>);

const UNKNOWN = `/products/${NO_PRODUCT}`;
const NO_METER = 'mtr_0aB1cD2eF3gH4iJ5kL6mN';
const NO_CREDITS = 'cde_0aB1cD2eF3gH4iJ5kL6mN';
const PRICES = [ONE_TIME, RECURRING, USAGE];

const { currency: _, ...ONE_TIME_WITHOUT_CURRENCY } = ONE_TIME;
const { price: __, ...RECURRING_WITHOUT_PRICE } = RECURRING;
const { fixed_price: ___, ...USAGE_WITHOUT_PRICE } = USAGE;

/** The path of a new product. */
const one = async (talk: Talk) => `/products/${await product(talk)}`;

const attached = (credit_entitlement_id: string) => ({
  credit_entitlements: [{ credit_entitlement_id, credits_amount: '100' }],
});

/** A usage-based price of these meters, or of one new meter with these fields. */
const metered = (...meters: Json[]): Fields => ({ price: { ...USAGE, meters } });
const ofMeter =
  (fields: Fields): Wrong =>
  async (talk) =>
    metered({ meter_id: await meter(talk), ...fields });

/** By the rule that refuses it, what a product may not have. */
const WRONG: Readonly<Record<string, Wrong>> = {
  'product.metadata-limit': {
    metadata: Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`key-${n}`, 'x'])),
  },
  'product.lists-limited': {
    credit_entitlements: Array.from({ length: 6 }, (_, n) => ({
      credit_entitlement_id: `cde_${n}`,
      credits_amount: '1',
    })),
  },
  'product.activations-not-negative': { license_key_activations_limit: -1 },
  'product.addons-exist': { price: RECURRING, addons: ['adn_0aB1cD2eF3gH4iJ5kL6mN'] },
  'product.addon-once': async (talk) => {
    const extra = await addon(talk);
    return { price: RECURRING, addons: [extra, extra] };
  },
  'product.credits-exist': attached(NO_CREDITS),
  'product.no-entitlements': { entitlements: [{ entitlement_id: 'ent_0aB1cD2eF3gH4iJ5kL6mN' }] },
  'price.one-time-fields': { price: ONE_TIME_WITHOUT_CURRENCY },
  'price.recurring-fields': { price: RECURRING_WITHOUT_PRICE },
  'price.usage-fields': { price: USAGE_WITHOUT_PRICE },
  'price.discount-of-one-time': { price: { ...ONE_TIME, discount: -1 } },
  'price.discount-of-one-time-at-most-100': { price: { ...ONE_TIME, discount: 101 } },
  'price.one-time-not-negative': { price: { ...ONE_TIME, price: -1 } },
  'price.discount-of-recurring': { price: { ...RECURRING, discount: -1 } },
  'price.discount-of-recurring-at-most-100': { price: { ...RECURRING, discount: 101 } },
  'price.recurring-not-negative': { price: { ...RECURRING, price: -1 } },
  'price.discount-of-usage': { price: { ...USAGE, discount: -1 } },
  'price.discount-of-usage-at-most-100': { price: { ...USAGE, discount: 101 } },
  'price.usage-not-negative': { price: { ...USAGE, fixed_price: -1 } },
  'price.counts-of-recurring': { price: { ...RECURRING, payment_frequency_count: 0 } },
  'price.counts-of-usage': { price: { ...USAGE, payment_frequency_count: 0 } },
  'price.period-long-enough': { price: { ...RECURRING, subscription_period_interval: 'Day' } },
  'price.interval-known': { price: { ...RECURRING, payment_frequency_interval: 'Quarter' } },
  'price.suggested-not-below': {
    price: { ...ONE_TIME, pay_what_you_want: true, suggested_price: 1899 },
  },
  'meter.price-per-unit': ofMeter({ price_per_unit: '0' }),
  'meter.priced-or-linked': ofMeter({ price_per_unit: null }),
  'meter.units-with-credits': async (talk) => {
    const credit_entitlement_id = await credits(talk);
    const link = { meter_id: await meter(talk), credit_entitlement_id };
    return { ...attached(credit_entitlement_id), ...metered(link) };
  },
  'meter.credits-attached': async (talk) => {
    const credit_entitlement_id = await credits(talk);
    const meter_id = await meter(talk);
    return metered({ meter_id, credit_entitlement_id, meter_units_per_credit: '10' });
  },
  'meter.at-most-ten': metered(
    ...Array.from({ length: 11 }, (_, n) => ({ meter_id: `mtr_${n}`, price_per_unit: '1' })),
  ),
  'meter.exists': metered({ meter_id: NO_METER, price_per_unit: '1' }),
  'meter.named': metered({ price_per_unit: '1' }),
  'meter.once': async (talk) => {
    const meter_id = await meter(talk);
    return metered({ meter_id, price_per_unit: '1' }, { meter_id, price_per_unit: '2' });
  },
};

const fieldsOf = async (talk: Talk, wrong: Wrong) =>
  typeof wrong === 'function' ? await wrong(talk) : wrong;

/** An update of a product that was right before, of a price of the same type. */
async function update(talk: Talk, wrong: Wrong): Promise<Answer> {
  const fields = await fieldsOf(talk, wrong);
  const price = fields['price'] as { type: string } | undefined;
  const before = PRICES.find(({ type }) => type === price?.type) ?? ONE_TIME;
  return patch(talk, `/products/${await product(talk, { price: before })}`, fields);
}

const wrongProducts = Object.entries(WRONG).flatMap(([rule, wrong]): [string, Produce][] => [
  [
    `create_product ${rule}`,
    async (talk) => talk.post('/products', productBody(await fieldsOf(talk, wrong))),
  ],
  [`update_product ${rule}`, (talk) => update(talk, wrong)],
]);

export const PRODUCT_PAIRS: Readonly<Record<string, Produce>> = {
  ...Object.fromEntries(wrongProducts),
  'create_product unauthenticated': (talk) => talk.post('/products', productBody(), NO_KEY),
  'create_product malformed': (talk) => talk.post('/products', undefined, UNREADABLE),
  'create_product invalid': (talk) => talk.post('/products', productBody({ name: 7 })),
  'create_product product.fields-required': (talk) =>
    talk.post('/products', { price: ONE_TIME, tax_category: 'saas' }),
  'create_product product.text-limits-on-create': (talk) =>
    talk.post('/products', productBody({ name: 'x'.repeat(101) })),

  'list_products unauthenticated': (talk) => talk.get('/products', NO_KEY),
  'list_products parameter': (talk) => talk.get('/products?recurring=sometimes'),

  'get_product unauthenticated': async (talk) => talk.get(await one(talk), NO_KEY),
  'get_product not-found': (talk) => talk.get(UNKNOWN),
  'get_product scope.isolated': async (talk) => talk.get(await one(talk), STRANGER),

  'update_product unauthenticated': async (talk) =>
    patch(talk, await one(talk), { name: 'New' }, NO_KEY),
  'update_product not-found': (talk) => patch(talk, UNKNOWN, { name: 'New' }),
  'update_product malformed': async (talk) => patch(talk, await one(talk), undefined, UNREADABLE),
  'update_product invalid': async (talk) => patch(talk, await one(talk), { name: 7 }),
  'update_product scope.isolated': async (talk) =>
    patch(talk, await one(talk), { name: 'Mine' }, STRANGER),
  'update_product product.text-limits': async (talk) =>
    patch(talk, await one(talk), { description: 'x'.repeat(1001) }),
  'update_product product.type-fixed': async (talk) =>
    patch(talk, await one(talk), { price: RECURRING }),

  'archive_product unauthenticated': async (talk) => talk.delete(await one(talk), NO_KEY),
  'archive_product not-found': (talk) => talk.delete(UNKNOWN),
  'archive_product scope.isolated': async (talk) => talk.delete(await one(talk), STRANGER),
  'archive_product product.archive-again': async (talk) => {
    const path = await one(talk);
    await talk.delete(path);
    return talk.delete(path);
  },

  'unarchive_product unauthenticated': async (talk) =>
    talk.post(`${await one(talk)}/unarchive`, undefined, NO_KEY),
  'unarchive_product not-found': (talk) => talk.post(`${UNKNOWN}/unarchive`),
  'unarchive_product scope.isolated': async (talk) =>
    talk.post(`${await one(talk)}/unarchive`, undefined, STRANGER),
};
