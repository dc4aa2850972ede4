// Shows that the healthy reference server does what the documents say about plans, clones, bulk
// creates, ended prices, meters, customers and bearer tokens.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { planVariants } from './flexprice/benign.ts';
import type { Reference } from './flexprice.ts';
import { startReference } from './flexprice.ts';
import { firstDifference } from './scenario/all.ts';
import type { Extras } from './scenario/talk.ts';
import { group, meter, PAST, price, Talk } from './scenario/talk.ts';

interface Thing {
  [key: string]: unknown;
  id: string;
  items: Thing[];
  prices: Thing[];
}

let server: Reference;
let talk: Talk;
let count = 0;

beforeAll(async () => {
  server = await startReference();
  talk = new Talk(server.url);
});

afterAll(() => server.close());

const fresh = (): Extras => {
  count += 1;
  return { key: `key-${count}` };
};

async function send(who: Extras, method: string, path: string, body?: unknown) {
  const reply = await talk.ask(method, path, body, who);
  return { status: reply.status, data: JSON.parse(reply.text || '{}') as Thing };
}

async function make(who: Extras, path: string, body: unknown): Promise<string> {
  return (await send(who, 'POST', path, body)).data.id;
}

test('lists of plans go by display_order, newest first among equals', async () => {
  const who = fresh();
  for (const [name, display_order] of Object.entries({ a: 10, b: 9, c: 0, d: 9 })) {
    await make(who, '/plans', { name, display_order });
  }
  const names = async (method: string, path: string, body?: unknown) =>
    (await send(who, method, path, body)).data.items.map((plan) => plan.name).join('');
  expect(await names('GET', '/plans')).toBe('cdba');
  expect(await names('POST', '/plans/search', {})).toBe('cdba');
  expect(await names('GET', '/plans?limit=2&offset=1')).toBe('db');
  const sort = [{ field: 'name', direction: 'desc' }];
  expect(await names('POST', '/plans/search', { sort })).toBe('dcba');
  expect(await names('POST', '/plans/search', { order: 'asc' })).toBe('abcd');
});

test('an update of a plan keeps what is left out and empties what is ""', async () => {
  const who = fresh();
  const rich = { name: 'P', lookup_key: 'k', description: 'd', metadata: { a: '1' } };
  const id = await make(who, '/plans', rich);
  const put = (body: unknown) => send(who, 'PUT', `/plans/${id}`, body);
  expect((await put({ display_order: 3 })).data).toMatchObject({ ...rich, display_order: 3 });
  expect((await put({ metadata: { b: '2' } })).data.metadata).toEqual({ b: '2' });
  const emptied = { description: '', lookup_key: '' };
  expect((await put(emptied)).data).toMatchObject({ name: 'P', ...emptied });
  await make(who, '/plans', { name: 'P', lookup_key: 'k' });
  expect((await put({ lookup_key: 'k' })).status).toBe(409);
  expect((await put({ name: '' })).status).toBe(400);
});

test('a deleted plan is archived, readable, not listed, and its key is free', async () => {
  const who = fresh();
  const keyed = { name: 'P', lookup_key: 'k' };
  const id = await make(who, '/plans', keyed);
  const own = await make(who, '/prices', price(id));
  for (let i = 0; i < 2; i += 1) {
    const gone = await send(who, 'DELETE', `/plans/${id}`);
    expect([gone.status, typeof gone.data.message]).toEqual([200, 'string']);
  }
  expect((await send(who, 'GET', `/plans/${id}`)).data).toMatchObject({ status: 'archived' });
  expect((await send(who, 'GET', '/plans')).data.items).toEqual([]);
  const archived = await send(who, 'POST', '/plans/search', { status: 'archived' });
  expect(archived.data.items).toMatchObject([{ id }]);
  expect((await send(who, 'GET', `/prices/${own}`)).data).not.toHaveProperty('end_date');
  expect((await send(who, 'POST', '/plans', keyed)).status).toBe(201);
});

test('reading a plan shows all its prices with their groups', async () => {
  const who = fresh();
  const id = await make(who, '/plans', { name: 'P' });
  expect((await send(who, 'GET', `/plans/${id}`)).data).not.toHaveProperty('prices');
  const group_id = await make(who, '/groups', group('g'));
  const ids = [await make(who, '/prices', price(id, { group_id }))];
  ids.push(await make(who, '/prices', price(id, PAST)));
  const { prices } = (await send(who, 'GET', `/plans/${id}`)).data;
  expect(prices.map((each) => each.id)).toEqual(ids);
  expect(prices[0]).toMatchObject({ group_id, group: { id: group_id, lookup_key: 'g' } });
});

test('a clone has running prices of its own in the same groups', async () => {
  const who = fresh();
  const id = await make(who, '/plans', { name: 'P', lookup_key: 'k', metadata: { a: '1' } });
  const group_id = await make(who, '/groups', group('g'));
  const own = await make(who, '/prices', price(id, { group_id, lookup_key: 'pk' }));
  await make(who, '/prices', price(id, PAST));
  const clone = (body: unknown) => send(who, 'POST', `/plans/${id}/clone`, body);
  for (const body of [{}, { name: 'C' }, { lookup_key: 'c' }]) {
    expect((await clone(body)).status).toBe(400);
  }
  expect((await clone({ name: 'C', lookup_key: 'k' })).status).toBe(409);
  const made = await clone({ name: 'C', lookup_key: 'c', metadata: { b: '2' } });
  expect(made.status).toBe(201);
  expect(made.data.metadata).toEqual({ a: '1', b: '2', source_plan_id: id });
  expect(made.data.prices).toHaveLength(1);
  expect(made.data.prices[0]).toMatchObject({ group_id, lookup_key: '', entity_id: made.data.id });
  await send(who, 'PUT', `/prices/${own}`, { group_id: '' });
  const read = await send(who, 'GET', `/plans/${made.data.id}`);
  expect(read.data.prices).toMatchObject([{ id: made.data.prices[0]?.id, group_id }]);
  expect(read.data.prices[0]?.id).not.toBe(own);
});

test('a bulk create stores all prices in order or none', async () => {
  const who = fresh();
  const id = await make(who, '/plans', { name: 'P' });
  const bulk = (items: unknown[]) => send(who, 'POST', '/prices/bulk', { items });
  const items = ['1', '2', '3'].map((amount) => price(id, { amount, lookup_key: amount }));
  const refused = await bulk([...items, price(id, { amount: '-1' })]);
  expect([refused.status, refused.data.details]).toMatchObject([400, { index: { given: 3 } }]);
  expect((await send(who, 'POST', '/prices/search', {})).data.items).toEqual([]);
  const made = await bulk(items);
  expect(made.status).toBe(201);
  expect(made.data.items.map((each) => each.amount)).toEqual(['1', '2', '3']);
  expect((await bulk(items)).status).toBe(409);
  const twins = [price(id, { lookup_key: 'x' }), price(id, { lookup_key: 'x' })];
  expect((await bulk(twins)).status).toBe(409);
  for (const size of [0, 101]) {
    expect((await bulk(Array.from({ length: size }, () => price(id)))).status).toBe(400);
  }
});

test('a deleted price has an end, stays readable and gives its key away', async () => {
  const who = fresh();
  const id = await make(who, '/plans', { name: 'P' });
  const own = await make(who, '/prices', price(id, { lookup_key: 'pk' }));
  expect((await send(who, 'GET', '/prices/lookup/pk')).data.id).toBe(own);
  expect((await send(who, 'DELETE', `/prices/${own}`)).status).toBe(400);
  const early = { end_date: '2001-01-01T00:00:00Z' };
  expect((await send(who, 'DELETE', `/prices/${own}`, early)).status).toBe(400);
  expect((await send(who, 'DELETE', `/prices/${own}`, {})).status).toBe(200);
  expect((await send(who, 'DELETE', `/prices/${own}`, {})).status).toBe(400);
  const read = (await send(who, 'GET', `/prices/${own}`)).data;
  expect(read).toMatchObject({ status: 'published', end_date: expect.any(String) });
  expect((await send(who, 'GET', '/prices/lookup/pk')).status).toBe(404);
  expect((await send(who, 'POST', '/prices', price(id, { lookup_key: 'pk' }))).status).toBe(201);
});

test('a usage price needs a meter that exists and shows it when read', async () => {
  const who = fresh();
  const plan = await make(who, '/plans', { name: 'P' });
  const meter_id = await make(who, '/meters', meter());
  const usage = { type: 'USAGE', invoice_cadence: 'ARREAR' };
  const wrong = price(plan, { ...usage, meter_id: 'meter_0' });
  expect((await send(who, 'POST', '/prices', wrong)).status).toBe(404);
  const own = await make(who, '/prices', price(plan, { ...usage, meter_id }));
  const read = (await send(who, 'GET', `/prices/${own}`)).data;
  expect(read).toMatchObject({ meter_id, meter: { id: meter_id }, display_name: 'API calls' });
});

test('an external_id belongs to one customer per tenant and environment', async () => {
  const who = fresh();
  const ada = { external_id: 'ada', name: 'Ada' };
  const id = await make(who, '/customers', ada);
  expect((await send(who, 'POST', '/customers', ada)).status).toBe(409);
  expect((await send({ ...who, env: 'two' }, 'POST', '/customers', ada)).status).toBe(201);
  expect((await send(who, 'GET', '/customers/external/ada')).data.id).toBe(id);
  expect((await send(who, 'GET', `/customers/${id}`)).data).toMatchObject(ada);
});

test('a bearer token is a key for plans and nothing else', async () => {
  const who = fresh();
  const id = await make(who, '/plans', { name: 'P' });
  const token = { key: '', auth: `Bearer ${who.key}` };
  expect((await send(token, 'GET', `/plans/${id}`)).status).toBe(200);
  expect((await send({ ...token, env: 'two' }, 'GET', `/plans/${id}`)).status).toBe(404);
  expect((await send(token, 'POST', '/groups/search', {})).status).toBe(401);
  expect((await send({ key: '', auth: `${who.key}` }, 'GET', '/plans')).status).toBe(401);
});

test('nothing new can be reached from another tenant or environment', async () => {
  const who = fresh();
  const plan = await make(who, '/plans', { name: 'P', lookup_key: 'k' });
  const own = await make(who, '/prices', price(plan, { lookup_key: 'pk' }));
  const paths = [`/meters/${await make(who, '/meters', meter())}`, '/prices/lookup/pk'];
  paths.push(`/customers/${await make(who, '/customers', { external_id: 'a', name: 'A' })}`);
  paths.push('/customers/external/a');
  for (const other of [fresh(), { ...who, env: 'two' }]) {
    for (const path of paths) expect((await send(other, 'GET', path)).status).toBe(404);
    expect((await send(other, 'DELETE', `/plans/${plan}`)).status).toBe(404);
    expect((await send(other, 'PUT', `/plans/${plan}`, { name: 'X' })).status).toBe(404);
    expect((await send(other, 'DELETE', `/prices/${own}`, {})).status).toBe(404);
    const copy = { name: 'C', lookup_key: 'k' };
    expect((await send(other, 'POST', `/plans/${plan}/clone`, copy)).status).toBe(404);
    expect((await send(other, 'GET', '/plans')).data.items).toEqual([]);
    const items = [price(plan)];
    expect((await send(other, 'POST', '/prices/bulk', { items })).status).toBe(404);
  }
});

test('every variant around plans, clones and prices shows in some answer', async () => {
  const hidden: string[] = [];
  for (const id of Object.keys(planVariants)) {
    if ((await firstDifference(undefined, id)) === undefined) hidden.push(id);
  }
  expect(hidden).toEqual([]);
}, 180_000);
