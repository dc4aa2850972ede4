// Adding a group to a collection, by "Create Product Collection Group" (API reference).

import { expect, test } from 'vitest';
import type { Json } from '../../../src/model/json.ts';
import {
  collection,
  expectRefused,
  groupsOf,
  members,
  NO_COLLECTION,
  of,
  product,
  products,
  read,
  rowsOf,
  start,
  T0,
  UUID,
} from './talk.ts';

test("[collection.must-exist] the documents' sample request is answered 200 with the whole group", async () => {
  const talk = start();
  const made = await collection(talk);
  const product_id = await product(talk, { name: 'Inkwell', description: 'For one desk' });
  const answer = await talk.post(`/product-collections/${made.id}/groups`, {
    group_name: 'group_name',
    products: [{ product_id, status: true }],
    status: true,
  });
  expect(answer.status).toBe(200);
  expect(answer.headers['content-type']).toMatch(/^application\/json\b/);
  expect(answer.body).toEqual({
    group_id: expect.stringMatching(UUID),
    group_name: 'group_name',
    status: true,
    products: [
      {
        id: expect.stringMatching(UUID),
        product_id,
        status: true,
        name: 'Inkwell',
        description: 'For one desk',
        currency: 'USD',
        price: 1900,
        price_detail: expect.objectContaining({
          type: 'one_time_price',
          price: 1900,
          currency: 'USD',
          discount: 0,
          purchasing_power_parity: false,
        }),
        tax_category: 'saas',
        tax_inclusive: null,
        is_recurring: false,
        license_key_enabled: false,
        meters_count: 0,
        files_count: 0,
        addons_count: 0,
        has_credit_entitlements: false,
      },
    ],
  });
});

test('[group.status-default] [row.status-default] a group of products alone has no name, and is on like its rows', async () => {
  const talk = start();
  const made = await collection(talk);
  const [a = '', b = ''] = await products(talk, 2);
  const body = { products: of(a, b) };
  const answer = await talk.post(`/product-collections/${made.id}/groups`, body);
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({
    group_name: null,
    status: true,
    products: [
      { product_id: a, status: true },
      { product_id: b, status: true },
    ],
  });
});

test('[group.status-default] [row.status-default] null is no status, false is one', async () => {
  const talk = start();
  const made = await collection(talk);
  const [a = '', b = '', c = ''] = await products(talk, 3);
  const on = await talk.post(`/product-collections/${made.id}/groups`, {
    group_name: null,
    status: null,
    products: [
      { product_id: a, status: null },
      { product_id: b, status: false },
    ],
  });
  expect(on.body).toMatchObject({
    group_name: null,
    status: true,
    products: [{ status: true }, { status: false }],
  });
  const off = await talk.post(`/product-collections/${made.id}/groups`, {
    status: false,
    products: of(c),
  });
  expect(off.body).toMatchObject({ status: false, products: [{ status: true }] });
  const groups = groupsOf(await read(talk, made.id));
  expect(groups.map(({ status }) => status)).toEqual([true, true, false]);
  expect(rowsOf(groups[1]).map(({ status }) => status)).toEqual([true, false]);
});

test('[group.status-default] [row.status-default] the same defaults hold inside a new collection', async () => {
  const talk = start();
  const [a = '', b = '', c = ''] = await products(talk, 3);
  const made = await collection(talk, [
    { products: [{ product_id: a, status: null }, { product_id: b }], status: null },
    { products: [{ product_id: c, status: false }], status: false },
  ]);
  expect(made['groups']).toMatchObject([
    { group_name: null, status: true, products: [{ status: true }, { status: true }] },
    { group_name: null, status: false, products: [{ status: false }] },
  ]);
});

test('[record.kept] an added group is read with its collection, as the last one, as it was answered', async () => {
  const talk = start();
  const made = await collection(talk);
  const [a = '', b = ''] = await products(talk, 2);
  const first = await talk.post(`/product-collections/${made.id}/groups`, {
    group_name: 'Teams',
    products: of(a),
  });
  const second = await talk.post(`/product-collections/${made.id}/groups`, {
    group_name: 'Schools',
    products: of(b),
  });
  expect(groupsOf(await read(talk, made.id))).toEqual([groupsOf(made)[0], first.body, second.body]);
});

test('[group.products-required] a group may have no products at all', async () => {
  const talk = start();
  const made = await collection(talk);
  const answer = await talk.post(`/product-collections/${made.id}/groups`, { products: [] });
  expect(answer.status).toBe(200);
  expect(answer.body).toEqual({
    group_id: expect.stringMatching(UUID),
    group_name: null,
    status: true,
    products: [],
  });
});

for (const body of [
  {},
  { group_name: 'Teams' },
  { products: null },
  { products: {} },
  { products: 'pdt' },
] satisfies Json[]) {
  test(`[group.products-required] refuses the group ${JSON.stringify(body)}`, async () => {
    const talk = start();
    const made = await collection(talk);
    const refused = await talk.post(`/product-collections/${made.id}/groups`, body);
    expectRefused(refused, 422, 'INVALID_REQUEST_BODY');
    expect(await read(talk, made.id)).toEqual(made);
  });
}

for (const entry of [{}, { status: true }, null, 'pdt', { product_id: null }, { product_id: 7 }]) {
  test(`[group.product-named] refuses ${JSON.stringify(entry)} among the products`, async () => {
    const talk = start();
    const made = await collection(talk);
    const product_id = await product(talk);
    const groups = `/product-collections/${made.id}/groups`;
    const mixed = [{ product_id }, entry];
    for (const answer of [
      await talk.post(groups, { products: [entry] }),
      await talk.post(groups, { products: mixed }),
      await talk.post(`${groups}/${groupsOf(made)[0]?.['group_id']}/items`, { products: mixed }),
      await talk.post('/product-collections', { name: 'x', groups: [{ products: mixed }] }),
    ]) {
      expectRefused(answer, 422, 'INVALID_REQUEST_BODY');
    }
    expect(members(await read(talk, made.id))).toEqual(members(made));
  });
}

for (const body of [
  { products: [], group_name: 7 },
  { products: [], group_name: ['Teams'] },
  { products: [], status: 'true' },
  { products: [], status: 1 },
] satisfies Json[]) {
  test(`the group ${JSON.stringify(body)} has a field of a wrong type`, async () => {
    const talk = start();
    const made = await collection(talk);
    const refused = await talk.post(`/product-collections/${made.id}/groups`, body);
    expectRefused(refused, 422, 'INVALID_REQUEST_BODY');
  });
}

test('[collection.must-exist] a group is added to no collection that is unknown', async () => {
  const talk = start();
  const body = { products: of(await product(talk)) };
  for (const id of [NO_COLLECTION, 'id', '%20', 'a%2Fb']) {
    expectRefused(await talk.post(`/product-collections/${id}/groups`, body), 404, 'NOT_FOUND');
  }
});

test('fields that nobody knows are ignored, and what only answers have too', async () => {
  const talk = start();
  const made = await collection(talk);
  const product_id = await product(talk);
  const answer = await talk.post(`/product-collections/${made.id}/groups`, {
    group_id: '7c1f7d5e-3b0e-4f0a-9a55-0d6f2f3c4b5a',
    colour: 'blue',
    products: [{ product_id, id: 'mine', name: 'Other', price: 1, created_at: T0 }],
  });
  expect(answer.status).toBe(200);
  expect(answer.body).not.toHaveProperty('colour');
  expect(answer.body['group_id']).not.toBe('7c1f7d5e-3b0e-4f0a-9a55-0d6f2f3c4b5a');
  const [row] = rowsOf(answer.body);
  expect(row).toMatchObject({ product_id, name: 'Inkwell', price: 1900 });
  expect(row?.id).toMatch(UUID);
});
