// Products: creating, reading, changing and archiving, by the client library's types and the products guide.

import { expect, test } from 'vitest';
import type { Json } from '../../../src/model/json.ts';
import {
  addon,
  collection,
  expectDone,
  expectRefused,
  groupIds,
  groupsOf,
  idLike,
  NO_PRODUCT,
  ONE_TIME,
  of,
  patch,
  product,
  productBody,
  RECURRING,
  rowsOf,
  start,
  T0,
  USAGE,
} from './talk.ts';

test('[product.fields-required] [record.kept] a product of a name, a price and a tax category is enough', async () => {
  const talk = start();
  const made = await talk.post('/products', {
    name: 'Inkwell',
    price: ONE_TIME,
    tax_category: 'saas',
  });
  expect(made.status).toBe(200);
  expect(made.body).toEqual({
    product_id: expect.stringMatching(idLike('pdt')),
    business_id: expect.stringMatching(/./),
    brand_id: expect.stringMatching(/./),
    name: 'Inkwell',
    description: null,
    image: null,
    price: expect.objectContaining(ONE_TIME),
    tax_category: 'saas',
    is_recurring: false,
    addons: null,
    credit_entitlements: [],
    entitlements: [],
    license_key_enabled: false,
    license_key_activations_limit: null,
    license_key_activation_message: null,
    license_key_duration: null,
    product_collection_id: null,
    metadata: {},
    created_at: T0,
    updated_at: T0,
  });
  expect((await talk.get(`/products/${made.body['product_id']}`)).body).toEqual(made.body);
});

test('[record.kept] a product keeps every field that is sent', async () => {
  const talk = start();
  const sent = {
    name: 'Ink',
    description: 'One bottle',
    tax_category: 'digital_products',
    addons: [await addon(talk)],
    license_key_enabled: true,
    license_key_activations_limit: 0,
    license_key_activation_message: 'Thanks',
    license_key_duration: { count: 6, interval: 'Month' },
    metadata: { line: 'bottles', empty: '' },
  };
  const made = await talk.post('/products', { ...sent, price: RECURRING });
  expect(made.status).toBe(200);
  expect(made.body).toMatchObject(sent);
  const read = await talk.get(`/products/${made.body['product_id']}`);
  expect(read.body).toEqual(made.body);
  expect(read.body['metadata']).toEqual({ line: 'bottles', empty: '' });
});

for (const field of ['name', 'price', 'tax_category']) {
  test(`[product.fields-required] refuses a product without ${field}, or with null for it`, async () => {
    const talk = start();
    const { [field]: _, ...rest } = productBody();
    expectRefused(await talk.post('/products', rest), 422, 'INVALID_REQUEST_BODY');
    const body = productBody({ [field]: null });
    expectRefused(await talk.post('/products', body), 422, 'INVALID_REQUEST_BODY');
    expect((await talk.get('/products')).body.items).toEqual([]);
  });
}

for (const changes of [
  { name: 7 },
  { tax_category: 'hardware' },
  { tax_category: 'SaaS' },
  { description: 7 },
  { license_key_enabled: 'true' },
  { license_key_activations_limit: '3' },
  { license_key_duration: { count: 1 } },
  { license_key_duration: { count: 1, interval: 'month' } },
  { metadata: { line: 7 } },
  { metadata: [] },
  { addons: 'adn' },
  { credit_entitlements: [{ credit_entitlement_id: 'cde' }] },
] satisfies Record<string, Json>[]) {
  test(`refuses a product with ${JSON.stringify(changes)}`, async () => {
    const refused = await start().post('/products', productBody(changes));
    expectRefused(refused, 422, 'INVALID_REQUEST_BODY');
  });
}

for (const tax_category of ['digital_products', 'saas', 'e_book', 'edtech']) {
  test(`takes the tax category ${tax_category}`, async () => {
    const made = await start().post('/products', productBody({ tax_category }));
    expect(made.body).toMatchObject({ tax_category });
  });
}

test('[product.text-limits-on-create] (assumed) [product.text-limits] a name has 100 characters and a description 1000, no more', async () => {
  const talk = start();
  const most = { name: 'ü'.repeat(100), description: 'x'.repeat(1000) };
  const id = await product(talk, most);
  expect((await talk.get(`/products/${id}`)).body).toMatchObject(most);
  const fresh = await product(talk);
  expectDone(await patch(talk, `/products/${fresh}`, most));
  for (const more of [{ name: 'x'.repeat(101) }, { description: 'x'.repeat(1001) }]) {
    expectRefused(await talk.post('/products', productBody(more)), 422);
    expectRefused(await patch(talk, `/products/${fresh}`, more), 422);
  }
  expect((await talk.get(`/products/${fresh}`)).body).toMatchObject(most);
});

test('[product.activations-not-negative] (assumed) a limit of activations is 0 or more', async () => {
  const talk = start();
  const below = { license_key_activations_limit: -1 };
  const id = await product(talk, { license_key_activations_limit: 0 });
  for (const refused of [
    await talk.post('/products', productBody(below)),
    await patch(talk, `/products/${id}`, below),
  ]) {
    const code = 'INVALID_REQUEST_PARAMETERS';
    expectRefused(refused, 422, code, 'product.activations-not-negative');
  }
});

test('[product.metadata-limit] metadata has 50 pairs at most', async () => {
  const talk = start();
  const pairs = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [`key-${n}`, 'x']));
  const id = await product(talk, { metadata: pairs(50) });
  for (const refused of [
    await talk.post('/products', productBody({ metadata: pairs(51) })),
    await patch(talk, `/products/${id}`, { metadata: pairs(51) }),
  ]) {
    expectRefused(refused, 422, 'MAXIMUM_KEYS_REACHED', 'product.metadata-limit');
  }
  expect((await talk.get(`/products/${id}`)).body['metadata']).toEqual(pairs(50));
});

test('[product.is-recurring] (assumed) recurring and usage-based products are recurring, one-time ones are not', async () => {
  const talk = start();
  for (const [price, is_recurring] of [
    [ONE_TIME, false],
    [RECURRING, true],
    [USAGE, true],
  ] as const) {
    const made = await talk.post('/products', productBody({ price, is_recurring: !is_recurring }));
    expect(made.body).toMatchObject({ is_recurring });
    const { items } = (await talk.get('/products?page_size=1')).body;
    expect(items[0]?.['is_recurring']).toBe(is_recurring);
  }
});

test('[product.listed-flat] (assumed) a list entry has the amount and the currency beside the whole price', async () => {
  const talk = start();
  for (const [price, amount, currency, tax_inclusive] of [
    [{ ...ONE_TIME, tax_inclusive: true }, 1900, 'USD', true],
    [RECURRING, 4900, 'EUR', null],
    [USAGE, 900, 'INR', null],
  ] as const) {
    const id = await product(talk, { price, metadata: { line: 'x' } });
    const { items } = (await talk.get('/products')).body;
    const entry = items.find((item) => item['product_id'] === id);
    expect(entry).toEqual({
      product_id: id,
      business_id: expect.stringMatching(/./),
      name: 'Inkwell',
      description: null,
      image: null,
      currency,
      price: amount,
      price_detail: expect.objectContaining(price),
      tax_category: 'saas',
      tax_inclusive,
      is_recurring: price.type !== 'one_time_price',
      entitlements: [],
      metadata: { line: 'x' },
      created_at: T0,
      updated_at: T0,
    });
  }
});

test('[product.collection-shown] [product.collection-story] a product shows the collection that it is in', async () => {
  const talk = start();
  const [a, b] = [await product(talk), await product(talk)];
  const shown = async (id: string) =>
    (await talk.get(`/products/${id}`)).body['product_collection_id'];
  expect(await shown(a)).toBeNull();
  const made = await collection(talk, [{ products: of(a) }]);
  expect([await shown(a), await shown(b)]).toEqual([made.id, null]);
  const items = `/product-collections/${made.id}/groups/${groupIds(made)[0]}/items`;
  expect((await talk.post(items, { products: of(b) })).status).toBe(200);
  expect([await shown(a), await shown(b)]).toEqual([made.id, made.id]);
  expectDone(await talk.delete(`${items}/${rowsOf(groupsOf(made)[0])[0]?.id}`));
  expect([await shown(a), await shown(b)]).toEqual([null, made.id]);
});

test('[product.archive-again] [product.archive-readable] an archived product is read, and not archived again', async () => {
  const talk = start();
  const id = await product(talk);
  const { updated_at: _, ...before } = (await talk.get(`/products/${id}`)).body;
  expectDone(await talk.delete(`/products/${id}`));
  const refused = await talk.delete(`/products/${id}`);
  expectRefused(refused, 410, 'PRODUCT_IS_DELETED', 'product.archive-again');
  const read = await talk.get(`/products/${id}`);
  expect(read.status).toBe(200);
  expect(read.body).toMatchObject(before);
});

test('[product.unarchived] an unarchived product can be archived again', async () => {
  const talk = start();
  const id = await product(talk);
  for (let round = 0; round < 2; round += 1) {
    expectDone(await talk.delete(`/products/${id}`));
    expectDone(await talk.post(`/products/${id}/unarchive`));
  }
  expect((await talk.get('/products')).body.items).toHaveLength(1);
});

test('(assumed) an unknown product is not found', async () => {
  const talk = start();
  for (const answer of [
    await talk.get(`/products/${NO_PRODUCT}`),
    await patch(talk, `/products/${NO_PRODUCT}`, { name: 'x' }),
    await talk.delete(`/products/${NO_PRODUCT}`),
    await talk.post(`/products/${NO_PRODUCT}/unarchive`),
  ]) {
    expectRefused(answer, 404, 'NOT_FOUND');
  }
});
