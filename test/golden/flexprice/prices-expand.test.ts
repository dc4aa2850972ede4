// "GET /v1/prices/:id?expand=groups or POST /v1/prices/search with expand: "groups" in the body to get
// full group object on each price" (Groups guide).

import { expect, test } from 'vitest';
import { flat, group, plan, price, start, T0, type Talk } from './talk.ts';

async function priceInGroup(talk: Talk) {
  const group_id = await group(talk);
  const id = await price(talk, { group_id });
  const whole = {
    id: group_id,
    name: 'GPU usage',
    lookup_key: 'gpu-usage',
    entity_type: 'price',
    entity_ids: [id],
    metadata: {},
    status: 'published',
    created_at: T0,
    updated_at: T0,
  };
  return { id, group_id, whole };
}

test('[price.expand-groups] get shows the whole group with expand=groups', async () => {
  const talk = start();
  const { id, group_id, whole } = await priceInGroup(talk);
  const plain = await talk.get(`/prices/${id}`);
  expect(plain.body).not.toHaveProperty('group');
  const read = await talk.get(`/prices/${id}?expand=groups`);
  expect(read.status).toBe(200);
  expect(read.body).toEqual({ ...plain.body, group_id, group: whole });
  expect((await talk.get(`/groups/${group_id}`)).body).toEqual(whole);
});

test('[price.expand-groups] search shows the whole group on each price with expand "groups"', async () => {
  const talk = start();
  const { id, whole } = await priceInGroup(talk);
  const loose = await price(talk);
  const plain = await talk.post('/prices/search', {});
  for (const item of plain.body.items) expect(item).not.toHaveProperty('group');
  const found = await talk.post('/prices/search', { expand: 'groups' });
  expect(found.status).toBe(200);
  expect(found.body).toEqual({
    items: [
      expect.objectContaining({ id: loose, group_id: null }),
      expect.objectContaining({ id, group: whole }),
    ],
    pagination: { total: 2, limit: 50, offset: 0 },
  });
  expect(found.body.items[0]).not.toHaveProperty('group');
});

test('[price.expand-groups] groups may be one of several names', async () => {
  const talk = start();
  const { id, whole } = await priceInGroup(talk);
  for (const expand of ['meters,groups', 'groups,meters', 'meters, groups']) {
    const read = await talk.get(`/prices/${id}?expand=${encodeURIComponent(expand)}`);
    expect(read.body['group']).toEqual(whole);
    const found = await talk.post('/prices/search', { expand });
    expect(found.body.items[0]?.['group']).toEqual(whole);
  }
});

test('[price.expand-groups] no other name shows it', async () => {
  const talk = start();
  const { id } = await priceInGroup(talk);
  for (const expand of ['', 'meters', 'plan', 'mygroups', 'groups2']) {
    const read = await talk.get(`/prices/${id}?expand=${expand}`);
    expect(read.body).not.toHaveProperty('group');
    const found = await talk.post('/prices/search', { expand });
    expect(found.body.items[0]).not.toHaveProperty('group');
  }
});

test('[price.expand-groups] create and update never show it', async () => {
  const talk = start();
  const { id, group_id } = await priceInGroup(talk);
  const body = { ...flat(await plan(talk)), group_id, expand: 'groups' };
  expect((await talk.post('/prices?expand=groups', body)).body).not.toHaveProperty('group');
  const updated = await talk.put(`/prices/${id}?expand=groups`, { group_id, expand: 'groups' });
  expect(updated.status).toBe(200);
  expect(updated.body).not.toHaveProperty('group');
});

test('[price.expand-groups] shows the group as it is now', async () => {
  const talk = start();
  const { id } = await priceInGroup(talk);
  const two = await group(talk, 'two');
  const second = await price(talk, { group_id: two });
  await talk.put(`/prices/${id}`, { group_id: two });
  const read = await talk.get(`/prices/${id}?expand=groups`);
  expect(read.body['group']).toMatchObject({ id: two, lookup_key: 'two' });
  const members = (read.body['group'] as { entity_ids: string[] }).entity_ids;
  expect([...members].sort()).toEqual([id, second].sort());
});
