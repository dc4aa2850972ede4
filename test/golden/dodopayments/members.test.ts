// Which products a group takes: those that exist, are not archived, and are in no collection yet.

import { expect, test } from 'vitest';
import {
  collection,
  expectDone,
  expectRefused,
  groupIds,
  groupsOf,
  members,
  NO_PRODUCT,
  of,
  product,
  products,
  read,
  rowsOf,
  start,
  type Talk,
} from './talk.ts';

const WRONG = 'INVALID_REQUEST_PARAMETERS';

/** All three ways into a collection, the last two into one that exists. */
async function enter(talk: Talk, id: string, entries: { product_id: string }[]) {
  const groups = `/product-collections/${id}/groups`;
  const [first] = groupIds(await read(talk, id));
  return [
    await talk.post('/product-collections', { name: 'x', groups: [{ products: entries }] }),
    await talk.post(groups, { products: entries }),
    await talk.post(`${groups}/${first}/items`, { products: entries }),
  ];
}

const count = async (talk: Talk) => (await talk.get('/product-collections')).body.items.length;

for (const unknown of [NO_PRODUCT, 'product_id', 'constructor', '']) {
  test(`[row.product-exists] no group takes the unknown product "${unknown}", nor those beside it`, async () => {
    const talk = start();
    const made = await collection(talk);
    const beside = await product(talk);
    for (const entries of [of(unknown), of(beside, unknown), of(unknown, beside)]) {
      for (const answer of await enter(talk, made.id, entries)) {
        expectRefused(answer, 422, WRONG);
      }
    }
    expect(await read(talk, made.id)).toEqual(made);
    expect(await count(talk)).toBe(1);
    expect(members(await collection(talk, [{ products: of(beside) }]))).toEqual([[beside]]);
  });
}

test('[row.product-exists] a row id or another kind of id is no product', async () => {
  const talk = start();
  const made = await collection(talk);
  const row = rowsOf(groupsOf(made)[0])[0]?.id ?? '';
  for (const id of [row, made.id, groupIds(made)[0] ?? '']) {
    for (const answer of await enter(talk, made.id, of(id))) expectRefused(answer, 422, WRONG);
  }
});

test('[row.product-live] (assumed) no group takes an archived product, nor those beside it', async () => {
  const talk = start();
  const made = await collection(talk);
  const [old = '', beside = ''] = await products(talk, 2);
  expectDone(await talk.delete(`/products/${old}`));
  for (const entries of [of(old), of(beside, old), of(old, beside)]) {
    for (const answer of await enter(talk, made.id, entries)) {
      expectRefused(answer, 410, 'PRODUCT_IS_DELETED', 'row.product-live');
    }
  }
  expect(await read(talk, made.id)).toEqual(made);
  expectDone(await talk.post(`/products/${old}/unarchive`));
  const again = await collection(talk, [{ products: of(old, beside) }]);
  expect(members(again)).toEqual([[old, beside]]);
});

test('[row.product-once] (assumed) a product is named once in a request', async () => {
  const talk = start();
  const made = await collection(talk);
  const [a = '', b = ''] = await products(talk, 2);
  for (const answer of await enter(talk, made.id, of(a, b, a))) {
    expectRefused(answer, 422, WRONG, 'row.product-once');
  }
  const groups = [{ products: of(a, b) }, { products: of(a) }];
  const refused = await talk.post('/product-collections', { name: 'x', groups });
  expectRefused(refused, 422, WRONG, 'row.product-once');
  expect(await read(talk, made.id)).toEqual(made);
  expect(await count(talk)).toBe(1);
  expect(members(await collection(talk, [{ products: of(a, b) }]))).toEqual([[a, b]]);
});

test('[row.product-once] a product that is in a collection is taken by no other, and not again by its own', async () => {
  const talk = start();
  const [a = '', b = '', free = ''] = await products(talk, 3);
  const one = await collection(talk, [{ products: of(a) }]);
  const two = await collection(talk, [{ products: of(b) }]);
  for (const [id, taken] of [
    [two.id, a],
    [one.id, a],
    [one.id, b],
  ] as const) {
    for (const answer of await enter(talk, id, of(free, taken))) {
      expectRefused(answer, 422, WRONG, 'row.product-once');
    }
  }
  expect(await read(talk, one.id)).toEqual(one);
  expect(await read(talk, two.id)).toEqual(two);
  expect(await count(talk)).toBe(2);
});

test('[row.product-once] a row or a group that is switched off holds its products all the same', async () => {
  const talk = start();
  const [a = '', b = ''] = await products(talk, 2);
  await collection(talk, [
    { products: [{ product_id: a, status: false }] },
    { products: of(b), status: false },
  ]);
  const other = await collection(talk);
  for (const taken of [a, b]) {
    for (const answer of await enter(talk, other.id, of(taken))) expectRefused(answer, 422, WRONG);
  }
});

test('[row.product-once] a deleted row frees its product, for its own collection and for others', async () => {
  const talk = start();
  const [a = '', b = ''] = await products(talk, 2);
  const one = await collection(talk, [{ products: of(a, b) }]);
  const items = `/product-collections/${one.id}/groups/${groupIds(one)[0]}/items`;
  const [, second] = rowsOf(groupsOf(one)[0]);
  expectDone(await talk.delete(`${items}/${second?.id}`));
  const again = await talk.post(items, { products: of(b) });
  expect(again.status).toBe(200);
  const [row] = again.body as unknown as { id: string }[];
  expect(row?.id).not.toBe(second?.id);
  expectDone(await talk.delete(`${items}/${row?.id}`));
  expect(members(await collection(talk, [{ products: of(b) }]))).toEqual([[b]]);
});

test('[row.product-once] (assumed) a deleted group frees its products', async () => {
  const talk = start();
  const [a = '', b = '', c = ''] = await products(talk, 3);
  const one = await collection(talk, [{ products: of(a) }, { products: of(b, c) }]);
  expectDone(await talk.delete(`/product-collections/${one.id}/groups/${groupIds(one)[1]}`));
  expect((await talk.get(`/products/${b}`)).body['product_collection_id']).toBeNull();
  expect(members(await collection(talk, [{ products: of(c, b) }]))).toEqual([[c, b]]);
});

test('[row.product-once] (assumed) an archived collection keeps its products', async () => {
  const talk = start();
  const a = await product(talk);
  const one = await collection(talk, [{ products: of(a) }]);
  expectDone(await talk.delete(`/product-collections/${one.id}`));
  expect((await talk.get(`/products/${a}`)).body['product_collection_id']).toBe(one.id);
  const other = await collection(talk);
  for (const answer of await enter(talk, other.id, of(a))) expectRefused(answer, 422, WRONG);
});
