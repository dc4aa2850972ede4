// Requests that never get as far as a rule: routes, bodies that can't be read, callers that nobody knows.

import { expect, test } from 'vitest';
import type { Json } from '../../../src/model/json.ts';
import { NO_BEARER_TOKEN } from '../talk.ts';
import {
  ADDON,
  CREDITS,
  collection,
  expectDone,
  expectRefused,
  groupIds,
  groupsOf,
  METER,
  members,
  NO_COLLECTION,
  NO_PRODUCT,
  NO_UUID,
  of,
  product,
  productBody,
  read,
  rowsOf,
  start,
  type Talk,
} from './talk.ts';

for (const path of [
  '/nothing',
  '/',
  '/product-collection',
  `/product-collections/${NO_COLLECTION}/nothing`,
  `/v1/product-collections/${NO_COLLECTION}`,
]) {
  test(`GET ${path} is an unknown route`, async () => {
    expectRefused(await start().get(path), 404, 'NOT_FOUND');
  });
}

const groups = `/product-collections/${NO_COLLECTION}/groups`;

for (const [method, path] of [
  ['GET', groups],
  ['GET', `${groups}/${NO_UUID}`],
  ['GET', `${groups}/${NO_UUID}/items`],
  ['GET', `${groups}/${NO_UUID}/items/${NO_UUID}`],
  ['PUT', `${groups}/${NO_UUID}`],
  ['PUT', '/products'],
  ['PATCH', `/meters/${NO_UUID}`],
  ['DELETE', `/addons/${NO_UUID}`],
] as const) {
  test(`${method} ${path} is not among the routes`, async () => {
    const refused = await start().ask(method, path, {});
    expect([404, 405]).toContain(refused.status);
    expectRefused(refused, refused.status);
  });
}

/** Every route that takes a body, with one that would be taken. */
async function routes(talk: Talk): Promise<[string, string, Json][]> {
  const made = await collection(talk);
  const products = of(await product(talk));
  const group = `/product-collections/${made.id}/groups/${groupIds(made)[0]}`;
  return [
    ['POST', '/product-collections', { name: 'x', groups: [{ products }] }],
    ['PATCH', `/product-collections/${made.id}`, { name: 'x' }],
    ['POST', `/product-collections/${made.id}/groups`, { products }],
    ['PATCH', group, { status: false }],
    ['POST', `${group}/items`, { products }],
    ['PATCH', `${group}/items/${rowsOf(groupsOf(made)[0])[0]?.id}`, { status: false }],
    ['POST', '/products', productBody()],
    ['PATCH', `/products/${await product(talk)}`, { name: 'x' }],
    ['POST', '/meters', METER],
    ['POST', '/credit-entitlements', CREDITS],
    ['POST', '/addons', ADDON],
  ];
}

for (let n = 0; n < 11; n += 1) {
  test(`a body that is not JSON, no object, or none is refused (${n})`, async () => {
    const talk = start();
    const [method, path] = (await routes(talk))[n] ?? ['', ''];
    for (const refused of [
      await talk.ask(method, path, undefined, { bodyFault: 'malformed' }),
      await talk.ask(method, path, undefined, { bodyFault: 'too-deep' }),
      await talk.ask(method, path),
      await talk.ask(method, path, []),
      await talk.ask(method, path, 'text'),
      await talk.ask(method, path, null),
    ]) {
      expectRefused(refused, 422, 'INVALID_REQUEST_BODY');
    }
  });

  test(`a body of another type, or over the limit, is refused (${n})`, async () => {
    const talk = start();
    const [method, path] = (await routes(talk))[n] ?? ['', ''];
    const typed = await talk.ask(method, path, undefined, { bodyFault: 'unsupported' });
    expect([415, 422]).toContain(typed.status);
    expectRefused(typed, typed.status);
    expectRefused(await talk.ask(method, path, undefined, { bodyFault: 'too-large' }), 413);
  });

  test(`(assumed) a field that nobody knows is ignored (${n})`, async () => {
    const talk = start();
    const [method, path, body] = (await routes(talk))[n] ?? ['', '', {}];
    const taken = await talk.ask(method, path, { ...(body as object), unknown_field: { a: [1] } });
    expect([200, 201]).toContain(taken.status);
    expect(JSON.stringify(taken.body ?? null)).not.toContain('unknown_field');
  });
}

test('a query that nobody knows is ignored', async () => {
  const talk = start();
  const made = await collection(talk);
  expect((await talk.get('/product-collections?colour=blue')).body.items).toHaveLength(1);
  expect((await talk.get(`/product-collections/${made.id}?archived=x`)).body).toEqual(made);
});

test('requests without a body need no content type', async () => {
  const talk = start();
  const none = { headers: { 'content-type': '' } };
  const made = await collection(talk);
  const path = `/product-collections/${made.id}`;
  expectDone(await talk.delete(path, none));
  expect((await talk.post(`${path}/unarchive`, undefined, none)).status).toBe(200);
  expect((await talk.put(`${path}/images`, undefined, none)).status).toBe(200);
  const id = await product(talk);
  expectDone(await talk.delete(`/products/${id}`, none));
  expectDone(await talk.post(`/products/${id}/unarchive`, undefined, none));
  expect(members(await read(talk, made.id))).toEqual(members(made));
});

test('(assumed) what is done without an answer has status 200 and nothing else', async () => {
  const talk = start();
  const [a, b, c] = [await product(talk), await product(talk), await product(talk)];
  const made = await collection(talk, [{ products: of(a, b) }, { products: of(c) }]);
  const path = `/product-collections/${made.id}`;
  const [first, second] = groupIds(made);
  const item = `${path}/groups/${first}/items/${rowsOf(groupsOf(made)[0])[0]?.id}`;
  for (const [method, target, body] of [
    ['PATCH', path, { name: 'x' }],
    ['PATCH', `${path}/groups/${first}`, { group_name: 'x' }],
    ['PATCH', item, { status: false }],
    ['DELETE', item, undefined],
    ['DELETE', `${path}/groups/${second}`, undefined],
    ['DELETE', path, undefined],
    ['PATCH', `/products/${a}`, { name: 'x' }],
    ['DELETE', `/products/${a}`, undefined],
    ['POST', `/products/${a}/unarchive`, undefined],
  ] as const) {
    const done = await talk.ask(method, target, body);
    expectDone(done);
    expect(done.wrote).toBe(true);
  }
});

const EVERY_OPERATION = [
  ['POST', '/product-collections'],
  ['GET', '/product-collections'],
  ['GET', `/product-collections/${NO_COLLECTION}`],
  ['PATCH', `/product-collections/${NO_COLLECTION}`],
  ['DELETE', `/product-collections/${NO_COLLECTION}`],
  ['POST', `/product-collections/${NO_COLLECTION}/unarchive`],
  ['PUT', `/product-collections/${NO_COLLECTION}/images`],
  ['POST', groups],
  ['PATCH', `${groups}/${NO_UUID}`],
  ['DELETE', `${groups}/${NO_UUID}`],
  ['POST', `${groups}/${NO_UUID}/items`],
  ['PATCH', `${groups}/${NO_UUID}/items/${NO_UUID}`],
  ['DELETE', `${groups}/${NO_UUID}/items/${NO_UUID}`],
  ['POST', '/products'],
  ['GET', '/products'],
  ['GET', `/products/${NO_PRODUCT}`],
  ['PATCH', `/products/${NO_PRODUCT}`],
  ['DELETE', `/products/${NO_PRODUCT}`],
  ['POST', `/products/${NO_PRODUCT}/unarchive`],
  ...['/meters', '/credit-entitlements', '/addons'].flatMap(
    (path) =>
      [
        ['POST', path],
        ['GET', path],
        ['GET', `${path}/x`],
      ] as const,
  ),
] as const;

for (const [method, path] of EVERY_OPERATION) {
  test(`${method} ${path} is refused without a key, and with none that is one`, async () => {
    const talk = start();
    for (const extras of NO_BEARER_TOKEN) {
      expectRefused(await talk.ask(method, path, {}, extras), 401, 'UNAUTHORIZED');
    }
  });
}

test('a caller that nobody knows is refused before anything else is looked at', async () => {
  const talk = start();
  const nobody = { key: null };
  for (const refused of [
    await talk.post('/products', { name: 7 }, nobody),
    await talk.post('/products', undefined, { ...nobody, bodyFault: 'malformed' }),
    await talk.get('/products?page_size=x', nobody),
    await talk.ask('POST', '/products', productBody(), nobody),
  ]) {
    expectRefused(refused, 401, 'UNAUTHORIZED');
  }
});
