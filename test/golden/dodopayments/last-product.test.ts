// A collection has a product at all times, by the error code PRODUCT_COLLECTION_MUST_HAVE_PRODUCTS.

import { expect, test } from 'vitest';
import {
  collection,
  expectDone,
  expectRefused,
  groupIds,
  groupsOf,
  members,
  of,
  patch,
  product,
  products,
  read,
  rowsOf,
  start,
} from './talk.ts';

const STARTS = [
  422,
  'PRODUCT_COLLECTION_MUST_HAVE_PRODUCTS',
  'collection.starts-with-a-product',
] as const;
const KEEPS = [422, 'PRODUCT_COLLECTION_MUST_HAVE_PRODUCTS', 'collection.keeps-a-product'] as const;

for (const groups of [
  [],
  [{ products: [] }],
  [{ products: [] }, { products: [], group_name: 'Teams' }],
]) {
  test(`[collection.starts-with-a-product] (assumed) refuses a collection of ${JSON.stringify(groups)}`, async () => {
    const talk = start();
    const body = { name: 'Inkwell plans', groups };
    expectRefused(await talk.post('/product-collections', body), ...STARTS);
    expect((await talk.get('/product-collections')).body.items).toEqual([]);
  });
}

test('[collection.starts-with-a-product] one product in one of the groups is enough, even switched off', async () => {
  const talk = start();
  const id = await product(talk);
  const made = await collection(talk, [
    { products: [], group_name: 'Empty' },
    { products: [{ product_id: id, status: false }], status: false },
  ]);
  expect(members(made)).toEqual([[], [id]]);
});

test('[collection.keeps-a-product] the last product is not taken out, the last but one is', async () => {
  const talk = start();
  const [a = '', b = ''] = await products(talk, 2);
  const made = await collection(talk, [{ products: of(a, b) }]);
  const items = `/product-collections/${made.id}/groups/${groupIds(made)[0]}/items`;
  const [first, second] = rowsOf(groupsOf(made)[0]);
  expectDone(await talk.delete(`${items}/${first?.id}`));
  expect(members(await read(talk, made.id))).toEqual([[b]]);
  expectRefused(await talk.delete(`${items}/${second?.id}`), ...KEEPS);
  expect(members(await read(talk, made.id))).toEqual([[b]]);
  expect((await talk.post(items, { products: of(a) })).status).toBe(200);
  expectDone(await talk.delete(`${items}/${second?.id}`));
  expect(members(await read(talk, made.id))).toEqual([[a]]);
});

test('[collection.keeps-a-product] the last product of a group goes while another group has one', async () => {
  const talk = start();
  const [a = '', b = ''] = await products(talk, 2);
  const made = await collection(talk, [{ products: of(a) }, { products: of(b) }]);
  const path = (group: number) => {
    const row = rowsOf(groupsOf(made)[group])[0]?.id;
    return `/product-collections/${made.id}/groups/${groupIds(made)[group]}/items/${row}`;
  };
  expectDone(await talk.delete(path(0)));
  expect(members(await read(talk, made.id))).toEqual([[], [b]]);
  expectRefused(await talk.delete(path(1)), ...KEEPS);
});

test('[collection.keeps-a-product] the last group with products is not deleted, empty ones are', async () => {
  const talk = start();
  const [a = '', b = ''] = await products(talk, 2);
  const made = await collection(talk, [
    { products: of(a) },
    { products: [] },
    { products: of(b) },
    { products: [] },
  ]);
  const [first, second, third, fourth] = groupIds(made);
  const groups = `/product-collections/${made.id}/groups`;
  expectDone(await talk.delete(`${groups}/${first}`));
  expectRefused(await talk.delete(`${groups}/${third}`), ...KEEPS);
  expect(groupIds(await read(talk, made.id))).toEqual([second, third, fourth]);
  expectDone(await talk.delete(`${groups}/${second}`));
  expectDone(await talk.delete(`${groups}/${fourth}`));
  expectRefused(await talk.delete(`${groups}/${third}`), ...KEEPS);
  expect(members(await read(talk, made.id))).toEqual([[b]]);
});

test('[collection.keeps-a-product] a group of many products is not deleted when they are the last', async () => {
  const talk = start();
  const made = await collection(talk, [{ products: of(...(await products(talk, 3))) }]);
  const path = `/product-collections/${made.id}/groups/${groupIds(made)[0]}`;
  expectRefused(await talk.delete(path), ...KEEPS);
  expect(await read(talk, made.id)).toEqual(made);
});

test('[collection.keeps-a-product] each collection counts its own', async () => {
  const talk = start();
  await collection(talk, [{ products: of(...(await products(talk, 2))) }]);
  const alone = await collection(talk);
  const path = `/product-collections/${alone.id}/groups/${groupIds(alone)[0]}`;
  expectRefused(await talk.delete(path), ...KEEPS);
  expectRefused(await talk.delete(`${path}/items/${rowsOf(groupsOf(alone)[0])[0]?.id}`), ...KEEPS);
});

test('[collection.keeps-a-product] products that are switched off count, and none has to be on', async () => {
  const talk = start();
  const [a = '', b = ''] = await products(talk, 2);
  const made = await collection(talk, [{ products: of(a, b) }]);
  const path = `/product-collections/${made.id}/groups/${groupIds(made)[0]}`;
  const [first, second] = rowsOf(groupsOf(made)[0]);
  expectDone(await patch(talk, `${path}/items/${second?.id}`, { status: false }));
  expectDone(await talk.delete(`${path}/items/${first?.id}`));
  expectDone(await patch(talk, path, { status: false }));
  expectRefused(await talk.delete(`${path}/items/${second?.id}`), ...KEEPS);
});
