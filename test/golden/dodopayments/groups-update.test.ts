// Changing and deleting groups, by the client library's types and the product collections guide.

import { expect, test } from 'vitest';
import type { Json } from '../../../src/model/json.ts';
import {
  collection,
  expectDone,
  expectRefused,
  groupIds,
  groupOf,
  groupsOf,
  members,
  NO_COLLECTION,
  NO_ORDERS,
  NO_UUID,
  of,
  patch,
  product,
  products,
  read,
  rowsOf,
  start,
  type Talk,
} from './talk.ts';

/** A collection with a named group of three products, switched off. */
const three = (talk: Talk) => groupOf(talk, 3, { group_name: 'Teams', status: false });

test('[group.null-clears-name] [group.status-kept] an empty update changes nothing', async () => {
  const talk = start();
  const { made, path } = await three(talk);
  expectDone(await patch(talk, path, {}));
  expect((await read(talk, made.id))['groups']).toEqual(made['groups']);
});

for (const [sent, name, status] of [
  [{ group_name: 'Schools' }, 'Schools', false],
  [{ group_name: null }, null, false],
  [{ status: true }, 'Teams', true],
  [{ status: false }, 'Teams', false],
  [{ status: null }, 'Teams', false],
  [{ group_name: null, status: true }, null, true],
  [{ group_name: 'Clubs', status: null }, 'Clubs', false],
  [{ product_order: null }, 'Teams', false],
] as const) {
  test(`[group.null-clears-name] [group.status-kept] ${JSON.stringify(sent)} leaves name ${name} and status ${status}`, async () => {
    const talk = start();
    const { made, path } = await three(talk);
    expectDone(await patch(talk, path, { ...sent }));
    const [group] = groupsOf(await read(talk, made.id));
    expect(group).toEqual({ ...groupsOf(made)[0], group_name: name, status });
  });
}

for (const body of [
  { group_name: 7 },
  { status: 'false' },
  { status: 0 },
  { product_order: 'first' },
  { product_order: [1, 2, 3] },
] satisfies Json[]) {
  test(`the update ${JSON.stringify(body)} has a field of a wrong type`, async () => {
    const talk = start();
    const { made, path } = await three(talk);
    expectRefused(await patch(talk, path, body), 422, 'INVALID_REQUEST_BODY');
    expect(await read(talk, made.id)).toEqual(made);
  });
}

test('[group.product-order] the rows are read in the order that was asked for', async () => {
  const talk = start();
  const { made, path, rows, products: ids } = await three(talk);
  const [a = '', b = '', c = ''] = rows;
  expectDone(await patch(talk, path, { product_order: [c, b, a] }));
  const [group] = groupsOf(await read(talk, made.id));
  expect(rowsOf(group).map(({ id }) => id)).toEqual([c, b, a]);
  expect(rowsOf(group).map((row) => row['product_id'])).toEqual([...ids].reverse());
  expectDone(await patch(talk, path, { product_order: [b, c, a], group_name: 'Schools' }));
  const [again] = groupsOf(await read(talk, made.id));
  expect(again?.['group_name']).toBe('Schools');
  expect(rowsOf(again).map(({ id }) => id)).toEqual([b, c, a]);
});

test('[group.product-order] an added row comes last whatever the order was, a deleted one leaves the others as they are', async () => {
  const talk = start();
  const { made, path, rows } = await three(talk);
  const [a = '', b = '', c = ''] = rows;
  expectDone(await patch(talk, path, { product_order: [c, a, b] }));
  const extra = await product(talk);
  expect((await talk.post(`${path}/items`, { products: of(extra) })).status).toBe(200);
  expectDone(await talk.delete(`${path}/items/${a}`));
  const left = rowsOf(groupsOf(await read(talk, made.id))[0]);
  expect(left.map(({ id }) => id)).toEqual([c, b, left[2]?.id]);
  expect(left[2]?.['product_id']).toBe(extra);
});

for (const [what, order] of NO_ORDERS) {
  test(`[group.product-order] (assumed) refuses an order of rows ${what}, and changes nothing else`, async () => {
    const talk = start();
    const { made, path, rows } = await three(talk);
    const [a = '', b = '', c = ''] = rows;
    const product_order = order(a, b, c);
    const refused = await patch(talk, path, { product_order, group_name: 'Schools' });
    expectRefused(refused, 422);
    expect(await read(talk, made.id)).toEqual(made);
  });
}

test('[group.product-order] rows of another group are no rows of this one, nor are product ids', async () => {
  const talk = start();
  const { made, path, rows, products: ids } = await three(talk);
  const second = await talk.post(`/product-collections/${made.id}/groups`, {
    products: of(await product(talk)),
  });
  const foreign = rowsOf(second.body)[0]?.id ?? '';
  const [a = '', b = '', c = ''] = rows;
  const before = await read(talk, made.id);
  for (const product_order of [[c, b, foreign], [c, b, a, foreign], ids]) {
    expectRefused(await patch(talk, path, { product_order }), 422);
  }
  expect(await read(talk, made.id)).toEqual(before);
});

test('a group update takes no products', async () => {
  const talk = start();
  const { made, path } = await three(talk);
  const body = { products: of(await product(talk)), group_name: 'Schools' };
  expectDone(await patch(talk, path, body));
  expect(members(await read(talk, made.id))).toEqual(members(made));
});

test('(assumed) a deleted group is gone with its rows, the others stay in order', async () => {
  const talk = start();
  const [a = '', b = '', c = ''] = await products(talk, 3);
  const made = await collection(talk, [
    { products: of(a) },
    { products: of(b) },
    { products: of(c) },
  ]);
  const [first, second, third] = groupIds(made);
  const path = `/product-collections/${made.id}/groups/${second}`;
  expectDone(await talk.delete(path));
  const left = await read(talk, made.id);
  expect(groupIds(left)).toEqual([first, third]);
  expect(members(left)).toEqual([[a], [c]]);
  expectRefused(await talk.delete(path), 404, 'NOT_FOUND');
  expectRefused(await patch(talk, path, { status: true }), 404, 'NOT_FOUND');
  expectRefused(await talk.post(`${path}/items`, { products: of(b) }), 404, 'NOT_FOUND');
});

test('(assumed) a group is found under its own collection only', async () => {
  const talk = start();
  const mine = await three(talk);
  const other = await collection(talk);
  const [id] = groupIds(mine.made);
  for (const path of [
    `/product-collections/${other.id}/groups/${id}`,
    `/product-collections/${NO_COLLECTION}/groups/${id}`,
    `/product-collections/${mine.made.id}/groups/${NO_UUID}`,
    `/product-collections/${mine.made.id}/groups/${mine.rows[0]}`,
  ]) {
    expectRefused(await patch(talk, path, { group_name: 'x' }), 404, 'NOT_FOUND');
    expectRefused(await talk.delete(path), 404, 'NOT_FOUND');
    const body = { products: of(await product(talk)) };
    expectRefused(await talk.post(`${path}/items`, body), 404, 'NOT_FOUND');
  }
  expect(await read(talk, mine.made.id)).toEqual(mine.made);
});
