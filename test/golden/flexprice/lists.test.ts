// Pages and order, of groups and of prices alike.

import { expect, test } from 'vitest';
import { ids, plan, price, refusal, start, type Talk } from './talk.ts';

async function groupsNamed(talk: Talk, ...names: string[]) {
  const made: string[] = [];
  for (const [n, name] of names.entries()) {
    talk.at(`2026-03-02T10:00:0${n}Z`);
    const body = { name, lookup_key: `key-${n}`, entity_type: 'price' };
    made.push((await talk.post('/groups', body)).body.id);
  }
  return made;
}

test('[list.pages] pages of groups are disjoint, complete and as long as asked', async () => {
  const talk = start();
  const made = await groupsNamed(talk, 'a', 'b', 'c', 'd', 'e');
  const page = async (offset: number) => talk.post('/groups/search', { limit: 2, offset });
  expect(ids(await page(0))).toEqual([made[4], made[3]]);
  expect(ids(await page(2))).toEqual([made[2], made[1]]);
  expect(ids(await page(4))).toEqual([made[0]]);
  expect(ids(await page(6))).toEqual([]);
  expect((await page(2)).body['pagination']).toEqual({ total: 5, limit: 2, offset: 2 });
  expect((await page(6)).body['pagination']).toEqual({ total: 5, limit: 2, offset: 6 });
});

test('[list.pages] pages of prices are disjoint, complete and as long as asked', async () => {
  const talk = start();
  const entity_id = await plan(talk);
  const made: string[] = [];
  for (let n = 0; n < 3; n++) made.unshift(await price(talk, { entity_id }));
  const page = async (offset: number) => talk.post('/prices/search', { limit: 2, offset });
  expect(ids(await page(0))).toEqual(made.slice(0, 2));
  expect(ids(await page(2))).toEqual(made.slice(2));
  expect((await page(2)).body['pagination']).toEqual({ total: 3, limit: 2, offset: 2 });
});

test('[list.pages] a page holds 50 unless told', async () => {
  const talk = start();
  const entity_id = await plan(talk);
  for (let n = 0; n < 51; n++) {
    await price(talk, { entity_id });
    await talk.post('/groups', { name: 'n', lookup_key: `k${n}`, entity_type: 'price' });
  }
  for (const path of ['/groups/search', '/prices/search']) {
    const first = await talk.post(path, {});
    expect(first.body.items).toHaveLength(50);
    expect(first.body['pagination']).toEqual({ total: 51, limit: 50, offset: 0 });
    expect((await talk.post(path, { offset: 50 })).body.items).toHaveLength(1);
  }
});

test('[list.pages] the total counts what matches, not what is there', async () => {
  const talk = start();
  await groupsNamed(talk, 'apple', 'pear', 'apricot');
  const found = await talk.post('/groups/search', { name: 'ap', limit: 1 });
  expect(found.body.items).toHaveLength(1);
  expect(found.body['pagination']).toEqual({ total: 2, limit: 1, offset: 0 });
});

test('[list.pages] takes the smallest and the largest page', async () => {
  const talk = start();
  await groupsNamed(talk, 'a', 'b');
  for (const path of ['/groups/search', '/prices/search']) {
    expect((await talk.post(path, { limit: 1, offset: 0 })).status).toBe(200);
    expect((await talk.post(path, { limit: 1000 })).status).toBe(200);
  }
});

for (const path of ['/groups/search', '/prices/search']) {
  for (const wrong of [{ limit: 0 }, { limit: 1001 }, { limit: '10' }, { limit: 1.5 }]) {
    test(`[list.pages] POST ${path} refuses ${JSON.stringify(wrong)}`, async () => {
      const refused = await start().post(path, wrong);
      expect(refused.status).toBe(400);
      expect(refused.body).toEqual(refusal(400, 'validation_error', 'limit'));
    });
  }

  test(`[list.pages] POST ${path} refuses an offset below zero`, async () => {
    const refused = await start().post(path, { offset: -1 });
    expect(refused.status).toBe(400);
    expect(refused.body).toEqual(refusal(400, 'validation_error', 'offset'));
  });

  test(`POST ${path} of nothing yet is an empty list, not null`, async () => {
    const found = await start().post(path, {});
    expect(found.status).toBe(200);
    expect(found.body).toEqual({ items: [], pagination: { total: 0, limit: 50, offset: 0 } });
  });
}

test('[list.newest-first] groups and prices come newest first', async () => {
  const talk = start();
  const made = await groupsNamed(talk, 'b', 'c', 'a');
  expect(ids(await talk.post('/groups/search', {}))).toEqual([...made].reverse());
  const entity_id = await plan(talk);
  const first = await price(talk, { entity_id });
  talk.at('2026-03-03T10:00:00Z');
  const second = await price(talk, { entity_id });
  await talk.put(`/prices/${first}`, { display_name: 'changed later' });
  expect(ids(await talk.post('/prices/search', {}))).toEqual([second, first]);
});

test('[list.newest-first] groups of the same moment come in the reverse order of their making', async () => {
  const talk = start();
  const made: string[] = [];
  for (const lookup_key of ['x', 'm', 'a', 'z']) {
    const body = { name: 'same', lookup_key, entity_type: 'price' };
    made.unshift((await talk.post('/groups', body)).body.id);
  }
  expect(ids(await talk.post('/groups/search', {}))).toEqual(made);
});

test('[list.newest-first] groups are sorted as asked, ties newest first', async () => {
  const talk = start();
  const [b1, c, a, b2] = await groupsNamed(talk, 'b', 'c', 'a', 'b');
  const sorted = async (...sort: { field: string; direction: string }[]) =>
    ids(await talk.post('/groups/search', { sort }));
  expect(await sorted({ field: 'name', direction: 'asc' })).toEqual([a, b2, b1, c]);
  expect(await sorted({ field: 'name', direction: 'desc' })).toEqual([c, b2, b1, a]);
  expect(await sorted({ field: 'created_at', direction: 'asc' })).toEqual([b1, c, a, b2]);
  expect(
    await sorted({ field: 'name', direction: 'asc' }, { field: 'created_at', direction: 'asc' }),
  ).toEqual([a, b1, b2, c]);
});

test('[list.newest-first] refuses a sort of another form', async () => {
  const talk = start();
  const refused = await talk.post('/groups/search', { sort: 'name' });
  expect(refused.status).toBe(400);
  expect(refused.body).toEqual(refusal(400, 'validation_error', 'sort'));
  expect((await talk.post('/groups/search', { sort: [{ field: 'name' }] })).status).toBe(400);
});
