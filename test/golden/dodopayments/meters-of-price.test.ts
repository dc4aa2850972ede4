// The meters of a usage-based price, by AddMeterToPrice.

import { expect, test } from 'vitest';
import type { Json } from '../../../src/model/json.ts';
import {
  type Answer,
  type Body,
  credits,
  expectDone,
  expectRefused,
  meter,
  patch,
  product,
  productBody,
  start,
  type Talk,
  USAGE,
} from './talk.ts';

const WRONG = 'INVALID_REQUEST_PARAMETERS';

/** A product of a usage-based price with these meters. */
const make = (talk: Talk, meters: Json, changes: Record<string, Json> = {}) =>
  talk.post('/products', productBody({ price: { ...USAGE, meters }, ...changes }));

const metersOf = ({ body }: Answer) =>
  (body as unknown as { price: { meters: readonly Body[] } }).price.meters;

for (const price_per_unit of [
  '10.50',
  '1',
  '0.1',
  '0.000000000001',
  '12345',
  '99999.999999999999',
  '00001',
  '00000.500000000000',
]) {
  test(`[meter.price-per-unit] takes the price "${price_per_unit}" per unit, and shows it as it was sent`, async () => {
    const talk = start();
    const made = await make(talk, [{ meter_id: await meter(talk), price_per_unit }]);
    expect(made.status).toBe(200);
    expect(metersOf(made)[0]).toMatchObject({ price_per_unit });
    const read = await talk.get(`/products/${made.body['product_id']}`);
    expect(metersOf(read)[0]).toMatchObject({ price_per_unit });
  });
}

for (const price_per_unit of [
  '0',
  '0.0',
  '00000.000000000000',
  '-1',
  '-0.5',
  '123456',
  '1.1234567890123',
  '',
  ' ',
  ' 1',
  '1\n',
  '+1',
  '1.',
  '.5',
  '1,5',
  '1.2.3',
  '1e3',
  '0x1',
  'abc',
  'NaN',
  '１',
]) {
  test(`[meter.price-per-unit] refuses the price ${JSON.stringify(price_per_unit)} per unit`, async () => {
    const talk = start();
    const refused = await make(talk, [{ meter_id: await meter(talk), price_per_unit }]);
    expectRefused(refused, 422, WRONG, 'meter.price-per-unit');
  });
}

for (const price_per_unit of [1, 1.5, true, ['1']]) {
  test(`[meter.price-per-unit] (assumed) the price ${JSON.stringify(price_per_unit)} per unit is no text`, async () => {
    const talk = start();
    const refused = await make(talk, [{ meter_id: await meter(talk), price_per_unit }]);
    expectRefused(refused, 422, 'INVALID_REQUEST_BODY');
  });
}

test('[meter.price-per-unit] every meter of a price is looked at, and in an update too', async () => {
  const talk = start();
  const [one, two] = [await meter(talk), await meter(talk)];
  const good = { meter_id: one, price_per_unit: '1' };
  const meters = [good, { meter_id: two, price_per_unit: '0' }];
  expectRefused(await make(talk, meters), 422, WRONG);
  const id = await product(talk, { price: { ...USAGE, meters: [good] } });
  const refused = await patch(talk, `/products/${id}`, { price: { ...USAGE, meters } });
  expectRefused(refused, 422, WRONG);
  expect(metersOf(await talk.get(`/products/${id}`))).toMatchObject([good]);
});

test('[meter.exists] a price names meters that exist', async () => {
  const talk = start();
  const known = { meter_id: await meter(talk), price_per_unit: '1' };
  const unknown = { meter_id: 'mtr_0aB1cD2eF3gH4iJ5kL6mN', price_per_unit: '1' };
  for (const meters of [[unknown], [known, unknown]]) {
    expectRefused(await make(talk, meters), 422, 'MISSING_METER_IDS', 'meter.exists');
  }
  expect((await make(talk, [known])).status).toBe(200);
});

test('[meter.named] a meter of a price has an id that is text', async () => {
  const talk = start();
  for (const entry of [{}, { price_per_unit: '1' }, { meter_id: null }, { meter_id: 7 }, 'mtr']) {
    expectRefused(await make(talk, [entry]), 422, 'INVALID_REQUEST_BODY');
  }
  expectRefused(await make(talk, {}), 422, 'INVALID_REQUEST_BODY');
});

test('[meter.once] a price names a meter once; two prices may name the same', async () => {
  const talk = start();
  const [one, two] = [await meter(talk), await meter(talk)];
  const of = (...ids: string[]) =>
    ids.map((meter_id, n) => ({ meter_id, price_per_unit: `${n + 1}` }));
  for (const meters of [of(one, one), of(one, two, one)]) {
    expectRefused(await make(talk, meters), 422, 'DUPLICATE_METER_IDS_IN_REQUEST', 'meter.once');
  }
  expect((await make(talk, of(one, two))).status).toBe(200);
  expect((await make(talk, of(two, one))).status).toBe(200);
});

test('[meter.at-most-ten] (assumed) a price has ten meters at most', async () => {
  const talk = start();
  const entries: { meter_id: string; price_per_unit: string }[] = [];
  for (let n = 0; n < 11; n += 1) {
    entries.push({ meter_id: await meter(talk), price_per_unit: '1' });
  }
  expect((await make(talk, entries.slice(1))).status).toBe(200);
  expectRefused(await make(talk, entries), 422, WRONG, 'meter.at-most-ten');
});

test('[meter.data-shown] the texts of a meter are ignored when they are sent, and shown from the meter', async () => {
  const talk = start();
  const plain = await meter(talk);
  const told = await meter(talk, { name: 'Ink', description: 'Drops', measurement_unit: 'ml' });
  const mine = { name: 'Mine', description: 'Mine', measurement_unit: 'mine' };
  const made = await make(talk, [
    { meter_id: plain, price_per_unit: '1', ...mine },
    { meter_id: told, price_per_unit: '2', name: null },
  ]);
  expect(made.status).toBe(200);
  const shown = [
    { meter_id: plain, name: 'Scanned pages', description: null, measurement_unit: 'pages' },
    { meter_id: told, name: 'Ink', description: 'Drops', measurement_unit: 'ml' },
  ];
  expect(metersOf(made)).toMatchObject(shown);
  const id = String(made.body['product_id']);
  expect(metersOf(await talk.get(`/products/${id}`))).toMatchObject(shown);
  const [entry] = (await talk.get('/products')).body.items;
  expect(entry).toMatchObject({ price_detail: { meters: shown } });
  const meters = [{ meter_id: told, price_per_unit: '3', ...mine }];
  expectDone(await patch(talk, `/products/${id}`, { price: { ...USAGE, meters } }));
  expect(metersOf(await talk.get(`/products/${id}`))).toMatchObject([shown[1]]);
});

test('[meter.priced-or-linked] (assumed) a meter without a price and without credits is refused', async () => {
  const talk = start();
  const meter_id = await meter(talk);
  for (const entry of [
    { meter_id },
    { meter_id, price_per_unit: null },
    { meter_id, price_per_unit: null, credit_entitlement_id: null },
    { meter_id, free_threshold: 10 },
    { meter_id, meter_units_per_credit: '10' },
  ]) {
    expectRefused(await make(talk, [entry]), 422);
  }
  expect((await make(talk, [{ meter_id, price_per_unit: '1' }])).status).toBe(200);
});

/** A talk with a meter, a credit entitlement, and what attaches that to a product. */
async function linked() {
  const talk = start();
  const meter_id = await meter(talk);
  const credit_entitlement_id = await credits(talk);
  const credit_entitlements = [{ credit_entitlement_id, credits_amount: '100' }];
  return { talk, meter_id, credit_entitlement_id, attached: { credit_entitlements } };
}

test('[meter.priced-or-linked] [meter.units-with-credits] a meter may be linked to credits, (assumed) with a price or without', async () => {
  const { talk, meter_id, credit_entitlement_id, attached } = await linked();
  const link = { meter_id, credit_entitlement_id, meter_units_per_credit: '25' };
  for (const entry of [link, { ...link, price_per_unit: null }, { ...link, price_per_unit: '1' }]) {
    const made = await make(talk, [entry], attached);
    expect(made.status).toBe(200);
    expect(metersOf(made)[0]).toMatchObject(link);
  }
});

test('[meter.units-with-credits] a link to credits needs the units per credit', async () => {
  const { talk, meter_id, credit_entitlement_id, attached } = await linked();
  const link = { meter_id, credit_entitlement_id };
  for (const entry of [
    link,
    { ...link, meter_units_per_credit: null },
    { ...link, price_per_unit: '1' },
  ]) {
    const refused = await make(talk, [entry], attached);
    expectRefused(refused, 422, undefined, 'meter.units-with-credits');
  }
  const wrong = { ...link, meter_units_per_credit: 25 };
  expectRefused(await make(talk, [wrong], attached), 422, 'INVALID_REQUEST_BODY');
});

test('[meter.credits-attached] (assumed) the credits of a meter are those of its product', async () => {
  const { talk, meter_id, credit_entitlement_id, attached } = await linked();
  const other = await credits(talk, { name: 'Print credits' });
  const link = { meter_id, credit_entitlement_id, meter_units_per_credit: '25' };
  expectRefused(await make(talk, [link]), 422, WRONG, 'meter.credits-attached');
  const foreign = { ...link, credit_entitlement_id: other };
  expectRefused(await make(talk, [foreign], attached), 422, WRONG, 'meter.credits-attached');
  const unknown = { ...link, credit_entitlement_id: 'cde_0aB1cD2eF3gH4iJ5kL6mN' };
  expectRefused(await make(talk, [unknown], attached), 422);
});

test('a free threshold is an integer or null', async () => {
  const talk = start();
  const priced = { meter_id: await meter(talk), price_per_unit: '1' };
  for (const free_threshold of [0, 1000, 9_007_199_254_740_991, null]) {
    const made = await make(talk, [{ ...priced, free_threshold }]);
    expect(made.status).toBe(200);
    expect(metersOf(made)[0]?.['free_threshold'] ?? null).toBe(free_threshold);
  }
  for (const free_threshold of ['10', 1.5, true]) {
    expectRefused(await make(talk, [{ ...priced, free_threshold }]), 422, 'INVALID_REQUEST_BODY');
  }
});
