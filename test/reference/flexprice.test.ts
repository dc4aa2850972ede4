// Shows over a real port that the healthy reference server does what the documents say, and
// that every fault and every benign variant starts, answers and is what it claims to be.

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Reference } from './flexprice.ts';
import { benign, faults, startReference } from './flexprice.ts';
import { firstDifference } from './scenario/all.ts';
import type { Extras } from './scenario/talk.ts';
import { byGroup, group, PAST, price, Talk } from './scenario/talk.ts';
import { visit } from './scenario/visit.ts';

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
  const data = (reply.text === '' ? {} : JSON.parse(reply.text)) as Record<string, unknown>;
  return { status: reply.status, data, id: reply.data.id ?? '', items: reply.data.items ?? [] };
}

async function shop(who: Extras) {
  const plan = await send(who, 'POST', '/plans', { name: 'Pro' });
  const made = await send(who, 'POST', '/groups', group('gpu', 'GPU Usage'));
  const own = await send(who, 'POST', '/prices', price(plan.id, { group_id: made.id }));
  return { plan: plan.id, group: made.id, price: own.id };
}

test('a new group is published, empty and readable', async () => {
  const who = fresh();
  const made = await send(who, 'POST', '/groups', group('gpu', 'GPU Usage'));
  expect(made.status).toBe(201);
  expect(made.data).toMatchObject({ ...group('gpu', 'GPU Usage'), status: 'published' });
  expect(made.data).toMatchObject({ entity_ids: [], metadata: {} });
  expect((await send(who, 'GET', `/groups/${made.id}`)).data).toEqual(made.data);
});

test.each(['name', 'lookup_key', 'entity_type'])('a group without %s is refused', async (key) => {
  const who = fresh();
  for (const value of [undefined, null, '', 7]) {
    const made = await send(who, 'POST', '/groups', { ...group('k'), [key]: value });
    expect(made.status).toBe(400);
    expect(made.data).toMatchObject({ code: 'validation_error', http_status_code: 400 });
  }
  expect((await send(who, 'POST', '/groups/search', {})).items).toEqual([]);
});

test('a group is only for prices', async () => {
  for (const type of ['feature', 'Price', 'plan']) {
    const body = { ...group('k'), entity_type: type };
    expect((await send(fresh(), 'POST', '/groups', body)).status).toBe(400);
  }
});

test('a published lookup_key is refused a second time, elsewhere it is free', async () => {
  const who = fresh();
  expect((await send(who, 'POST', '/groups', group('k'))).status).toBe(201);
  const again = await send(who, 'POST', '/groups', group('k'));
  expect(again.status).toBe(400);
  expect(again.data).toMatchObject({ code: 'already_exists', http_status_code: 400 });
  expect((await send({ ...who, env: 'two' }, 'POST', '/groups', group('k'))).status).toBe(201);
  expect((await send(fresh(), 'POST', '/groups', group('k'))).status).toBe(201);
});

test('of ten creates at once with one key exactly one is accepted', async () => {
  const who = fresh();
  const all = Array.from({ length: 10 }, () => send(who, 'POST', '/groups', group('k')));
  const accepted = (await Promise.all(all)).filter((reply) => reply.status === 201);
  expect(accepted).toHaveLength(1);
});

test('a deleted group is archived, not listed, and its key is free', async () => {
  const who = fresh();
  const { id } = await send(who, 'POST', '/groups', group('k'));
  expect((await send(who, 'DELETE', `/groups/${id}`)).status).toBe(204);
  expect((await send(who, 'GET', `/groups/${id}`)).data.status).toBe('archived');
  expect((await send(who, 'POST', '/groups/search', {})).items).toEqual([]);
  expect((await send(who, 'POST', '/groups', group('k'))).status).toBe(201);
});

test('deleting a group clears its prices, ended ones too, and no others', async () => {
  const who = fresh();
  const made = await shop(who);
  const other = await send(who, 'POST', '/groups', group('other'));
  const ended = { ...PAST, group_id: made.group };
  const gone = await send(who, 'POST', '/prices', price(made.plan, ended));
  const kept = await send(who, 'POST', '/prices', price(made.plan, { group_id: other.id }));
  await send(who, 'DELETE', `/groups/${made.group}`);
  for (const id of [made.price, gone.id]) {
    expect((await send(who, 'GET', `/prices/${id}`)).data).not.toHaveProperty('group_id');
  }
  expect((await send(who, 'GET', `/prices/${kept.id}`)).data.group_id).toBe(other.id);
});

test('entity_ids follows the prices of the group', async () => {
  const who = fresh();
  const made = await shop(who);
  const ids = async () => (await send(who, 'GET', `/groups/${made.group}`)).data.entity_ids;
  expect(await ids()).toEqual([made.price]);
  await send(who, 'PUT', `/prices/${made.price}`, { group_id: '' });
  expect(await ids()).toEqual([]);
});

test('group_id left out or null is kept, empty is cleared, an id is assigned', async () => {
  const who = fresh();
  const made = await shop(who);
  const put = async (body: unknown) =>
    (await send(who, 'PUT', `/prices/${made.price}`, body)).data.group_id;
  expect(await put({ description: 'x' })).toBe(made.group);
  expect(await put({ group_id: null })).toBe(made.group);
  expect(await put({ group_id: '' })).toBeUndefined();
  expect(await put({ group_id: made.group })).toBe(made.group);
});

test('a price refuses an unknown, deleted or foreign group and stays as it was', async () => {
  const who = fresh();
  const made = await shop(who);
  const dead = await send(who, 'POST', '/groups', group('dead'));
  await send(who, 'DELETE', `/groups/${dead.id}`);
  const foreign = await send(fresh(), 'POST', '/groups', group('foreign'));
  const before = await send(who, 'GET', `/prices/${made.price}`);
  for (const id of ['nothing', dead.id, foreign.id]) {
    const body = price(made.plan, { group_id: id });
    expect((await send(who, 'POST', '/prices', body)).status).toBe(400);
    const change = { group_id: id, description: 'changed' };
    expect((await send(who, 'PUT', `/prices/${made.price}`, change)).status).toBe(400);
  }
  expect((await send(who, 'GET', `/prices/${made.price}`)).data).toEqual(before.data);
});

test('a price shows its whole group only when asked', async () => {
  const who = fresh();
  const made = await shop(who);
  const whole = (await send(who, 'GET', `/groups/${made.group}`)).data;
  expect((await send(who, 'GET', `/prices/${made.price}`)).data).not.toHaveProperty('group');
  const shown = await send(who, 'GET', `/prices/${made.price}?expand=groups`);
  expect(shown.data.group).toEqual(whole);
  const found = await send(who, 'POST', '/prices/search', { expand: 'groups' });
  expect(found.items[0]).toMatchObject({ id: made.price, group: whole });
  const plain = await send(who, 'POST', '/prices/search', byGroup(made.group));
  expect(plain.items[0]).toMatchObject({ id: made.price });
  expect(plain.items[0]).not.toHaveProperty('group');
});

test('created_at stays and updated_at moves on every change', async () => {
  const who = fresh();
  const made = await shop(who);
  const times = async () => (await send(who, 'GET', `/prices/${made.price}`)).data;
  const seen = [await times()];
  await send(who, 'PUT', `/prices/${made.price}`, { description: 'x' });
  seen.push(await times());
  await send(who, 'DELETE', `/groups/${made.group}`);
  seen.push(await times());
  expect(new Set(seen.map((each) => each.created_at)).size).toBe(1);
  const updated = seen.map((each) => String(each.updated_at));
  expect(new Set(updated).size).toBe(3);
  expect([...updated].sort()).toEqual(updated);
});

test('a new amount ends the price and starts a successor in the same group', async () => {
  const who = fresh();
  const made = await shop(who);
  const next = await send(who, 'PUT', `/prices/${made.price}`, { amount: '12.50' });
  expect(next.data).toMatchObject({ amount: '12.5', parent_price_id: made.price });
  expect(next.data.group_id).toBe(made.group);
  const old = await send(who, 'GET', `/prices/${made.price}`);
  expect(old.data).toMatchObject({ amount: '10', end_date: next.data.start_date });
});

test('a price needs a plan that exists', async () => {
  const who = fresh();
  const plan = await send(fresh(), 'POST', '/plans', { name: 'P' });
  for (const id of ['nothing', plan.id]) {
    expect((await send(who, 'POST', '/prices', price(id))).status).toBe(404);
  }
});

test('group searches filter, page and count', async () => {
  const who = fresh();
  for (const key of ['a', 'b', 'c']) await send(who, 'POST', '/groups', group(key, `Name ${key}`));
  const keys = async (body: unknown) =>
    (await send(who, 'POST', '/groups/search', body)).items.map(
      (item) => (item as { lookup_key?: string }).lookup_key,
    );
  expect(await keys({})).toEqual(['c', 'b', 'a']);
  expect(await keys({ lookup_key: 'b' })).toEqual(['b']);
  expect(await keys({ name: 'ame c', entity_type: 'price' })).toEqual(['c']);
  expect(await keys({ limit: 2, offset: 1 })).toEqual(['b', 'a']);
  const page = await send(who, 'POST', '/groups/search', { limit: 2 });
  expect(page.data.pagination).toEqual({ total: 3, limit: 2, offset: 0 });
});

test('a plan keeps what it was given and refuses a second one with its key', async () => {
  const who = fresh();
  const body = { name: 'Pro', lookup_key: 'pro', display_order: 2, metadata: { tier: 'x' } };
  const made = await send(who, 'POST', '/plans', body);
  expect(made.status).toBe(201);
  expect((await send(who, 'GET', `/plans/${made.id}`)).data).toMatchObject(body);
  const again = await send(who, 'POST', '/plans', body);
  expect([again.status, again.data.code]).toEqual([409, 'already_exists']);
  expect((await send(who, 'POST', '/plans', { name: 'Pro', lookup_key: '' })).status).toBe(201);
  expect((await send(who, 'POST', '/plans', { name: 'Pro', lookup_key: '' })).status).toBe(201);
});

test('nothing can be seen or deleted from another tenant or environment', async () => {
  const who = fresh();
  const made = await shop(who);
  for (const other of [fresh(), { ...who, env: 'two' }]) {
    for (const path of [`/groups/${made.group}`, `/plans/${made.plan}`, `/prices/${made.price}`]) {
      expect((await send(other, 'GET', path)).status).toBe(404);
    }
    expect((await send(other, 'DELETE', `/groups/${made.group}`)).status).toBe(404);
    expect((await send(other, 'PUT', `/prices/${made.price}`, {})).status).toBe(404);
    expect((await send(other, 'POST', '/groups/search', {})).items).toEqual([]);
  }
});

test('a request without a valid key answers 401', async () => {
  expect((await send({ key: '' }, 'POST', '/groups/search', {})).status).toBe(401);
  const closed = await startReference({ keys: ['good'] });
  const ask = (key: string) => new Talk(closed.url).ask('POST', '/groups/search', {}, { key });
  expect([(await ask('bad')).status, (await ask('good')).status]).toEqual([401, 200]);
  await closed.close();
});

test('broken JSON, unknown routes and wrong methods have their own status', async () => {
  const broken = await talk.ask('POST', '/groups', undefined, { raw: '{' });
  expect([broken.status, JSON.parse(broken.text).code]).toEqual([400, 'validation_error']);
  expect((await talk.ask('GET', '/nothing')).status).toBe(404);
  const wrong = await fetch(`${server.url}/groups`, { method: 'PUT' });
  expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST']);
});

test('an unknown fault or variant is refused with the known ids', async () => {
  await expect(startReference({ fault: 'none' })).rejects.toThrow('group-key-race');
  await expect(startReference({ benign: 'none' })).rejects.toThrow('uuid-ids');
});

test('two healthy servers leave the same transcript', async () => {
  expect(await firstDifference(undefined)).toBeUndefined();
}, 60_000);

test('every fault shows in some answer', async () => {
  const hidden: string[] = [];
  for (const id of Object.keys(faults)) {
    if ((await firstDifference(id)) === undefined) hidden.push(id);
  }
  expect(hidden).toEqual([]);
}, 300_000);

test('every benign variant does what the documents say', async () => {
  const visits = Object.keys(benign).map(async (id) => {
    const unusual = await startReference({ benign: id });
    const wrong = await visit(unusual.url).finally(() => unusual.close());
    return wrong.map((what) => `${id}: ${what}`);
  });
  expect((await Promise.all(visits)).flat()).toEqual([]);
}, 60_000);
