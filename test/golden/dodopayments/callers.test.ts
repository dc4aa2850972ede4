// Who may see what: a key belongs to one business, and each is a world of its own.

import { expect, test } from 'vitest';
import type { Json } from '../../../src/model/json.ts';
import { STRANGER } from '../talk.ts';
import {
  addon,
  collection,
  credits,
  expectDone,
  expectRefused,
  groupIds,
  groupsOf,
  ids,
  members,
  meter,
  of,
  patch,
  product,
  productBody,
  RECURRING,
  read,
  rowsOf,
  start,
  USAGE,
} from './talk.ts';

test("[scope.isolated] another business can't read, change or delete anything", async () => {
  const talk = start();
  const [one, two, extra] = [await product(talk), await product(talk), await product(talk)];
  const made = await collection(talk, [{ products: of(one, two) }, { products: [] }]);
  const before = (await talk.get(`/products/${one}`)).body;
  const path = `/product-collections/${made.id}`;
  const group = `${path}/groups/${groupIds(made)[0]}`;
  const item = `${group}/items/${rowsOf(groupsOf(made)[0])[0]?.id}`;
  const theirs = { products: of(await product(talk, {}, STRANGER)) };
  const asked: [string, string, Json?][] = [
    ['GET', path],
    ['PATCH', path, { name: 'Theirs' }],
    ['DELETE', path],
    ['POST', `${path}/unarchive`],
    ['PUT', `${path}/images`],
    ['POST', `${path}/groups`, theirs],
    ['PATCH', group, { status: false }],
    ['DELETE', group],
    ['POST', `${group}/items`, theirs],
    ['PATCH', item, { status: false }],
    ['DELETE', item],
    ['GET', `/products/${extra}`],
    ['PATCH', `/products/${extra}`, { name: 'Theirs' }],
    ['DELETE', `/products/${extra}`],
    ['POST', `/products/${extra}/unarchive`],
    ['GET', `/meters/${await meter(talk)}`],
    ['GET', `/credit-entitlements/${await credits(talk)}`],
    ['GET', `/addons/${await addon(talk)}`],
  ];
  for (const [method, target, body] of asked) {
    expectRefused(await talk.ask(method, target, body, STRANGER), 404, 'NOT_FOUND');
  }
  expect(await read(talk, made.id)).toEqual(made);
  expect((await talk.get(`/products/${one}`)).body).toEqual(before);
});

test('[scope.isolated] another business finds nothing of it in a list', async () => {
  const talk = start();
  const made = await collection(talk);
  for (const make of [meter, credits, addon]) await make(talk);
  for (const path of [
    '/product-collections',
    '/products',
    '/meters',
    '/credit-entitlements',
    '/addons',
  ]) {
    expect((await talk.get(path)).body.items).toHaveLength(1);
    expect((await talk.get(path, STRANGER)).body).toEqual({ items: [] });
  }
  const theirs = await collection(talk, undefined, STRANGER);
  expect(ids(await talk.get('/product-collections', STRANGER))).toEqual([theirs.id]);
  expect(ids(await talk.get('/product-collections'))).toEqual([made.id]);
  expectDone(await talk.delete(`/product-collections/${made.id}`));
  const archived = '/product-collections?archived=true';
  expect(ids(await talk.get(archived))).toEqual([made.id]);
  expect(ids(await talk.get(archived, STRANGER))).toEqual([]);
});

test('[scope.isolated] (assumed) what is of another business is referred to as little as what is unknown', async () => {
  const talk = start();
  const mine = await product(talk);
  const theirs = await collection(talk, undefined, STRANGER);
  const groups = `/product-collections/${theirs.id}/groups`;
  const products = of(mine);
  for (const refused of [
    await talk.post('/product-collections', { name: 'x', groups: [{ products }] }, STRANGER),
    await talk.post(groups, { products }, STRANGER),
    await talk.post(`${groups}/${groupIds(theirs)[0]}/items`, { products }, STRANGER),
  ]) {
    expectRefused(refused, 422, 'INVALID_REQUEST_PARAMETERS');
  }
  const metered = {
    price: { ...USAGE, meters: [{ meter_id: await meter(talk), price_per_unit: '1' }] },
  };
  const extended = { price: RECURRING, addons: [await addon(talk)] };
  const credited = {
    credit_entitlements: [{ credit_entitlement_id: await credits(talk), credits_amount: '500' }],
  };
  for (const [changes, code] of [
    [metered, 'MISSING_METER_IDS'],
    [extended, 'MISSING_ADDON_IDS'],
    [credited, 'INVALID_REQUEST_PARAMETERS'],
  ] as const) {
    expectRefused(await talk.post('/products', productBody(changes), STRANGER), 422, code);
    expect((await talk.post('/products', productBody(changes))).status).toBe(200);
  }
  const own = groupIds(await collection(talk, [{ products }]));
  const group_order = [...groupIds(theirs), ...own];
  const path = `/product-collections/${theirs.id}`;
  expectRefused(await patch(talk, path, { group_order }, STRANGER), 422);
  expect(await read(talk, theirs.id, STRANGER)).toEqual(theirs);
});

test("[scope.isolated] nothing collides with another business's names", async () => {
  const talk = start();
  await credits(talk);
  await credits(talk, {}, STRANGER);
  const mine = await collection(talk, [{ group_name: 'Teams', products: of(await product(talk)) }]);
  const theirs = await collection(
    talk,
    [{ group_name: 'Teams', products: of(await product(talk, {}, STRANGER)) }],
    STRANGER,
  );
  expect(members(await read(talk, mine.id))).not.toEqual(
    members(await read(talk, theirs.id, STRANGER)),
  );
});

test('[scope.isolated] a business id names the business of the key', async () => {
  const talk = start();
  const businessOf = async (extras?: { key: string }) => {
    const made = await talk.post('/products', productBody(), extras);
    return made.body['business_id'];
  };
  const mine = await businessOf();
  expect(await businessOf()).toBe(mine);
  expect(await businessOf(STRANGER)).not.toBe(mine);
  for (const [path, body] of [
    [
      '/meters',
      { name: 'x', event_name: 'x', measurement_unit: 'x', aggregation: { type: 'count' } },
    ],
    ['/addons', { name: 'x', price: 1, currency: 'USD', tax_category: 'saas' }],
  ] as const) {
    const made = await talk.post(path, { ...body, business_id: 'bus_other' });
    expect(made.body['business_id']).toBe(mine);
  }
});

test('[scope.isolated] the word Bearer may be in any case, the key may not', async () => {
  const talk = start();
  const id = await product(talk);
  const as = (authorization: string) => ({ key: null, headers: { authorization } });
  expect((await talk.get(`/products/${id}`, as('bearer key-a'))).status).toBe(200);
  expect((await talk.get(`/products/${id}`, as('Bearer KEY-A'))).status).toBe(404);
});
