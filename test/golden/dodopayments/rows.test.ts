// What a row shows of its product, by ProductCollectionProductResponse: worked out live, for each type of price.

import { expect, test } from 'vitest';
import {
  ADDON,
  addon,
  type Body,
  collection,
  credits,
  expectDone,
  groupsOf,
  meter,
  ONE_TIME,
  of,
  patch,
  product,
  RECURRING,
  read,
  rowsOf,
  start,
  type Talk,
  USAGE,
  UUID,
} from './talk.ts';

/** The row of that product in a new collection of its own. */
async function rowOf(talk: Talk, productId: string): Promise<Body | undefined> {
  const made = await collection(talk, [{ products: of(productId) }]);
  const [row] = rowsOf(groupsOf(await read(talk, made.id))[0]);
  expect(row).toEqual(rowsOf(groupsOf(made)[0])[0]);
  return row;
}

test('[row.shows-product] [row.shows-price] [row.is-recurring] [row.counts] the row of a one-time product', async () => {
  const talk = start();
  const id = await product(talk, {
    name: 'Ink',
    description: 'One bottle',
    tax_category: 'e_book',
    price: { ...ONE_TIME, price: 0, currency: 'JPY', discount: 5, tax_inclusive: true },
    license_key_enabled: true,
  });
  expect(await rowOf(talk, id)).toEqual({
    id: expect.stringMatching(UUID),
    product_id: id,
    status: true,
    name: 'Ink',
    description: 'One bottle',
    currency: 'JPY',
    price: 0,
    price_detail: expect.objectContaining({
      type: 'one_time_price',
      price: 0,
      currency: 'JPY',
      discount: 5,
      purchasing_power_parity: false,
      tax_inclusive: true,
    }),
    tax_category: 'e_book',
    tax_inclusive: true,
    is_recurring: false,
    license_key_enabled: true,
    meters_count: 0,
    files_count: 0,
    addons_count: 0,
    has_credit_entitlements: false,
  });
});

test('[row.shows-product] [row.shows-price] [row.is-recurring] [row.counts] the row of a recurring product with an add-on and credits', async () => {
  const talk = start();
  const extra = await addon(talk);
  const credit = await credits(talk);
  const id = await product(talk, {
    price: { ...RECURRING, tax_inclusive: false, trial_period_days: 14 },
    addons: [extra],
    credit_entitlements: [{ credit_entitlement_id: credit, credits_amount: '500' }],
  });
  expect(await rowOf(talk, id)).toEqual({
    id: expect.stringMatching(UUID),
    product_id: id,
    status: true,
    name: 'Inkwell',
    description: null,
    currency: 'EUR',
    price: 4900,
    price_detail: expect.objectContaining({
      ...RECURRING,
      tax_inclusive: false,
      trial_period_days: 14,
    }),
    tax_category: 'saas',
    tax_inclusive: false,
    is_recurring: true,
    license_key_enabled: false,
    meters_count: 0,
    files_count: 0,
    addons_count: 1,
    has_credit_entitlements: true,
  });
});

test('[row.counts-meters] [row.shows-price] [row.is-recurring] (assumed) the row of a usage-based product with two meters and an add-on', async () => {
  const talk = start();
  const [one, two] = [await meter(talk), await meter(talk, { name: 'Stored pages' })];
  const extra = await addon(talk);
  const meters = [
    { meter_id: one, price_per_unit: '2.5' },
    { meter_id: two, price_per_unit: '0.01' },
  ];
  const id = await product(talk, { price: { ...USAGE, meters }, addons: [extra] });
  expect(await rowOf(talk, id)).toMatchObject({
    product_id: id,
    currency: 'INR',
    price: 900,
    price_detail: { type: 'usage_based_price', fixed_price: 900, currency: 'INR', meters },
    tax_inclusive: null,
    is_recurring: true,
    meters_count: 2,
    files_count: 0,
    addons_count: 1,
    has_credit_entitlements: false,
  });
});

for (const meters of [undefined, null, []]) {
  test(`[row.counts] a usage-based product whose meters are ${JSON.stringify(meters)} has none`, async () => {
    const talk = start();
    const price = meters === undefined ? USAGE : { ...USAGE, meters };
    expect(await rowOf(talk, await product(talk, { price }))).toMatchObject({
      meters_count: 0,
      price: 900,
      is_recurring: true,
    });
  });
}

test('[row.counts] (assumed) a meter that is linked to credits is not what has_credit_entitlements asks for', async () => {
  const talk = start();
  const credit = await credits(talk);
  const attached = [{ credit_entitlement_id: credit, credits_amount: '10' }];
  const meters = [
    { meter_id: await meter(talk), credit_entitlement_id: credit, meter_units_per_credit: '10' },
  ];
  const id = await product(talk, {
    price: { ...USAGE, meters },
    credit_entitlements: attached,
  });
  const made = await collection(talk, [{ products: of(id) }]);
  const shown = async () => rowsOf(groupsOf(await read(talk, made.id))[0])[0];
  expect(await shown()).toMatchObject({ has_credit_entitlements: true, meters_count: 1 });
});

test('[row.shows-product] [meter.data-shown] the price of a row names its meters as they are', async () => {
  const talk = start();
  const id = await meter(talk, { name: 'Pages', description: 'Scanned', measurement_unit: 'p' });
  const meters = [{ meter_id: id, price_per_unit: '1', name: 'Mine', measurement_unit: 'x' }];
  const row = await rowOf(talk, await product(talk, { price: { ...USAGE, meters } }));
  expect(row).toMatchObject({
    price_detail: {
      meters: [
        {
          meter_id: id,
          price_per_unit: '1',
          name: 'Pages',
          description: 'Scanned',
          measurement_unit: 'p',
        },
      ],
    },
  });
});

test('[row.shows-product] [row.shows-price] [row.counts] (assumed) a row shows its product as it is now', async () => {
  const talk = start();
  const id = await product(talk, { price: RECURRING });
  const made = await collection(talk, [{ products: of(id) }]);
  const before = rowsOf(groupsOf(made)[0])[0];
  const extra = await talk.post('/addons', { ...ADDON, name: 'Later' });
  expectDone(
    await patch(talk, `/products/${id}`, {
      name: 'Inkwell 2',
      description: 'Bigger',
      tax_category: 'edtech',
      price: { ...RECURRING, price: 5900, currency: 'GBP', tax_inclusive: true },
      license_key_enabled: true,
      addons: [extra.body.id],
    }),
  );
  expect(rowsOf(groupsOf(await read(talk, made.id))[0])[0]).toEqual({
    ...before,
    name: 'Inkwell 2',
    description: 'Bigger',
    tax_category: 'edtech',
    price: 5900,
    currency: 'GBP',
    price_detail: expect.objectContaining({ price: 5900, currency: 'GBP', tax_inclusive: true }),
    tax_inclusive: true,
    license_key_enabled: true,
    addons_count: 1,
  });
});

test('[collection.products-counted] (assumed) a list entry counts all rows of all groups, and shows no groups', async () => {
  const talk = start();
  const [a, b, c] = [await product(talk), await product(talk), await product(talk)];
  const made = await collection(talk, [
    { products: [{ product_id: a, status: false }, { product_id: b }] },
    { products: of(c), status: false },
    { products: [] },
  ]);
  const other = await collection(talk);
  const entry = async (id: string) =>
    (await talk.get('/product-collections')).body.items.find((item) => item.id === id);
  expect(await entry(made.id)).toEqual({
    id: made.id,
    name: 'Inkwell plans',
    description: null,
    image: null,
    products_count: 3,
    created_at: made['created_at'],
    updated_at: made['updated_at'],
  });
  expect((await entry(other.id))?.['products_count']).toBe(1);
  const [first] = groupsOf(made);
  const items = `/product-collections/${made.id}/groups/${first?.['group_id']}/items`;
  expectDone(await talk.delete(`${items}/${rowsOf(first)[0]?.id}`));
  expect((await entry(made.id))?.['products_count']).toBe(2);
  expect((await entry(other.id))?.['products_count']).toBe(1);
});
