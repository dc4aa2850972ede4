// created_at never moves, updated_at moves with every change, of a part too. And a read, or a refusal, moves nothing.

import { expect, test } from 'vitest';
import {
  type Answer,
  addon,
  collection,
  credits,
  expectDone,
  groupIds,
  groupsOf,
  meter,
  NO_PRODUCT,
  of,
  patch,
  product,
  products,
  read,
  rowsOf,
  start,
  T0,
  type Talk,
} from './talk.ts';

const T1 = '2026-03-02T09:16:31.250Z';
const T2 = '2026-03-05T00:00:00.000Z';

/** A collection of two groups with two products each, made at T0, and the time moved on to T1. */
async function four(talk: Talk) {
  const [a = '', b = '', c = '', d = ''] = await products(talk, 4);
  const extra = await product(talk);
  const made = await collection(talk, [{ products: of(a, b) }, { products: of(c, d) }]);
  const [x = '', y = ''] = groupIds(made);
  const [r = '', s = ''] = rowsOf(groupsOf(made)[0]).map(({ id }) => id);
  const path = `/product-collections/${made.id}`;
  talk.at(T1);
  return { made, path, group: `${path}/groups/${x}`, x, y, r, s, extra };
}

type Four = Awaited<ReturnType<typeof four>>;
type Write = (talk: Talk, it: Four) => Promise<Answer>;

const WRITES: Record<string, Write> = {
  'an update': (talk, { path }) => patch(talk, path, { description: 'New' }),
  'another order of its groups': (talk, { path, x, y }) =>
    patch(talk, path, { group_order: [y, x] }),
  'an added group': (talk, { path }) => talk.post(`${path}/groups`, { products: [] }),
  'an update of a group': (talk, { group }) => patch(talk, group, { group_name: 'Teams' }),
  'another order of rows': (talk, { group, r, s }) => patch(talk, group, { product_order: [s, r] }),
  'a deleted group': (talk, { group }) => talk.delete(group),
  'an added row': (talk, { group, extra }) => talk.post(`${group}/items`, { products: of(extra) }),
  'an update of a row': (talk, { group, r }) =>
    patch(talk, `${group}/items/${r}`, { status: false }),
  'a deleted row': (talk, { group, r }) => talk.delete(`${group}/items/${r}`),
  'its archiving': (talk, { path }) => talk.delete(path),
};

for (const [what, write] of Object.entries(WRITES)) {
  test(`[record.stamped] updated_at of a collection moves with ${what}`, async () => {
    const talk = start();
    const it = await four(talk);
    const other = await collection(talk);
    talk.at(T2);
    expect((await write(talk, it)).status).toBe(200);
    expect(await read(talk, it.made.id)).toMatchObject({ created_at: T0, updated_at: T2 });
    expect(await read(talk, other.id)).toMatchObject({ created_at: T1, updated_at: T1 });
  });
}

test('[record.stamped] updated_at moves when a collection is brought back', async () => {
  const talk = start();
  const { made, path } = await four(talk);
  expectDone(await talk.delete(path));
  talk.at(T2);
  expect((await talk.post(`${path}/unarchive`)).status).toBe(200);
  expect(await read(talk, made.id)).toMatchObject({ created_at: T0, updated_at: T2 });
});

test('[record.stamped] a refused write moves nothing, nor does a read or an upload', async () => {
  const talk = start();
  const { made, path, group, r } = await four(talk);
  await patch(talk, path, { name: 7 });
  await patch(talk, path, { group_order: [] });
  await talk.post(`${path}/groups`, { products: of(NO_PRODUCT) });
  await talk.post(`${group}/items`, { products: of(NO_PRODUCT) });
  await patch(talk, `${group}/items/${r}`, {});
  await talk.delete(`${group}/items/${NO_PRODUCT}`);
  await talk.get('/product-collections');
  await talk.put(`${path}/images?force_update=true`);
  expect(await read(talk, made.id)).toEqual(made);
});

test('[record.stamped] a product is stamped when it is made, and again when it is changed', async () => {
  const talk = start();
  const id = await product(talk);
  const times = async () => {
    const { created_at, updated_at } = (await talk.get(`/products/${id}`)).body;
    return [created_at, updated_at];
  };
  expect(await times()).toEqual([T0, T0]);
  talk.at(T1);
  expect(await times()).toEqual([T0, T0]);
  expect((await patch(talk, `/products/${id}`, { name: 'x'.repeat(101) })).status).toBe(422);
  expect(await times()).toEqual([T0, T0]);
  expectDone(await patch(talk, `/products/${id}`, { description: 'New' }));
  expect(await times()).toEqual([T0, T1]);
  talk.at(T2);
  expectDone(await talk.delete(`/products/${id}`));
  expect(await times()).toEqual([T0, T2]);
});

test('[record.stamped] meters, credit entitlements and add-ons are stamped when they are made', async () => {
  const talk = start();
  const paths = [
    `/meters/${await meter(talk)}`,
    `/credit-entitlements/${await credits(talk)}`,
    `/addons/${await addon(talk)}`,
  ];
  talk.at(T1);
  for (const path of paths) {
    expect((await talk.get(path)).body).toMatchObject({ created_at: T0, updated_at: T0 });
  }
});

test('[record.stamped] times that are sent are not taken', async () => {
  const talk = start();
  const id = await product(talk, { created_at: T2, updated_at: T2 });
  expect((await talk.get(`/products/${id}`)).body).toMatchObject({
    created_at: T0,
    updated_at: T0,
  });
  const made = await talk.post('/product-collections', {
    name: 'x',
    groups: [{ products: of(id) }],
    created_at: T2,
  });
  expect(made.body).toMatchObject({ created_at: T0, updated_at: T0 });
});
