// Creating and reading collections, by the client library's types.

import { expect, test } from 'vitest';
import type { Json } from '../../../src/model/json.ts';
import {
  collection,
  expectRefused,
  groupsOf,
  idLike,
  NO_COLLECTION,
  of,
  product,
  products,
  read,
  start,
  T0,
  UUID,
} from './talk.ts';

test('[record.kept] a collection of a name and a group is answered whole, and read the same', async () => {
  const talk = start();
  const product_id = await product(talk);
  const body = { name: 'Inkwell plans', groups: [{ products: of(product_id) }] };
  const made = await talk.post('/product-collections', body);
  expect(made.status).toBe(200);
  expect(made.body).toEqual({
    id: expect.stringMatching(idLike('pdc')),
    brand_id: expect.stringMatching(/./),
    name: 'Inkwell plans',
    description: null,
    image: null,
    groups: [
      {
        group_id: expect.stringMatching(UUID),
        group_name: null,
        status: true,
        products: [
          expect.objectContaining({
            id: expect.stringMatching(UUID),
            product_id,
            status: true,
            name: 'Inkwell',
            price: 1900,
          }),
        ],
      },
    ],
    effective_at_on_upgrade: null,
    effective_at_on_downgrade: null,
    proration_billing_mode_on_upgrade: null,
    proration_billing_mode_on_downgrade: null,
    on_payment_failure: null,
    created_at: T0,
    updated_at: T0,
  });
  expect(await read(talk, made.body.id)).toEqual(made.body);
});

test('[record.kept] a collection keeps every field that is sent, groups and rows in their order', async () => {
  const talk = start();
  const [a = '', b = '', c = ''] = await products(talk, 3);
  const fields = {
    name: 'Inkwell plans',
    description: 'For desks of any size',
    effective_at_on_upgrade: 'immediately',
    effective_at_on_downgrade: 'next_billing_date',
    proration_billing_mode_on_upgrade: 'prorated_immediately',
    proration_billing_mode_on_downgrade: 'do_not_bill',
    on_payment_failure: 'prevent_change',
  };
  const made = await talk.post('/product-collections', {
    ...fields,
    groups: [
      { group_name: 'Teams', status: false, products: [{ product_id: c, status: false }] },
      { group_name: 'Alone', products: of(b, a) },
    ],
  });
  expect(made.status).toBe(200);
  expect(made.body).toMatchObject({
    ...fields,
    groups: [
      { group_name: 'Teams', status: false, products: [{ product_id: c, status: false }] },
      { group_name: 'Alone', status: true, products: [{ product_id: b }, { product_id: a }] },
    ],
  });
  expect(await read(talk, made.body.id)).toEqual(made.body);
});

test('a collection and its product are of the same brand when none is named', async () => {
  const talk = start();
  const id = await product(talk);
  const made = await collection(talk, [{ products: of(id) }]);
  expect(made['brand_id']).toBe((await talk.get(`/products/${id}`)).body['brand_id']);
});

test('null for brand and description is like leaving them out', async () => {
  const talk = start();
  const plain = await collection(talk);
  const groups = [{ products: of(await product(talk)) }];
  const sent = { name: 'x', groups, brand_id: null, description: null };
  const made = await talk.post('/product-collections', sent);
  expect(made.status).toBe(200);
  expect(made.body).toMatchObject({ brand_id: plain['brand_id'], description: null });
});

for (const [field, values] of Object.entries({
  effective_at_on_upgrade: ['immediately', 'next_billing_date'],
  effective_at_on_downgrade: ['immediately', 'next_billing_date'],
  proration_billing_mode_on_upgrade: [
    'prorated_immediately',
    'full_immediately',
    'difference_immediately',
    'do_not_bill',
  ],
  proration_billing_mode_on_downgrade: [
    'prorated_immediately',
    'full_immediately',
    'difference_immediately',
    'do_not_bill',
  ],
  on_payment_failure: ['prevent_change', 'apply_change'],
})) {
  test(`${field} is ${values.join(', ')} or null, and nothing else`, async () => {
    const talk = start();
    for (const value of [...values, null]) {
      const groups = [{ products: of(await product(talk)) }];
      const made = await talk.post('/product-collections', { name: 'x', groups, [field]: value });
      expect(made.status).toBe(200);
      expect(made.body[field]).toBe(value);
    }
    const groups = [{ products: of(await product(talk)) }];
    for (const value of ['later', '', 'Immediately', true, 1]) {
      const refused = await talk.post('/product-collections', {
        name: 'x',
        groups,
        [field]: value,
      });
      expectRefused(refused, 422, 'INVALID_REQUEST_BODY');
    }
  });
}

for (const body of [
  {},
  { name: 'x' },
  { name: 'x', groups: null },
  { name: 'x', groups: {} },
  { name: 'x', groups: [null] },
  { name: 'x', groups: [{}] },
  { name: 'x', groups: [{ group_name: 'Teams' }] },
] satisfies Json[]) {
  test(`the collection ${JSON.stringify(body)} is refused`, async () => {
    const talk = start();
    const refused = await talk.post('/product-collections', body);
    expectRefused(refused, 422, 'INVALID_REQUEST_BODY');
  });
}

test('a collection needs a name that is text', async () => {
  const talk = start();
  const groups = [{ products: of(await product(talk)) }];
  for (const body of [{ groups }, { groups, name: null }, { groups, name: 7 }]) {
    expectRefused(await talk.post('/product-collections', body), 422, 'INVALID_REQUEST_BODY');
  }
});

test('[collection.name-length] (assumed) a name has 1 to 100 characters', async () => {
  const talk = start();
  for (const name of ['x', 'ü'.repeat(100)]) {
    const groups = [{ products: of(await product(talk)) }];
    const made = await talk.post('/product-collections', { name, groups });
    expect(made.status).toBe(200);
    expect(made.body['name']).toBe(name);
  }
  const groups = [{ products: of(await product(talk)) }];
  for (const name of ['', 'x'.repeat(101)]) {
    const refused = await talk.post('/product-collections', { name, groups });
    expectRefused(refused, 422, 'INVALID_REQUEST_PARAMETERS', 'collection.name-length');
  }
});

test('(assumed) a refused collection makes nothing and takes no product', async () => {
  const talk = start();
  const [a = '', b = ''] = await products(talk, 2);
  const good = { group_name: 'Teams', products: of(a) };
  for (const bad of [
    { group_name: 'Teams', products: of(b) },
    { products: of(b, a) },
    { products: of(b, 'pdt_unknown') },
    { products: [{ status: true }] },
  ]) {
    const groups: Json[] = [good, bad];
    expectRefused(await talk.post('/product-collections', { name: 'x', groups }), 422);
  }
  expect((await talk.get('/product-collections')).body.items).toEqual([]);
  for (const id of [a, b]) {
    expect((await talk.get(`/products/${id}`)).body['product_collection_id']).toBeNull();
  }
  expect(groupsOf(await collection(talk, [good, { products: of(b) }]))).toHaveLength(2);
});

test('every id of a collection is its own', async () => {
  const talk = start();
  const [a = '', b = '', c = '', d = ''] = await products(talk, 4);
  const made = await collection(talk, [{ products: of(a, b) }, { products: of(c) }]);
  const other = await collection(talk, [{ products: of(d) }]);
  const all = [made, other].flatMap((one) => [
    one.id,
    ...groupsOf(one).flatMap((group) => [
      group['group_id'],
      ...(group['products'] as { id: string }[]).map(({ id }) => id),
    ]),
  ]);
  expect(new Set([...all, a, b, c, d]).size).toBe(13);
});

test('(assumed) an unknown collection is not found', async () => {
  const talk = start();
  const made = await collection(talk);
  for (const id of [NO_COLLECTION, 'x', made.id.toLowerCase(), `${made.id}0`]) {
    expectRefused(await talk.get(`/product-collections/${id}`), 404, 'NOT_FOUND');
  }
});
