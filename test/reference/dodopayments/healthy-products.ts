// Tests of the healthy server: products, prices, pages.

import { expect, test } from 'vitest';
import type { Fields, Json } from './model.ts';
import { BODY, INVALID, shop } from './shop-of-test.ts';
import { oneTime, partsOf, product, recurring, usage } from './talk.ts';

test.each([oneTime(), recurring(), usage()])('a price needs all its fields', async (price) => {
  const { code, status } = shop();
  const { tax_inclusive: _, ...fields } = price;
  for (const field of Object.keys(fields)) {
    const body = product('P', { price: { ...price, [field]: null } });
    expect(await code('POST', '/products', body)).toEqual(BODY);
  }
  for (const [discount, wanted] of [
    [0, 200],
    [100, 200],
    [101, 422],
    [-1, 422],
    ['5', 422],
    [5.5, 422],
  ]) {
    const body = product('P', { price: { ...price, discount: discount ?? 0 } });
    expect(await status('POST', '/products', body)).toBe(wanted);
  }
});

test('a suggestion counts only with pay_what_you_want', async () => {
  const { code, status } = shop();
  const priced = (more: Fields) => product('P', { price: oneTime(more) });
  const low = { suggested_price: 999 };
  const free = { pay_what_you_want: true };
  expect(await status('POST', '/products', priced(low))).toBe(200);
  expect(await status('POST', '/products', priced({ ...free, suggested_price: 1000 }))).toBe(200);
  const answer = await code('POST', '/products', priced({ ...free, ...low }));
  expect(answer).toEqual([422, 'INVALID_SUGGESTED_PRICE']);
});

test('meters of a price: amounts, links, words', async () => {
  const { send, code, status } = shop();
  const words = { name: 'M', event_name: 'e', measurement_unit: 'u', description: 'about' };
  const meter = await send('POST', '/meters', { ...words, aggregation: { type: 'count' } });
  expect(meter.status).toBe(201);
  const meter_id = String(meter.data['id']);
  const credit = { name: 'C', unit: 't', precision: 0, overage_enabled: true };
  const made = await send('POST', '/credit-entitlements', { ...credit, rollover_enabled: true });
  const credit_entitlement_id = String(made.data['id']);
  const priced = (...meters: Fields[]) =>
    product('P', { price: usage({ meters }), credit_entitlements: [{ credit_entitlement_id }] });
  for (const price_per_unit of ['10.50', '99999.123456789012', '0.1', '1']) {
    expect(await status('POST', '/products', priced({ meter_id, price_per_unit }))).toBe(200);
  }
  for (const price_per_unit of ['0', '0.0', '123456', '1.1234567890123', '', '-1', '1.', '.5']) {
    const body = priced({ meter_id, price_per_unit });
    expect(await code('POST', '/products', body)).toEqual(INVALID);
  }
  const linked = { meter_id, credit_entitlement_id };
  expect(await code('POST', '/products', priced(linked))).toEqual(INVALID);
  const whole = { ...linked, meter_units_per_credit: '5', name: 'Mine', price_per_unit: null };
  const answer = (await send('POST', '/products', priced(whole))).data['price'] as Fields;
  const { aggregation: _, event_name: __, ...shown } = { ...words, aggregation: 1 };
  expect(partsOf(answer['meters'])[0]).toMatchObject({ ...whole, name: 'M', description: 'about' });
  expect(partsOf(answer['meters'])[0]?.['measurement_unit']).toBe(shown.measurement_unit);
  const one = { meter_id, price_per_unit: '1' };
  const twice = await code('POST', '/products', priced(one, one));
  expect(twice).toEqual([422, 'DUPLICATE_METER_IDS_IN_REQUEST']);
  const unknown = await code('POST', '/products', priced({ ...one, meter_id: 'mtr_no' }));
  expect(unknown).toEqual([422, 'MISSING_METER_IDS']);
});

test('add-ons have to exist, a price keeps its type, archiving twice is 410', async () => {
  const { send, code, status, make } = shop();
  const addon = { name: 'A', price: 1, currency: 'USD', tax_category: 'saas' };
  const made = await send('POST', '/addons', addon);
  expect(made.status).toBe(200);
  const id = String(made.data['id']);
  const body = (...addons: Json[]) => product('P', { addons });
  expect(await status('POST', '/products', body(id))).toBe(200);
  expect(await code('POST', '/products', body('adn_no'))).toEqual([422, 'MISSING_ADDON_IDS']);
  const twice = await code('POST', '/products', body(id, id));
  expect(twice).toEqual([422, 'DUPLICATE_ADDON_IDS_IN_REQUEST']);
  const path = `/products/${await make()}`;
  expect(await code('PATCH', path, { price: recurring(), name: 'Half' })).toEqual(INVALID);
  expect((await send('GET', path)).data['name']).toBe('P');
  expect(await status('DELETE', path)).toBe(200);
  expect(await code('DELETE', path)).toEqual([410, 'PRODUCT_IS_DELETED']);
  expect((await send('GET', '/products')).data['items']).toHaveLength(1);
  expect(await status('POST', `${path}/unarchive`)).toBe(200);
  expect((await send('GET', '/products')).data['items']).toHaveLength(2);
});

test('pages count from 0 and hold at most 100', async () => {
  const { send, make } = shop();
  for (let n = 0; n < 12; n += 1) await make(`N${n}`);
  const page = async (query: string) =>
    partsOf((await send('GET', `/products${query}`)).data['items']).map((each) => each['name']);
  expect(await page('')).toHaveLength(10);
  expect(await page('?page_number=1')).toEqual(['N1', 'N0']);
  expect(await page('?page_size=2&page_number=1')).toEqual(['N9', 'N8']);
  expect(await page('?page_size=500')).toHaveLength(12);
  expect([await page('?page_size=0'), await page('?page_number=9')]).toEqual([[], []]);
});
