// Rows of a group: added, switched and taken out, by the client library's types.

import { expect, test } from 'vitest';
import type { Json } from '../../../src/model/json.ts';
import {
  type Body,
  collection,
  expectDone,
  expectRefused,
  groupIds,
  groupOf,
  groupsOf,
  members,
  NO_COLLECTION,
  NO_UUID,
  of,
  patch,
  product,
  products,
  read,
  rowsOf,
  start,
  type Talk,
  UUID,
} from './talk.ts';

/** A collection of one group with two products. */
async function two(talk: Talk) {
  const { made, path, rows, products } = await groupOf(talk, 2);
  const [a = '', b = ''] = products;
  return { made, items: `${path}/items`, rows, a, b };
}

test('[row.status-default] (assumed) added rows alone are answered, as a bare list, and come last', async () => {
  const talk = start();
  const { made, items, a, b } = await two(talk);
  const [c = '', d = '', e = ''] = await products(talk, 3);
  const added = await talk.post(items, {
    products: [
      { product_id: c },
      { product_id: d, status: false },
      { product_id: e, status: null },
    ],
  });
  expect(added.status).toBe(200);
  const rows = added.body as unknown as Body[];
  expect(rows).toHaveLength(3);
  expect(rows).toMatchObject([
    { product_id: c, status: true, name: 'Product 0', price: 1900, meters_count: 0 },
    { product_id: d, status: false, name: 'Product 1' },
    { product_id: e, status: true, name: 'Product 2' },
  ]);
  for (const row of rows) expect(row.id).toMatch(UUID);
  const now = await read(talk, made.id);
  expect(members(now)).toEqual([[a, b, c, d, e]]);
  expect(rowsOf(groupsOf(now)[0]).slice(2)).toEqual(rows);
  expect(rowsOf(groupsOf(now)[0]).slice(0, 2)).toEqual(rowsOf(groupsOf(made)[0]));
});

test('rows are added, switched, ordered and taken out in the group that the path names, and in no other', async () => {
  const talk = start();
  await two(talk);
  const [a = '', b = '', c = '', d = ''] = await products(talk, 4);
  const made = await collection(talk, [{ products: of(a) }, { products: of(b) }, { products: [] }]);
  const [first, second, third] = groupIds(made);
  const group = `/product-collections/${made.id}/groups/${second}`;
  const added = await talk.post(`${group}/items`, { products: of(c, d) });
  const rows = (added.body as unknown as Body[]).map(({ id }) => id);
  const now = async () => groupsOf(await read(talk, made.id));
  expect(members(await read(talk, made.id))).toEqual([[a], [b, c, d], []]);
  const [, kept] = await now();
  const [mine = '', ...others] = [rowsOf(kept)[0]?.id ?? '', ...rows];
  expectDone(await patch(talk, group, { product_order: [...others, mine], group_name: 'Teams' }));
  expectDone(await patch(talk, `${group}/items/${others[0]}`, { status: false }));
  expectDone(await talk.delete(`${group}/items/${others[1]}`));
  expect(await now()).toMatchObject([
    { group_id: first, group_name: null, products: [{ product_id: a, status: true }] },
    {
      group_id: second,
      group_name: 'Teams',
      products: [
        { product_id: c, status: false },
        { product_id: b, status: true },
      ],
    },
    { group_id: third, group_name: null, products: [] },
  ]);
});

test('(assumed) no products add no rows, and the answer is the empty list', async () => {
  const talk = start();
  const { made, items } = await two(talk);
  const added = await talk.post(items, { products: [] });
  expect(added.status).toBe(200);
  expect(added.body).toEqual([]);
  expect(members(await read(talk, made.id))).toEqual(members(made));
});

for (const body of [
  {},
  { products: null },
  { products: {} },
  { product_id: 'x' },
] satisfies Json[]) {
  test(`the body ${JSON.stringify(body)} adds nothing`, async () => {
    const talk = start();
    const { items } = await two(talk);
    expectRefused(await talk.post(items, body), 422, 'INVALID_REQUEST_BODY');
  });
}

test('[row.status-default] the status of an added row is a truth value', async () => {
  const talk = start();
  const { items } = await two(talk);
  const product_id = await product(talk);
  for (const status of ['true', 1, [], {}]) {
    const refused = await talk.post(items, { products: [{ product_id, status }] });
    expectRefused(refused, 422, 'INVALID_REQUEST_BODY');
  }
});

test('(assumed) when one of several products is refused, none is added', async () => {
  const talk = start();
  const { made, items, a } = await two(talk);
  const [c = '', old = ''] = await products(talk, 2);
  expectDone(await talk.delete(`/products/${old}`));
  for (const [wrong, status] of [
    ['pdt_unknown', 422],
    [a, 422],
    [c, 422],
    [old, 410],
  ] as const) {
    expectRefused(await talk.post(items, { products: of(c, wrong) }), status);
    expectRefused(await talk.post(items, { products: of(wrong, c) }), status);
  }
  expect(await read(talk, made.id)).toEqual(made);
  expect((await talk.get(`/products/${c}`)).body['product_collection_id']).toBeNull();
  expect((await talk.post(items, { products: of(c) })).status).toBe(200);
});

test('a row is switched off and on again, and no other with it', async () => {
  const talk = start();
  const { made, items, rows } = await two(talk);
  const statuses = async () =>
    rowsOf(groupsOf(await read(talk, made.id))[0]).map(({ status }) => status);
  expectDone(await patch(talk, `${items}/${rows[1]}`, { status: false }));
  expect(await statuses()).toEqual([true, false]);
  expectDone(await patch(talk, `${items}/${rows[1]}`, { status: false }));
  expect(await statuses()).toEqual([true, false]);
  expectDone(await patch(talk, `${items}/${rows[1]}`, { status: true }));
  expect(await statuses()).toEqual([true, true]);
  expect((await read(talk, made.id))['groups']).toEqual(made['groups']);
});

for (const body of [
  {},
  { status: null },
  { status: 'false' },
  { status: 0 },
  { enabled: false },
] satisfies Json[]) {
  test(`the update ${JSON.stringify(body)} of a row is refused`, async () => {
    const talk = start();
    const { made, items, rows } = await two(talk);
    expectRefused(await patch(talk, `${items}/${rows[0]}`, body), 422, 'INVALID_REQUEST_BODY');
    expect(await read(talk, made.id)).toEqual(made);
  });
}

test('an update of a row takes its status only', async () => {
  const talk = start();
  const { made, items, rows, a } = await two(talk);
  const product_id = await product(talk);
  expectDone(await patch(talk, `${items}/${rows[0]}`, { status: false, product_id, name: 'x' }));
  expect(rowsOf(groupsOf(await read(talk, made.id))[0])[0]).toMatchObject({
    id: rows[0],
    product_id: a,
    name: 'Product 0',
    status: false,
  });
});

test('a deleted row is gone, and only that one', async () => {
  const talk = start();
  const { made, items, rows, b } = await two(talk);
  expectDone(await talk.delete(`${items}/${rows[0]}`));
  const now = await read(talk, made.id);
  expect(rowsOf(groupsOf(now)[0])).toEqual([rowsOf(groupsOf(made)[0])[1]]);
  expect(members(now)).toEqual([[b]]);
  expectRefused(await talk.delete(`${items}/${rows[0]}`), 404, 'NOT_FOUND');
  expectRefused(await patch(talk, `${items}/${rows[0]}`, { status: true }), 404, 'NOT_FOUND');
});

test('(assumed) a row is found by its own id, in its own group of its own collection, only', async () => {
  const talk = start();
  const { made, items, rows, a } = await two(talk);
  const second = await talk.post(`/product-collections/${made.id}/groups`, { products: [] });
  const other = await collection(talk);
  const before = await read(talk, made.id);
  const [row = ''] = rows;
  const [mine] = groupIds(made);
  for (const path of [
    `${items}/${a}`,
    `${items}/${NO_UUID}`,
    `${items}/${rowsOf(groupsOf(other)[0])[0]?.id}`,
    `/product-collections/${made.id}/groups/${second.body['group_id']}/items/${row}`,
    `/product-collections/${made.id}/groups/${NO_UUID}/items/${row}`,
    `/product-collections/${other.id}/groups/${mine}/items/${row}`,
    `/product-collections/${other.id}/groups/${groupIds(other)[0]}/items/${row}`,
    `/product-collections/${NO_COLLECTION}/groups/${mine}/items/${row}`,
  ]) {
    expectRefused(await patch(talk, path, { status: false }), 404, 'NOT_FOUND');
    expectRefused(await talk.delete(path), 404, 'NOT_FOUND');
  }
  expect(await read(talk, made.id)).toEqual(before);
});
