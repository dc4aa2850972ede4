// Reading groups: the ids of their prices, and what is never null ("Create group", GroupResponse).

import { expect, test } from 'vitest';
import { GPU, group, plan, price, refusal, start, T0 } from './talk.ts';

test('[record.kept] a group is read as it was made', async () => {
  const talk = start();
  const made = await talk.post('/groups', GPU);
  const read = await talk.get(`/groups/${made.body.id}`);
  expect(read.status).toBe(200);
  expect(read.body).toEqual(made.body);
  expect(read.wrote).toBe(false);
});

test('[group.entity-ids] a group without prices shows an empty list, on every answer', async () => {
  const talk = start();
  const made = await talk.post('/groups', GPU);
  expect(made.body['entity_ids']).toEqual([]);
  expect((await talk.get(`/groups/${made.body.id}`)).body['entity_ids']).toEqual([]);
  expect((await talk.post('/groups/search', {})).body.items[0]?.['entity_ids']).toEqual([]);
});

test('[group.entity-ids] a group shows the ids of its own prices, ended ones too, and no others', async () => {
  const talk = start();
  const id = await group(talk, 'one');
  const other = await group(talk, 'two');
  const entity_id = await plan(talk);
  const first = await price(talk, { entity_id, group_id: id });
  const ended = await price(talk, { entity_id, group_id: id, end_date: '2025-01-01T00:00:00Z' });
  const elsewhere = await price(talk, { entity_id, group_id: other });
  await price(talk, { entity_id });
  const shown = (await talk.get(`/groups/${id}`)).body;
  expect(shown['entity_ids']).toEqual([first, ended]);
  expect((await talk.get(`/groups/${other}`)).body['entity_ids']).toEqual([elsewhere]);
  const found = await talk.post('/groups/search', { lookup_key: 'one' });
  expect(found.body.items).toEqual([shown]);
});

test('[group.entity-ids] a price that leaves, enters or moves is seen at once', async () => {
  const talk = start();
  const one = await group(talk, 'one');
  const two = await group(talk, 'two');
  const id = await price(talk, { group_id: one });
  const members = async (of: string) => (await talk.get(`/groups/${of}`)).body['entity_ids'];
  await talk.put(`/prices/${id}`, { group_id: two });
  expect([await members(one), await members(two)]).toEqual([[], [id]]);
  await talk.put(`/prices/${id}`, { group_id: '' });
  expect([await members(one), await members(two)]).toEqual([[], []]);
  await talk.put(`/prices/${id}`, { group_id: one });
  expect([await members(one), await members(two)]).toEqual([[id], []]);
});

test('[group.starts-published] neither metadata nor entity_ids is null on create, get, search or expand', async () => {
  const talk = start();
  const made = await talk.post('/groups', GPU);
  const { id } = made.body;
  const member = await price(talk, { group_id: id });
  const shown = [
    made.body,
    (await talk.get(`/groups/${id}`)).body,
    (await talk.post('/groups/search', {})).body.items[0],
    (await talk.get(`/prices/${member}?expand=groups`)).body['group'],
  ];
  for (const one of shown) {
    expect(one).toMatchObject({ metadata: {}, entity_ids: expect.any(Array), created_at: T0 });
  }
  await talk.delete(`/groups/${id}`);
  expect((await talk.get(`/groups/${id}`)).body).toMatchObject({ metadata: {}, entity_ids: [] });
});

test('refuses to read a group that never was, and one whose id is another kind of record', async () => {
  const talk = start();
  for (const id of ['group_01K6Z3V9Q4T7M2XW8CJ5RBNE0H', 'x', await plan(talk), await price(talk)]) {
    const refused = await talk.get(`/groups/${id}`);
    expect(refused.status).toBe(404);
    expect(refused.body).toEqual(refusal(404, 'not_found'));
  }
});
