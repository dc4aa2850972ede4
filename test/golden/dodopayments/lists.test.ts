// Lists: pages that begin with 0, newest first, and what narrows them.

import { expect, test } from 'vitest';
import {
  ADDON,
  type Body,
  CREDITS,
  collection,
  expectDone,
  expectRefused,
  ids,
  METER,
  ONE_TIME,
  of,
  product,
  productBody,
  RECURRING,
  start,
  type Talk,
  USAGE,
} from './talk.ts';

const BRAND = 'brnd_0aB1cD2eF3gH4iJ5kL6mN';

const minute = (n: number) => new Date(Date.UTC(2026, 4, 1, 0, n)).toISOString();

/** Makes one record that is listed there, and gives its id. */
const MAKE: Record<string, (talk: Talk, n: number) => Promise<string>> = {
  '/product-collections': async (talk) => (await collection(talk)).id,
  '/products': (talk, n) => product(talk, { name: `Product ${n}` }),
  '/meters': async (talk) => (await talk.post('/meters', METER)).body.id,
  '/credit-entitlements': async (talk, n) =>
    (await talk.post('/credit-entitlements', { ...CREDITS, name: `Credits ${n}` })).body.id,
  '/addons': async (talk) => (await talk.post('/addons', ADDON)).body.id,
};

const idsOf = (path: string, items: readonly Body[]) =>
  items.map((item) => (path === '/products' ? String(item['product_id']) : item.id));

for (const [path, make] of Object.entries(MAKE)) {
  const made = async (talk: Talk, count: number) => {
    const all: string[] = [];
    for (let n = 0; n < count; n += 1) {
      talk.at(minute(n));
      all.push(await make(talk, n));
    }
    return all.reverse();
  };
  const page = async (talk: Talk, query: string) => {
    const answer = await talk.get(`${path}${query}`);
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.body)).toEqual(['items']);
    return idsOf(path, answer.body.items);
  };

  test(`[list.pages] GET ${path} is empty at first`, async () => {
    expect(await page(start(), '')).toEqual([]);
  });

  test(`[list.pages] [list.newest-first] GET ${path} pages from 0, ten at a time, newest first`, async () => {
    const talk = start();
    const all = await made(talk, 12);
    expect(await page(talk, '')).toEqual(all.slice(0, 10));
    expect(await page(talk, '?page_number=0')).toEqual(all.slice(0, 10));
    expect(await page(talk, '?page_number=1')).toEqual(all.slice(10));
    expect(await page(talk, '?page_number=2')).toEqual([]);
    expect(await page(talk, '?page_number=1000')).toEqual([]);
    expect(await page(talk, '?page_size=5')).toEqual(all.slice(0, 5));
    expect(await page(talk, '?page_size=5&page_number=1')).toEqual(all.slice(5, 10));
    expect(await page(talk, '?page_size=5&page_number=2')).toEqual(all.slice(10));
    expect(await page(talk, '?page_size=12')).toEqual(all);
    expect(await page(talk, '?page_size=12&page_number=1')).toEqual([]);
    expect(await page(talk, '?page_size=1&page_number=11')).toEqual(all.slice(11));
  });

  test(`[list.pages] (assumed) GET ${path} gives a hundred at most, and none when asked for 0`, async () => {
    const talk = start();
    const all = await made(talk, 102);
    for (const size of [100, 101, 1000]) {
      expect(await page(talk, `?page_size=${size}`)).toEqual(all.slice(0, 100));
      expect(await page(talk, `?page_size=${size}&page_number=1`)).toEqual(all.slice(100));
    }
    expect(await page(talk, '?page_size=0')).toEqual([]);
    expect(await page(talk, '?page_size=0&page_number=1')).toEqual([]);
  });

  for (const query of [
    'page_size=-1',
    'page_size=x',
    'page_size=1.5',
    'page_number=-1',
    'page_number=a',
  ]) {
    test(`(assumed) GET ${path}?${query} is refused`, async () => {
      expectRefused(await start().get(`${path}?${query}`), 422, 'INVALID_QUERY_PARAMS');
    });
  }
}

test('[list.by-brand] products and collections narrow by brand', async () => {
  const talk = start();
  const mine = await product(talk, { brand_id: BRAND });
  const theirs = await product(talk);
  expect((await talk.get(`/products/${mine}`)).body['brand_id']).toBe(BRAND);
  const groups = [{ products: of(mine) }];
  const branded = await talk.post('/product-collections', { name: 'x', groups, brand_id: BRAND });
  expect(branded.status).toBe(200);
  const plain = await collection(talk, [{ products: of(theirs) }]);
  const primary = String(plain['brand_id']);
  const listed = async (path: string) => idsOf('/products', (await talk.get(path)).body.items);
  expect(await listed(`/products?brand_id=${BRAND}`)).toEqual([mine]);
  expect(await listed(`/products?brand_id=${primary}`)).toEqual([theirs]);
  expect(await listed('/products?brand_id=brnd_unknown')).toEqual([]);
  const collections = '/product-collections?brand_id=';
  expect(ids(await talk.get(collections + BRAND))).toEqual([branded.body.id]);
  expect(ids(await talk.get(collections + primary))).toEqual([plain.id]);
  expect(ids(await talk.get(`${collections}brnd_unknown`))).toEqual([]);
  expectDone(await talk.delete(`/product-collections/${branded.body.id}`));
  expect(ids(await talk.get(collections + BRAND))).toEqual([]);
  expect(ids(await talk.get(`${collections}${BRAND}&archived=true`))).toEqual([branded.body.id]);
});

test('[product.recurring-filter] [product.recurring-listed] recurring narrows by the kind of price', async () => {
  const talk = start();
  const made: string[] = [];
  for (const [n, price] of [ONE_TIME, RECURRING, USAGE].entries()) {
    talk.at(minute(n));
    made.push(await product(talk, { price }));
  }
  const [once, again, usage] = made;
  const listed = async (query: string) =>
    idsOf('/products', (await talk.get(`/products${query}`)).body.items);
  expect(await listed('?recurring=true')).toEqual([usage, again]);
  expect(await listed('?recurring=false')).toEqual([once]);
  expect(await listed('')).toEqual([usage, again, once]);
  expect(await listed('?recurring=true&page_size=1&page_number=1')).toEqual([again]);
  for (const query of ['recurring=maybe', 'archived=1', 'archived=']) {
    expectRefused(await talk.get(`/products?${query}`), 422, 'INVALID_QUERY_PARAMS');
  }
});

test('[product.archive-hides] [product.archived-only] an archived product is listed by archived=true, and nowhere else', async () => {
  const talk = start();
  const gone = await product(talk);
  const live = await product(talk);
  expectDone(await talk.delete(`/products/${gone}`));
  const listed = async (query: string) =>
    idsOf('/products', (await talk.get(`/products${query}`)).body.items);
  expect(await listed('')).toEqual([live]);
  expect(await listed('?archived=false')).toEqual([live]);
  expect(await listed('?archived=true')).toEqual([gone]);
  expect(await listed('?archived=true&recurring=true')).toEqual([]);
  expectDone(await talk.post(`/products/${gone}/unarchive`));
  expect(await listed('?archived=true')).toEqual([]);
  expect((await listed('')).sort()).toEqual([gone, live].sort());
});

test('[list.newest-first] an update moves nothing up', async () => {
  const talk = start();
  const first = await talk.post('/products', productBody());
  talk.at(minute(1));
  const second = await talk.post('/products', productBody());
  talk.at(minute(2));
  const id = String(first.body['product_id']);
  expectDone(await talk.ask('PATCH', `/products/${id}`, { description: 'New' }));
  const { items } = (await talk.get('/products')).body;
  expect(idsOf('/products', items)).toEqual([second.body['product_id'], id]);
});
