// Deleting groups: "Soft-delete. When you delete a group, every price in that group has its group_id
// cleared" (Groups guide).

import { expect, test } from 'vitest';
import { GPU, group, ids, plan, price, refusal, start, T0 } from './talk.ts';

const LATER = '2026-03-04T16:02:45.000Z';
const ENDED = { start_date: '2025-01-01T00:00:00Z', end_date: '2025-06-30T00:00:00Z' };

test('[group.delete-is-soft] a deleted group stays readable, as archived', async () => {
  const talk = start();
  const id = await group(talk);
  talk.at(LATER);
  const deleted = await talk.delete(`/groups/${id}`);
  expect(deleted.status).toBe(204);
  expect(deleted.body).toBeUndefined();
  expect(deleted.headers).toEqual({});
  const read = await talk.get(`/groups/${id}`);
  expect(read.status).toBe(200);
  expect(read.body).toEqual({
    id,
    ...GPU,
    entity_ids: [],
    metadata: {},
    status: 'archived',
    created_at: T0,
    updated_at: LATER,
  });
});

test('[group.delete-is-soft] a group that was not deleted stays published', async () => {
  const talk = start();
  const kept = await group(talk, 'kept');
  await talk.delete(`/groups/${await group(talk, 'gone')}`);
  expect((await talk.get(`/groups/${kept}`)).body['status']).toBe('published');
});

test('[group.delete-is-soft] a second delete answers 204 again and the group stays archived', async () => {
  const talk = start();
  const id = await group(talk);
  await talk.delete(`/groups/${id}`);
  const again = await talk.delete(`/groups/${id}`);
  expect(again.status).toBe(204);
  expect(again.body).toBeUndefined();
  expect((await talk.get(`/groups/${id}`)).body['status']).toBe('archived');
});

test('[group.delete-is-soft] refuses to delete a group that never was', async () => {
  const talk = start();
  const refused = await talk.delete('/groups/group_01K6Z3V9Q4T7M2XW8CJ5RBNE0H');
  expect(refused.status).toBe(404);
  expect(refused.body).toEqual(refusal(404, 'not_found'));
});

test('[group.delete-hides] a deleted group is in no search, by key, name, type or id', async () => {
  const talk = start();
  const gone = await group(talk, 'gone');
  const kept = await group(talk, 'kept');
  expect(ids(await talk.post('/groups/search', {}))).toEqual([kept, gone]);
  await talk.delete(`/groups/${gone}`);
  for (const filter of [
    {},
    { name: 'GPU' },
    { entity_type: 'price' },
    { group_ids: [gone, kept] },
  ]) {
    const found = await talk.post('/groups/search', filter);
    expect(ids(found)).toEqual([kept]);
    expect(found.body['pagination']).toEqual({ total: 1, limit: 50, offset: 0 });
  }
  expect(ids(await talk.post('/groups/search', { lookup_key: 'gone' }))).toEqual([]);
  expect(ids(await talk.post('/groups/search', { group_ids: [gone] }))).toEqual([]);
});

test('[group.delete-clears-prices] ungroups every price of the group, ended ones too, and no other', async () => {
  const talk = start();
  const gone = await group(talk, 'gone');
  const other = await group(talk, 'other');
  const entity_id = await plan(talk);
  const running = await price(talk, { entity_id, group_id: gone });
  const ended = await price(talk, { entity_id, group_id: gone, ...ENDED });
  const moved = await price(talk, { entity_id });
  await talk.put(`/prices/${moved}`, { group_id: gone });
  const elsewhere = await price(talk, { entity_id, group_id: other });
  const loose = await price(talk, { entity_id });
  const left = await price(talk, { entity_id, group_id: gone });
  await talk.put(`/prices/${left}`, { group_id: other });
  const before = new Map<string, unknown>();
  for (const id of [elsewhere, loose, left]) before.set(id, (await talk.get(`/prices/${id}`)).body);

  talk.at(LATER);
  expect((await talk.delete(`/groups/${gone}`)).status).toBe(204);

  for (const id of [running, ended, moved]) {
    const { body } = await talk.get(`/prices/${id}`);
    expect(body).toMatchObject({ group_id: null, created_at: T0, updated_at: LATER });
  }
  for (const [id, was] of before) expect((await talk.get(`/prices/${id}`)).body).toEqual(was);
  expect((await talk.get(`/prices/${ended}`)).body['end_date']).toBe('2025-06-30T00:00:00Z');
  expect((await talk.get(`/groups/${gone}`)).body['entity_ids']).toEqual([]);
  expect((await talk.get(`/groups/${other}`)).body['entity_ids']).toEqual([elsewhere, left]);
});

test('[group.delete-clears-prices] ungroups more prices than a page of any search holds', async () => {
  const talk = start();
  const id = await group(talk);
  const entity_id = await plan(talk);
  for (let n = 0; n < 120; n++) await price(talk, { entity_id, group_id: id });
  await talk.delete(`/groups/${id}`);
  const all = await talk.post('/prices/search', { limit: 1000 });
  expect(all.body.items).toHaveLength(120);
  expect(all.body.items.filter((item) => item['group_id'] !== null)).toEqual([]);
});

test('[group.delete-clears-prices] leaves prices in a group of the same key of another tenant', async () => {
  const talk = start();
  const mine = await group(talk, 'gpu-usage', { key: 'key-a' });
  const theirs = await group(talk, 'gpu-usage', { key: 'key-b' });
  const theirPrice = await price(talk, { group_id: theirs }, { key: 'key-b' });
  await talk.delete(`/groups/${mine}`, { key: 'key-a' });
  const read = await talk.get(`/prices/${theirPrice}`, { key: 'key-b' });
  expect(read.body['group_id']).toBe(theirs);
});

test('[group.delete-clears-prices] expand shows no group on a price whose group was deleted', async () => {
  const talk = start();
  const id = await group(talk);
  const member = await price(talk, { group_id: id });
  await talk.delete(`/groups/${id}`);
  const read = await talk.get(`/prices/${member}?expand=groups`);
  expect(read.status).toBe(200);
  expect(read.body).not.toHaveProperty('group');
});
