// A price's group: assigned on create and update, kept, cleared, refused (Groups guide, "Assigning a
// price to a group" and Validation).

import { expect, test } from 'vitest';
import { flat, group, plan, price, refusal, start, type Talk } from './talk.ts';

const UNKNOWN = 'group_01K6Z3V9Q4T7M2XW8CJ5RBNE0H';

const groupOf = async (talk: Talk, id: string) =>
  (await talk.get(`/prices/${id}`)).body['group_id'];

/** The ids of groups that a price may not be put into. */
async function badGroups(talk: Talk) {
  const deleted = await group(talk, 'deleted');
  await talk.delete(`/groups/${deleted}`);
  return [
    UNKNOWN,
    'x',
    deleted,
    await group(talk, 'foreign', { key: 'key-b' }),
    await group(talk, 'elsewhere', { environment: 'env_2' }),
    await plan(talk),
  ];
}

test('[price.group-exists] a price is made in a group, which its answer names by id only', async () => {
  const talk = start();
  const group_id = await group(talk);
  const made = await talk.post('/prices', { ...flat(await plan(talk)), group_id });
  expect(made.status).toBe(201);
  expect(made.body['group_id']).toBe(group_id);
  expect(made.body).not.toHaveProperty('group');
});

test('[price.group-exists] refuses to make a price in an unknown, deleted or foreign group', async () => {
  const talk = start();
  const entity_id = await plan(talk);
  for (const group_id of await badGroups(talk)) {
    const refused = await talk.post('/prices', { ...flat(entity_id), group_id });
    expect(refused.status).toBe(400);
    expect(refused.body).toEqual(refusal(400, 'validation_error', 'group_id'));
    expect(refused.headers['x-tallystick-rule']).toBe('price.group-exists');
    expect(refused.wrote).toBe(false);
  }
  expect((await talk.post('/prices/search', {})).body.items).toEqual([]);
});

test('[price.group-exists] refuses to move a price into an unknown, deleted or foreign group', async () => {
  const talk = start();
  const home = await group(talk, 'home');
  const id = await price(talk, { group_id: home });
  const before = (await talk.get(`/prices/${id}`)).body;
  for (const group_id of await badGroups(talk)) {
    const refused = await talk.put(`/prices/${id}`, { group_id, display_name: 'Moved' });
    expect(refused.status).toBe(400);
    expect(refused.body).toEqual(refusal(400, 'validation_error', 'group_id'));
    expect(refused.wrote).toBe(false);
  }
  expect((await talk.get(`/prices/${id}`)).body).toEqual(before);
  expect((await talk.get(`/groups/${home}`)).body['entity_ids']).toEqual([id]);
});

test('[price.group-exists] a price without a group may be made: not sent, null or empty', async () => {
  const talk = start();
  const entity_id = await plan(talk);
  for (const body of [
    flat(entity_id),
    { ...flat(entity_id), group_id: null },
    { ...flat(entity_id), group_id: '' },
  ]) {
    const made = await talk.post('/prices', body);
    expect(made.status).toBe(201);
    expect(made.body['group_id'] ?? '').toBe('');
  }
});

test('[price.group-exists] an ended price may be put into a group', async () => {
  const talk = start();
  const group_id = await group(talk);
  const id = await price(talk, { end_date: '2025-06-30T00:00:00Z' });
  expect((await talk.put(`/prices/${id}`, { group_id })).status).toBe(200);
  expect(await groupOf(talk, id)).toBe(group_id);
});

test('[price.group-kept-or-cleared] an update without group_id, or with null, keeps the group', async () => {
  const talk = start();
  const group_id = await group(talk);
  const id = await price(talk, { group_id });
  for (const body of [{}, { display_name: 'New' }, { group_id: null }]) {
    const updated = await talk.put(`/prices/${id}`, body);
    expect(updated.status).toBe(200);
    expect(updated.body['group_id']).toBe(group_id);
    expect(await groupOf(talk, id)).toBe(group_id);
  }
  expect((await talk.get(`/groups/${group_id}`)).body['entity_ids']).toEqual([id]);
});

test('[price.group-kept-or-cleared] an update with "" takes the price out of its group', async () => {
  const talk = start();
  const group_id = await group(talk);
  const id = await price(talk, { group_id });
  const other = await price(talk, { group_id });
  const updated = await talk.put(`/prices/${id}`, { group_id: '' });
  expect(updated.status).toBe(200);
  expect(updated.body).toMatchObject({ id, group_id: null });
  expect(await groupOf(talk, id)).toBe(null);
  expect(await groupOf(talk, other)).toBe(group_id);
  const again = await talk.put(`/prices/${id}`, { group_id: '' });
  expect(again.status).toBe(200);
  expect((await talk.get(`/prices/${id}?expand=groups`)).body).not.toHaveProperty('group');
});

test('[price.group-kept-or-cleared] an update with an id puts the price in, and moves it on', async () => {
  const talk = start();
  const one = await group(talk, 'one');
  const two = await group(talk, 'two');
  const id = await price(talk);
  for (const group_id of [one, two, two]) {
    const updated = await talk.put(`/prices/${id}`, { group_id });
    expect(updated.status).toBe(200);
    expect(updated.body).toMatchObject({ id, group_id });
    expect(updated.body).not.toHaveProperty('group');
  }
});

test('[price.group-kept-or-cleared] null and nothing keep "no group" too', async () => {
  const talk = start();
  const id = await price(talk);
  for (const body of [{ group_id: null }, { description: 'x' }]) {
    expect((await talk.put(`/prices/${id}`, body)).body['group_id']).toBe(null);
  }
});

test('refuses to update a price that never was', async () => {
  const talk = start();
  const refused = await talk.put('/prices/price_01K6Z41B7S0YQH3D9MVT6FKX2A', { group_id: '' });
  expect(refused.status).toBe(404);
  expect(refused.body).toEqual(refusal(404, 'not_found'));
});

test('refuses an update with fields of the wrong type, each named in details', async () => {
  const talk = start();
  const id = await price(talk);
  const refused = await talk.put(`/prices/${id}`, {
    group_id: 5,
    metadata: { a: 1 },
    lookup_key: [],
  });
  expect(refused.status).toBe(400);
  expect(refused.body).toEqual(
    refusal(400, 'validation_error', 'group_id', 'metadata.a', 'lookup_key'),
  );
});
