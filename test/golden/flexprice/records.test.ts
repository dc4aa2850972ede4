// What holds for every record: it is kept as it was sent, and its times tell when it changed.

import { expect, test } from 'vitest';
import { flat, group, plan, price, start, T0 } from './talk.ts';

const LATER = '2026-03-04T16:02:45.000Z';
const LATEST = '2026-03-05T08:00:00.000Z';

test('[record.kept] an update changes what was sent and nothing else', async () => {
  const talk = start();
  const group_id = await group(talk);
  const id = await price(talk, {
    group_id,
    lookup_key: 'base',
    display_name: 'Base fee',
    description: 'For all',
    metadata: { a: '1', b: '2' },
    trial_period_days: 14,
  });
  const before = (await talk.get(`/prices/${id}`)).body;
  talk.at(LATER);
  for (const change of [
    { display_name: 'New name' },
    { description: 'For most' },
    { lookup_key: 'base-2' },
    { metadata: { c: '3' } },
  ]) {
    const was = (await talk.get(`/prices/${id}`)).body;
    const updated = await talk.put(`/prices/${id}`, change);
    expect(updated.status).toBe(200);
    const {
      updated_at: _,
      updated_by: __,
      ...rest
    } = { ...was, ...change } as Record<string, unknown>;
    expect(updated.body).toMatchObject(rest);
    expect(updated.body['metadata']).toEqual(rest['metadata']);
    expect((await talk.get(`/prices/${id}`)).body).toEqual(updated.body);
  }
  expect((await talk.get(`/prices/${id}`)).body).toMatchObject({
    id,
    group_id,
    amount: before['amount'],
    trial_period_days: 14,
    display_name: 'New name',
    description: 'For most',
    lookup_key: 'base-2',
    metadata: { c: '3' },
  });
});

test('[record.kept] an update of one price leaves the others alone', async () => {
  const talk = start();
  const entity_id = await plan(talk);
  const one = await price(talk, { entity_id, display_name: 'one' });
  const two = await price(talk, { entity_id, display_name: 'two' });
  const before = (await talk.get(`/prices/${two}`)).body;
  talk.at(LATER);
  await talk.put(`/prices/${one}`, { display_name: 'changed', metadata: { x: 'y' } });
  expect((await talk.get(`/prices/${two}`)).body).toEqual(before);
});

test('[record.kept] fields that nobody knows are ignored, names of JavaScript among them', async () => {
  const talk = start();
  const body = JSON.parse(
    `{"name":"Team","colour":"red","__proto__":{"status":"draft"},"constructor":{"prototype":{"x":1}}}`,
  );
  const made = await talk.post('/plans', body);
  expect(made.status).toBe(201);
  expect(made.body).not.toHaveProperty('colour');
  expect(Object.keys(made.body)).not.toContain('__proto__');
  expect(made.body['status']).toBe('published');
  expect(({} as Record<string, unknown>)['x']).toBeUndefined();
});

test('[record.kept] metadata keeps its own names, those of JavaScript among them', async () => {
  const talk = start();
  const metadata = { toString: 'a', '': 'b', 'a.b': 'c', ünï: 'd' };
  const made = await talk.post('/prices', { ...flat(await plan(talk)), metadata });
  expect(made.status).toBe(201);
  expect((await talk.get(`/prices/${made.body.id}`)).body['metadata']).toEqual(metadata);
});

test('[record.stamped] created_at never moves, updated_at moves with every change', async () => {
  const talk = start();
  const id = await price(talk);
  const times = async () => {
    const { created_at, updated_at } = (await talk.get(`/prices/${id}`)).body;
    return [created_at, updated_at];
  };
  expect(await times()).toEqual([T0, T0]);
  talk.at(LATER);
  expect(await times()).toEqual([T0, T0]);
  await talk.put(`/prices/${id}`, { display_name: 'A' });
  expect(await times()).toEqual([T0, LATER]);
  talk.at(LATEST);
  await talk.put(`/prices/${id}`, { display_name: 'B' });
  expect(await times()).toEqual([T0, LATEST]);
});

test('[record.stamped] updated_at moves although the clock stands still', async () => {
  const talk = start();
  const id = await price(talk);
  const seen = [T0];
  for (const display_name of ['A', 'B', 'C']) {
    const updated = await talk.put(`/prices/${id}`, { display_name });
    expect(updated.body['created_at']).toBe(T0);
    seen.push(String(updated.body['updated_at']));
  }
  expect(new Set(seen).size).toBe(4);
  expect([...seen].sort()).toEqual(seen);
});

test('[record.stamped] a refused update, a read and a search move nothing', async () => {
  const talk = start();
  const id = await price(talk);
  talk.at(LATER);
  expect((await talk.put(`/prices/${id}`, { group_id: 'group_x' })).status).toBe(400);
  await talk.get(`/prices/${id}?expand=groups`);
  await talk.post('/prices/search', {});
  expect((await talk.get(`/prices/${id}`)).body['updated_at']).toBe(T0);
});

test('[record.stamped] a new plan, group and price bear the time of their making', async () => {
  const talk = start();
  talk.at(LATER);
  for (const path of [
    `/plans/${await plan(talk)}`,
    `/groups/${await group(talk)}`,
    `/prices/${await price(talk)}`,
  ]) {
    expect((await talk.get(path)).body).toMatchObject({ created_at: LATER, updated_at: LATER });
  }
});

test('the same requests get the same answers from another mock with the same seed and clock', async () => {
  const story = async () => {
    const talk = start();
    const id = await price(talk, { group_id: await group(talk) });
    return [await talk.get(`/prices/${id}?expand=groups`), await talk.post('/groups', {})];
  };
  expect(await story()).toEqual(await story());
});
