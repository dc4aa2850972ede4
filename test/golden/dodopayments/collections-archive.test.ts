// Archiving collections and bringing them back, by the product collections guide and the error codes.

import { expect, test } from 'vitest';
import {
  collection,
  expectDone,
  expectRefused,
  groupIds,
  groupsOf,
  ids,
  members,
  NO_COLLECTION,
  of,
  patch,
  products,
  read,
  rowsOf,
  start,
  type Talk,
} from './talk.ts';

async function archived(talk: Talk) {
  const made = await collection(talk);
  const path = `/product-collections/${made.id}`;
  expectDone(await talk.delete(path));
  return { made, path };
}

test('[collection.archive-hides] [collection.archived-only] an archived collection is listed by archived=true, and nowhere else', async () => {
  const talk = start();
  const { made } = await archived(talk);
  const live = await collection(talk);
  expect(ids(await talk.get('/product-collections'))).toEqual([live.id]);
  expect(ids(await talk.get('/product-collections?archived=false'))).toEqual([live.id]);
  expect(ids(await talk.get('/product-collections?archived=true'))).toEqual([made.id]);
});

test('[collection.archive-readable] (assumed) an archived collection is read as it was', async () => {
  const talk = start();
  const { made } = await archived(talk);
  const { updated_at: _, ...rest } = made;
  expect(await read(talk, made.id)).toMatchObject(rest);
});

test('[collection.archive-freezes] an archived collection takes no write', async () => {
  const talk = start();
  const [a = '', b = '', c = '', extra = ''] = await products(talk, 4);
  const made = await collection(talk, [{ products: of(a, b) }, { products: of(c) }]);
  const path = `/product-collections/${made.id}`;
  expectDone(await talk.delete(path));
  const group = `${path}/groups/${groupIds(made)[0]}`;
  const item = `${group}/items/${rowsOf(groupsOf(made)[0])[0]?.id}`;
  const before = await read(talk, made.id);
  for (const refused of [
    await patch(talk, path, { name: 'Renamed' }),
    await patch(talk, path, {}),
    await talk.delete(path),
    await talk.post(`${path}/groups`, { products: [] }),
    await talk.post(`${path}/groups`, { products: of(extra) }),
    await patch(talk, group, { status: false }),
    await talk.delete(group),
    await talk.post(`${group}/items`, { products: of(extra) }),
    await patch(talk, item, { status: false }),
    await talk.delete(item),
  ]) {
    expectRefused(refused, 410, 'PRODUCT_COLLECTION_IS_DELETED', 'collection.archive-freezes');
  }
  expect(await read(talk, made.id)).toEqual(before);
  expect(members(await collection(talk, [{ products: of(extra) }]))).toEqual([[extra]]);
});

test('[collection.archive-freezes] (assumed) being archived is refused before anything else', async () => {
  const talk = start();
  const { made, path } = await archived(talk);
  const group = `${path}/groups/${groupIds(made)[0]}`;
  const [row] = rowsOf(groupsOf(made)[0]);
  const taken = of(String(row?.['product_id']));
  for (const refused of [
    await talk.delete(group),
    await talk.delete(`${group}/items/${row?.id}`),
    await talk.post(`${path}/groups`, { products: taken }),
    await talk.post(`${path}/groups`, { products: of('pdt_unknown') }),
    await talk.post(`${group}/items`, { products: taken }),
    await patch(talk, path, { group_order: [] }),
    await patch(talk, group, { product_order: [] }),
  ]) {
    expectRefused(refused, 410, 'PRODUCT_COLLECTION_IS_DELETED', 'collection.archive-freezes');
  }
});

test('[collection.unarchive-shows] an unarchived collection is listed, written and archived again', async () => {
  const talk = start();
  const { made, path } = await archived(talk);
  const back = await talk.post(`${path}/unarchive`);
  expect(back.status).toBe(200);
  expect(back.body).toEqual({
    collection_id: made.id,
    excluded_product_ids: [],
    message: expect.any(String),
  });
  expect(ids(await talk.get('/product-collections'))).toEqual([made.id]);
  expect(ids(await talk.get('/product-collections?archived=true'))).toEqual([]);
  expect((await read(talk, made.id))['groups']).toEqual(made['groups']);
  expectDone(await patch(talk, path, { name: 'Renamed' }));
  expect((await talk.post(`${path}/groups`, { products: [] })).status).toBe(200);
  expectDone(await talk.delete(path));
  expectRefused(await talk.delete(path), 410, 'PRODUCT_COLLECTION_IS_DELETED');
});

test('[collection.unarchive-leaves-out] products that are archived themselves are left out, named, and free', async () => {
  const talk = start();
  const [a = '', b = '', c = '', d = ''] = await products(talk, 4);
  const made = await collection(talk, [
    { products: of(a, b) },
    { products: of(c) },
    { products: of(d) },
  ]);
  const path = `/product-collections/${made.id}`;
  expectDone(await talk.delete(path));
  for (const id of [b, c]) expectDone(await talk.delete(`/products/${id}`));
  const back = await talk.post(`${path}/unarchive`);
  expect(back.status).toBe(200);
  expect(back.body['collection_id']).toBe(made.id);
  expect([...(back.body['excluded_product_ids'] as string[])].sort()).toEqual([b, c].sort());
  const now = await read(talk, made.id);
  expect(members(now)).toEqual([[a], [], [d]]);
  expect(groupIds(now)).toEqual(groupIds(made));
  for (const id of [b, c]) expectDone(await talk.post(`/products/${id}/unarchive`));
  expect(members(await read(talk, made.id))).toEqual([[a], [], [d]]);
  expect((await talk.get(`/products/${b}`)).body['product_collection_id']).toBeNull();
  expect(members(await collection(talk, [{ products: of(c, b) }]))).toEqual([[c, b]]);
});

test('[collection.unarchive-leaves-out] (assumed) a collection comes back even when all its products are left out', async () => {
  const talk = start();
  const [a = '', b = ''] = await products(talk, 2);
  const made = await collection(talk, [{ products: of(a) }, { products: of(b) }]);
  const path = `/product-collections/${made.id}`;
  expectDone(await talk.delete(path));
  for (const id of [a, b]) expectDone(await talk.delete(`/products/${id}`));
  const back = await talk.post(`${path}/unarchive`);
  expect(back.status).toBe(200);
  expect([...(back.body['excluded_product_ids'] as string[])].sort()).toEqual([a, b].sort());
  expect(members(await read(talk, made.id))).toEqual([[], []]);
  expect(ids(await talk.get('/product-collections'))).toEqual([made.id]);
});

test('[collection.unarchive-leaves-out] a product that is back before its collection stays in it', async () => {
  const talk = start();
  const [a = '', b = ''] = await products(talk, 2);
  const made = await collection(talk, [{ products: of(a, b) }]);
  const path = `/product-collections/${made.id}`;
  expectDone(await talk.delete(path));
  expectDone(await talk.delete(`/products/${a}`));
  expectDone(await talk.post(`/products/${a}/unarchive`));
  const back = await talk.post(`${path}/unarchive`);
  expect(back.body['excluded_product_ids']).toEqual([]);
  expect(members(await read(talk, made.id))).toEqual([[a, b]]);
});

test('(assumed) a product that is archived in a live collection stays in it', async () => {
  const talk = start();
  const [a = '', b = ''] = await products(talk, 2);
  const made = await collection(talk, [{ products: of(a, b) }]);
  expectDone(await talk.delete(`/products/${a}`));
  expect(members(await read(talk, made.id))).toEqual([[a, b]]);
  expect(rowsOf(groupsOf(await read(talk, made.id))[0])[0]).toMatchObject({ status: true });
});

test('(assumed) unarchiving a live collection leaves everything as it is', async () => {
  const talk = start();
  const made = await collection(talk);
  const back = await talk.post(`/product-collections/${made.id}/unarchive`);
  expect(back.status).toBe(200);
  expect(back.body).toMatchObject({ collection_id: made.id, excluded_product_ids: [] });
  expect((await read(talk, made.id))['groups']).toEqual(made['groups']);
});

test('(assumed) an unknown collection is neither archived nor brought back', async () => {
  const talk = start();
  const path = `/product-collections/${NO_COLLECTION}`;
  expectRefused(await talk.delete(path), 404, 'NOT_FOUND');
  expectRefused(await talk.post(`${path}/unarchive`), 404, 'NOT_FOUND');
});
