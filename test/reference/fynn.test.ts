// Shows over a real port that the healthy reference server does what the documents say, and
// that every fault and every benign variant starts, answers and can be told from healthy.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { firstDifference, transcript } from './fynn/scenario.ts';
import type { Reference } from './fynn.ts';
import { benign, faults, startReference } from './fynn.ts';

type Body = Record<string, unknown>;
let server: Reference;
let count = 0;

beforeAll(async () => {
  server = await startReference();
});
afterAll(() => server.close());

async function send(method: string, path: string, body?: unknown, token = 'main', more = {}) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...more };
  const text = body === undefined ? {} : { body: JSON.stringify(body) };
  const reply = await fetch(server.url + path, { method, headers, ...text });
  const data = (await reply.json()) as Body;
  const violations = (data['violations'] ?? []) as Body[];
  const paths = violations.map((each) => each['propertyPath']).sort();
  return { status: reply.status, data, paths, id: String(data['id']), headers: reply.headers };
}

async function customer(more: Body = {}, token = 'main'): Promise<string> {
  count += 1;
  return (await send('POST', '/customers', { email: `c${count}@x.test`, ...more }, token)).id;
}

const group = async (of: string, type = 'start_of_month', more: Body = {}) =>
  send('POST', '/billing-groups', { customer: of, name: 'G', type, ...more });

const subscribe = async (of: string, more: Body = {}) =>
  send('POST', '/subscriptions', { customer: of, ...more });

test('each of the five types is made, shown without customer and readable', async () => {
  const owner = await customer();
  for (const type of ['start_of_month', 'end_of_month', 'start_of_year', 'end_of_year', 'custom']) {
    const day = type === 'custom' ? 31 : null;
    const made = await group(owner, type, { customDay: day });
    expect(made.status).toBe(201);
    expect(made.id).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    const shown = { id: made.id, name: 'G', type, customDay: day, customMonth: null };
    expect(made.data).toEqual(shown);
    const read = await send('GET', `/billing-groups/${made.id}`);
    expect(read.data).toEqual({ ...shown, subscriptions: [] });
  }
});

test('missing, null and blank fields are named together at 422', async () => {
  const none = await send('POST', '/billing-groups', {});
  expect([none.status, none.paths]).toEqual([422, ['customer', 'name', 'type']]);
  expect(String(none.data['detail']).split('\n')).toHaveLength(3);
  expect(none.headers.get('content-type')).toContain('application/problem+json');
  const blank = await send('POST', '/billing-groups', { customer: '', name: ' ', type: null });
  expect([blank.status, blank.paths]).toEqual([422, ['customer', 'name', 'type']]);
});

test('names end at 255 characters, days and months at their limits', async () => {
  const owner = await customer();
  const status = async (more: Body) => (await group(owner, 'custom', more)).status;
  for (const [name, wanted] of [
    ['🐟'.repeat(255), 201],
    ['x'.repeat(256), 422],
  ]) {
    expect(await status({ customDay: 1, name })).toBe(wanted);
  }
  for (const day of [1, 31]) expect(await status({ customDay: day, customMonth: 12 })).toBe(201);
  for (const day of [0, -1, 32, null]) expect(await status({ customDay: day })).toBe(422);
  for (const month of [0, 13]) expect(await status({ customDay: 1, customMonth: month })).toBe(422);
});

test('wrong JSON types, numeric strings too, are 400', async () => {
  const owner = await customer();
  for (const customDay of ['31', 31.5, true]) {
    expect((await group(owner, 'custom', { customDay })).status).toBe(400);
  }
  expect((await group(owner, 'custom', { customDay: 3, name: 7 })).status).toBe(400);
});

test('a day with another type is stored and has no effect on dates', async () => {
  const owner = await customer();
  const made = await group(owner, 'end_of_month', { customDay: 5, customMonth: 7 });
  expect(made.data).toMatchObject({ customDay: 5, customMonth: 7 });
  const sub = await subscribe(owner, { billingGroup: made.id, startDate: '2026-01-15' });
  expect(sub.data['billing']).toEqual({ nextBillingAt: '2026-01-31', billingInterval: '1M' });
});

test('an unknown or foreign customer is a 422 on customer', async () => {
  for (const id of ['nothing', await customer({}, 'else')]) {
    const made = await group(id);
    expect([made.status, made.paths]).toEqual([422, ['customer']]);
    expect((await send('GET', `/customers/${id}/billing-groups`)).status).toBe(404);
  }
});

test('the list holds only the groups of its customer, in pages', async () => {
  const [owner, other] = [await customer(), await customer()];
  await group(other);
  const ids = [(await group(owner)).id, (await group(owner)).id, (await group(owner)).id];
  const page = await send('GET', `/customers/${owner}/billing-groups?limit=2&page=2`);
  expect((page.data['data'] as Body[]).map((each) => each['id'])).toEqual([ids[0]]);
  const numbers = {
    totalItems: 3,
    itemsPerPage: 2,
    currentPage: 2,
    lastPage: 2,
    pageTotalItems: 1,
  };
  expect(page.data['meta']).toEqual({ pagination: numbers });
});

test('subscriptions join, move, stay and leave', async () => {
  const owner = await customer();
  const [a, b] = [(await group(owner)).id, (await group(owner, 'end_of_year')).id];
  const { id } = await subscribe(owner, { billingGroup: `/billing-groups/${a}`, name: 'S' });
  const members = async (of: string) =>
    (await send('GET', `/billing-groups/${of}`)).data['subscriptions'];
  expect(await members(a)).toEqual([`/subscriptions/${id}`]);
  await send('PUT', `/subscriptions/${id}`, { billingGroup: b });
  expect([await members(a), await members(b)]).toEqual([[], [`/subscriptions/${id}`]]);
  const named = await send('PUT', `/subscriptions/${id}`, { name: 'T' });
  expect(named.data).toMatchObject({ name: 'T', status: 'draft', billingGroup: { id: b } });
  const left = await send('PUT', `/subscriptions/${id}`, { billingGroup: null });
  expect(left.data).toMatchObject({ name: 'T', billingGroup: null });
  expect(await members(b)).toEqual([]);
});

test('a group of another customer is refused and nothing changes', async () => {
  const [owner, other] = [await customer(), await customer()];
  const foreign = (await group(other)).id;
  const made = await subscribe(owner, { billingGroup: foreign });
  expect([made.status, made.paths]).toEqual([422, ['billingGroup']]);
  const { id, data } = await subscribe(owner, { name: 'S' });
  const change = { billingGroup: foreign, name: 'T' };
  expect((await send('PUT', `/subscriptions/${id}`, change)).status).toBe(422);
  expect((await send('GET', `/subscriptions/${id}`)).data).toEqual(data);
});

test.each([
  ['2026-01-15', 'start_of_month', {}, '2026-02-01'],
  ['2026-01-15', 'end_of_month', {}, '2026-01-31'],
  ['2026-02-01', 'end_of_month', {}, '2026-02-28'],
  ['2026-01-15', 'start_of_year', {}, '2027-01-01'],
  ['2026-01-15', 'end_of_year', {}, '2026-12-31'],
  ['2026-02-01', 'custom', { customDay: 30 }, '2026-02-28'],
  ['2026-01-15', 'custom', { customDay: 15 }, '2026-01-15'],
  ['2026-03-01', 'custom', { customDay: 29, customMonth: 2 }, '2027-02-28'],
  ['2028-01-01', 'custom', { customDay: 29, customMonth: 2 }, '2028-02-29'],
  ['2026-03-31T22:30:00Z', 'end_of_month', {}, '2026-04-30'],
])('a start on %s in %s %o is billed on its date', async (startDate, type, more, date) => {
  const owner = await customer();
  const billingGroup = (await group(owner, type, more)).id;
  const made = await subscribe(owner, { billingGroup, startDate });
  expect(made.data['billing']).toMatchObject({ nextBillingAt: date });
});

test('an email is taken once per tenant, by one of many at once', async () => {
  const email = 'twin@x.test';
  const all = Array.from({ length: 8 }, () => send('POST', '/customers', { email }));
  const statuses = (await Promise.all(all)).map((each) => each.status).sort();
  expect(statuses).toEqual([201, ...Array(7).fill(422)]);
  const made = await send('POST', '/customers', { email }, 'elsewhere');
  const usual = { timeZone: 'Europe/Berlin', language: 'de', countryCode: 'DE' };
  expect(made.data).toMatchObject(usual);
});

test('callers, bodies and routes have their own status', async () => {
  const nameless = await send('GET', '/customers', undefined, '');
  expect([nameless.status, nameless.data['code']]).toEqual([401, 401]);
  expect((await send('POST', '/customers', [])).status).toBe(400);
  const xml = { 'content-type': 'application/xml' };
  expect((await send('POST', '/customers', {}, 'main', xml)).status).toBe(415);
  expect((await send('GET', '/nothing')).status).toBe(404);
  const wrong = await send('DELETE', '/billing-groups/x');
  expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET']);
});

test('an unknown fault or variant is refused with the known ids', async () => {
  await expect(startReference({ fault: 'none' })).rejects.toThrow('name-256-accepted');
  await expect(startReference({ benign: 'none' })).rejects.toThrow('uuid-group-ids');
});

async function difference(fault: string | undefined, healthy: string[]) {
  const other = await startReference({ fault });
  return firstDifference(other.url, healthy).finally(() => other.close());
}

test('every fault starts and shows in some answer', async () => {
  const first = await startReference();
  const healthy = await transcript(first.url).finally(() => first.close());
  expect(await difference(undefined, healthy)).toBeUndefined();
  const hidden: string[] = [];
  for (const fault of Object.keys(faults)) {
    if ((await difference(fault, healthy)) === undefined) hidden.push(fault);
  }
  expect(hidden).toEqual([]);
}, 300_000);

test('every benign variant starts and never answers 5xx', async () => {
  const bad: string[] = [];
  for (const id of Object.keys(benign)) {
    const unusual = await startReference({ benign: id });
    if (id === 'slow-answers') {
      if ((await fetch(`${unusual.url}/customers`)).status !== 401) bad.push(id);
    } else {
      const lines = await transcript(unusual.url);
      bad.push(...lines.filter((line) => / -> 5\d\d /.test(line)).map((line) => `${id}: ${line}`));
    }
    await unusual.close();
  }
  expect(bad).toEqual([]);
}, 120_000);
