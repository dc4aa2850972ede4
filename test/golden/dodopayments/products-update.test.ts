// Changing products: what is sent counts, and nothing else.

import { expect, test } from 'vitest';
import {
  expectDone,
  expectRefused,
  ONE_TIME,
  patch,
  product,
  productBody,
  RECURRING,
  start,
  USAGE,
} from './talk.ts';

test('[record.kept] an update of a product changes what it was sent, and nothing else', async () => {
  const talk = start();
  const id = await product(talk, { description: 'One bottle', metadata: { line: 'x' } });
  const { updated_at: _, ...before } = (await talk.get(`/products/${id}`)).body;
  expectDone(await patch(talk, `/products/${id}`, {}));
  expect((await talk.get(`/products/${id}`)).body).toMatchObject(before);
  const price = { ...ONE_TIME, price: 2900, discount: 10 };
  for (const change of [
    { name: 'Ink' },
    { description: 'Two bottles' },
    { tax_category: 'edtech' },
    { metadata: { shelf: '7' } },
    { license_key_enabled: true },
  ]) {
    expectDone(await patch(talk, `/products/${id}`, change));
    expect((await talk.get(`/products/${id}`)).body).toMatchObject(change);
  }
  expectDone(await patch(talk, `/products/${id}`, { price }));
  const after = (await talk.get(`/products/${id}`)).body;
  expect(after).toEqual({
    ...before,
    updated_at: expect.any(String),
    name: 'Ink',
    description: 'Two bottles',
    tax_category: 'edtech',
    metadata: { shelf: '7' },
    license_key_enabled: true,
    price: expect.objectContaining(price),
  });
});

for (const [was, others] of [
  [ONE_TIME, [RECURRING, USAGE]],
  [RECURRING, [ONE_TIME, USAGE]],
  [USAGE, [ONE_TIME, RECURRING]],
] as const) {
  test(`[product.type-fixed] a product of a ${was.type} stays one`, async () => {
    const talk = start();
    const id = await product(talk, { price: was });
    for (const price of others) {
      const refused = await patch(talk, `/products/${id}`, { price, name: 'Renamed' });
      expectRefused(refused, 422, 'INVALID_REQUEST_PARAMETERS', 'product.type-fixed');
    }
    expectDone(await patch(talk, `/products/${id}`, { price: { ...was, discount: 7 } }));
    const { body } = await talk.get(`/products/${id}`);
    expect(body).toMatchObject({ name: 'Inkwell', price: { ...was, discount: 7 } });
  });
}

test('an update keeps the rules of prices', async () => {
  const talk = start();
  const id = await product(talk);
  const { currency: _, ...bare } = ONE_TIME;
  for (const price of [bare, { ...ONE_TIME, price: '1' }, { ...ONE_TIME, currency: 'usd' }]) {
    expectRefused(await patch(talk, `/products/${id}`, { price }), 422, 'INVALID_REQUEST_BODY');
  }
  for (const [change, code] of [
    [{ discount: -1 }, 'INVALID_REQUEST_PARAMETERS'],
    [{ discount: 101 }, 'INVALID_PERCENTAGE'],
    [{ pay_what_you_want: true, suggested_price: 1 }, 'INVALID_SUGGESTED_PRICE'],
  ] as const) {
    const price = { ...ONE_TIME, ...change };
    expectRefused(await patch(talk, `/products/${id}`, { price }), 422, code);
  }
  expect((await talk.get(`/products/${id}`)).body['price']).toMatchObject(ONE_TIME);
});

test('[product.image-shown] (assumed) a product shows the image that it is given, until null clears it', async () => {
  const talk = start();
  const id = await product(talk);
  const image = async () => (await talk.get(`/products/${id}`)).body['image'];
  expect(await image()).toBeNull();
  const image_id = '5b0c9b86-6c2f-4c34-9a65-0a6f5f0f6f6d';
  expectDone(await patch(talk, `/products/${id}`, { image_id }));
  const shown = await image();
  expect(shown).toContain(image_id);
  const { items } = (await talk.get('/products')).body;
  expect(items.map((item) => item['image'])).toEqual([shown]);
  expectDone(await patch(talk, `/products/${id}`, { name: 'Renamed' }));
  expect(await image()).toBe(shown);
  expectDone(await patch(talk, `/products/${id}`, { image_id: null }));
  expect(await image()).toBeNull();
  expectRefused(await patch(talk, `/products/${id}`, { image_id: 'no-uuid' }), 422);
});

test('null for what may be null is like leaving it out of a new product', async () => {
  const talk = start();
  const made = await talk.post(
    '/products',
    productBody({
      description: null,
      brand_id: null,
      addons: null,
      credit_entitlements: null,
      license_key_enabled: null,
      license_key_activations_limit: null,
      license_key_activation_message: null,
      license_key_duration: null,
    }),
  );
  expect(made.status).toBe(200);
  const { product_id: _, ...rest } = (await talk.post('/products', productBody())).body;
  expect(made.body).toMatchObject(rest);
});

for (const [field, kept] of [
  ['price', expect.objectContaining(ONE_TIME)],
  ['tax_category', 'saas'],
  ['brand_id', expect.stringMatching(/./)],
  ['license_key_enabled', expect.any(Boolean)],
  ['credit_entitlements', expect.any(Array)],
  ['entitlements', []],
  ['metadata', expect.any(Object)],
] as const) {
  test(`null for ${field} in an update does not take away what every product has`, async () => {
    const talk = start();
    const id = await product(talk);
    const answer = await patch(talk, `/products/${id}`, { [field]: null });
    expect([200, 422]).toContain(answer.status);
    const { status, body } = await talk.get(`/products/${id}`);
    expect(status).toBe(200);
    expect(body[field]).toEqual(kept);
  });
}
