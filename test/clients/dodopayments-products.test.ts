// Products of the three price types and what they are made of, through Dodo's official client.

import { APIError, ConflictError, NotFoundError, UnprocessableEntityError } from 'dodopayments';
import { expect, test } from 'vitest';
import { ONE_TIME, PRODUCT, RECURRING, shop, USAGE } from './dodo.ts';
import { served } from './served.ts';

const mock = served('dodopayments');

const METER = { name: 'Pages', event_name: 'scanned', measurement_unit: 'pages' };
const CREDITS = {
  name: 'Scans',
  unit: 'scans',
  precision: 2,
  overage_enabled: false,
  rollover_enabled: true,
};
const ADDON = { name: 'Seat', price: 600, currency: 'USD', tax_category: 'saas' } as const;

test('meters, credits and add-ons are made, and products of every price type from them', async () => {
  const { dodo, wire, refused } = shop(mock.url);
  const { products, meters, creditEntitlements, addons } = dodo;
  const counted = await meters.create({ ...METER, aggregation: { type: 'count' } });
  const summed = await meters.create({ ...METER, aggregation: { type: 'sum', key: 'pages' } });
  expect(await meters.retrieve(summed.id)).toEqual(summed);
  expect((await meters.list()).items).toEqual([summed, counted]);
  const keyless = meters.create({ ...METER, aggregation: { type: 'max' } });
  await refused(keyless, UnprocessableEntityError, 422, 'INVALID_REQUEST_BODY');
  await refused(meters.retrieve('mtr_unknown'), NotFoundError, 404, 'NOT_FOUND');

  const credits = await creditEntitlements.create(CREDITS);
  expect(credits.overage_behavior).toBe('forgive_at_reset');
  expect(await creditEntitlements.retrieve(credits.id)).toEqual(credits);
  // The client takes 409 for a passing thing and asks twice more; it is final all the same.
  const taken = 'CREDIT_ENTITLEMENT_NAME_ALREADY_EXISTS';
  await refused(creditEntitlements.create(CREDITS), ConflictError, 409, taken, 3);
  const priced = creditEntitlements.create({ ...CREDITS, name: 'Priced', price_per_unit: '0.5' });
  await refused(priced, UnprocessableEntityError, 422);
  expect((await creditEntitlements.list()).items).toEqual([credits]);

  const seat = await addons.create(ADDON);
  expect(await addons.retrieve(seat.id)).toEqual(seat);
  expect((await addons.list()).items).toEqual([seat]);

  const once = await products.create({ ...PRODUCT, metadata: { team: 'ink' } });
  expect(once).toMatchObject({ is_recurring: false, metadata: { team: 'ink' }, price: ONE_TIME });
  const monthly = await products.create({ ...PRODUCT, price: RECURRING, addons: [seat.id] });
  expect(monthly).toMatchObject({
    is_recurring: true,
    addons: [seat.id],
    product_collection_id: null,
  });
  const metered = await products.create({
    ...PRODUCT,
    credit_entitlements: [{ credit_entitlement_id: credits.id, credits_amount: '100' }],
    price: {
      ...USAGE,
      meters: [
        { meter_id: counted.id, price_per_unit: '1.5', free_threshold: 10, name: 'Ignored' },
        { meter_id: summed.id, credit_entitlement_id: credits.id, meter_units_per_credit: '10' },
      ],
    },
  });
  const { price } = metered;
  if (price.type !== 'usage_based_price') expect.fail(price.type);
  expect(
    price.meters?.map((meter) => [
      meter.name,
      meter.measurement_unit,
      meter.price_per_unit ?? null,
    ]),
  ).toEqual([
    ['Pages', 'pages', '1.5'],
    ['Pages', 'pages', null],
  ]);
  expect(metered.credit_entitlements).toMatchObject([
    {
      credit_entitlement_id: credits.id,
      credit_entitlement_name: 'Scans',
      credit_entitlement_unit: 'scans',
    },
  ]);
  expect(await products.retrieve(metered.product_id)).toEqual(metered);

  const makes = (changes: Partial<Parameters<typeof products.create>[0]>) =>
    products.create({ ...PRODUCT, ...changes });
  const uses = (...meters: { meter_id: string; price_per_unit?: string }[]) =>
    makes({ price: { ...USAGE, meters } });
  const priceOf = (meter_id: string, price_per_unit = '1') => ({ meter_id, price_per_unit });
  const wrong: [() => PromiseLike<unknown>, string?][] = [
    [() => uses(priceOf('mtr_unknown')), 'MISSING_METER_IDS'],
    [() => uses(priceOf(counted.id), priceOf(counted.id)), 'DUPLICATE_METER_IDS_IN_REQUEST'],
    [() => uses(priceOf(counted.id, '0'))],
    [() => uses(priceOf(counted.id, '1.1234567890123'))],
    [() => uses({ meter_id: counted.id })],
    [() => makes({ price: RECURRING, addons: ['adn_unknown'] }), 'MISSING_ADDON_IDS'],
    [
      () => makes({ price: RECURRING, addons: [seat.id, seat.id] }),
      'DUPLICATE_ADDON_IDS_IN_REQUEST',
    ],
    [() => makes({ price: { ...ONE_TIME, discount: 101 } }), 'INVALID_PERCENTAGE'],
    [
      () => makes({ price: { ...ONE_TIME, pay_what_you_want: true, suggested_price: 1 } }),
      'INVALID_SUGGESTED_PRICE',
    ],
    [() => makes({ name: 'x'.repeat(101) }), 'INVALID_REQUEST_BODY'],
  ];
  for (const [call, code] of wrong) {
    await refused(call(), UnprocessableEntityError, 422, code);
  }
  const listed = (await products.list()).items;
  expect(listed.map((row) => [row.product_id, row.price, row.currency, row.is_recurring])).toEqual([
    [metered.product_id, 900, 'USD', true],
    [monthly.product_id, 4900, 'USD', true],
    [once.product_id, 1900, 'USD', false],
  ]);
  // 29 calls, one of them sent three times.
  expect(wire.sent).toHaveLength(31);
});

test('products are changed, archived and listed page by page', async () => {
  const { dodo, wire, refused, products: make } = shop(mock.url);
  const { products } = dodo;
  const ids = (await make(23)).reverse();
  const page = async (page_number: number) =>
    (await products.list({ page_number, page_size: 10 })).items.map((row) => row.product_id);
  const pages = [await page(0), await page(1), await page(2), await page(3)];
  expect(pages).toEqual([ids.slice(0, 10), ids.slice(10, 20), ids.slice(20), []]);
  expect((await products.list()).items.map((row) => row.product_id)).toEqual(pages[0]);
  // Pages count from 0, and the client believes that the one it began with was number 1: it skips one.
  const seen: string[] = [];
  for await (const row of products.list({ page_size: 10 })) seen.push(row.product_id);
  expect(seen).toEqual([...ids.slice(0, 10), ...ids.slice(20)]);
  const noPage = products.list({ page_number: -1 });
  await refused(noPage, UnprocessableEntityError, 422, 'INVALID_QUERY_PARAMS');

  const [newest = '', next = ''] = ids;
  const { items } = await products.list({ recurring: true });
  expect(items).toEqual([]);
  expect(
    await products.update(newest, { name: 'Renamed', price: { ...ONE_TIME, price: 2500 } }),
  ).toBeFalsy();
  expect(await products.retrieve(newest)).toMatchObject({
    name: 'Renamed',
    price: { price: 2500 },
  });
  const retyped = products.update(newest, { price: RECURRING });
  await refused(retyped, UnprocessableEntityError, 422);
  await refused(products.update('pdt_unknown', {}), NotFoundError, 404, 'NOT_FOUND');
  expect(await products.archive(next)).toBeFalsy();
  await refused(products.archive(next), APIError, 410, 'PRODUCT_IS_DELETED');
  expect((await products.list({ archived: true })).items.map((row) => row.product_id)).toEqual([
    next,
  ]);
  expect(await products.unarchive(next)).toBeFalsy();
  expect((await products.list({ archived: true })).items).toEqual([]);
  expect((await products.retrieve(next)).product_id).toBe(next);
  expect(wire.sent).toHaveLength(43);
});
