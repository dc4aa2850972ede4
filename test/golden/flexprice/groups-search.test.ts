// Searching groups: "Search groups by lookup_key, name, entity_type" (Groups guide), and what was observed.

import { expect, test } from 'vitest';
import { GPU, group, ids, refusal, start, T0, type Talk } from './talk.ts';

async function three(talk: Talk) {
  const make = async (name: string, lookup_key: string) =>
    (await talk.post('/groups', { name, lookup_key, entity_type: 'price' })).body.id;
  return {
    gpu: await make('GPU usage', 'gpu-usage'),
    cpu: await make('CPU usage', 'cpu-usage'),
    region: await make('Europe', 'region-eu'),
  };
}

test('[group.search-filters] finds a group by its exact lookup key', async () => {
  const talk = start();
  const { gpu } = await three(talk);
  const found = await talk.post('/groups/search', { lookup_key: 'gpu-usage', limit: 10 });
  expect(found.status).toBe(200);
  expect(found.body).toEqual({
    items: [
      {
        id: gpu,
        ...GPU,
        entity_ids: [],
        metadata: {},
        status: 'published',
        created_at: T0,
        updated_at: T0,
      },
    ],
    pagination: { total: 1, limit: 10, offset: 0 },
  });
  for (const lookup_key of ['gpu', 'GPU-USAGE', 'nothing']) {
    expect((await talk.post('/groups/search', { lookup_key })).body).toEqual({
      items: [],
      pagination: { total: 0, limit: 50, offset: 0 },
    });
  }
});

test('[group.search-filters] finds groups by their name and by a part of it', async () => {
  const talk = start();
  const { gpu, cpu, region } = await three(talk);
  expect(ids(await talk.post('/groups/search', { name: 'GPU usage' }))).toEqual([gpu]);
  expect(ids(await talk.post('/groups/search', { name: 'usage' }))).toEqual([cpu, gpu]);
  expect(ids(await talk.post('/groups/search', { name: 'urop' }))).toEqual([region]);
  expect(ids(await talk.post('/groups/search', { name: 'nowhere' }))).toEqual([]);
});

test('[group.search-filters] finds groups by their entity type', async () => {
  const talk = start();
  const { gpu, cpu, region } = await three(talk);
  expect(ids(await talk.post('/groups/search', { entity_type: 'price' }))).toEqual([
    region,
    cpu,
    gpu,
  ]);
});

test('[group.search-filters] filters narrow together', async () => {
  const talk = start();
  const { gpu } = await three(talk);
  const both = { name: 'usage', lookup_key: 'gpu-usage', entity_type: 'price' };
  expect(ids(await talk.post('/groups/search', both))).toEqual([gpu]);
  const neither = { name: 'Europe', lookup_key: 'gpu-usage' };
  expect(ids(await talk.post('/groups/search', neither))).toEqual([]);
});

test('[group.search-filters] an empty object finds every published group', async () => {
  const talk = start();
  const { gpu, cpu, region } = await three(talk);
  expect(ids(await talk.post('/groups/search', {}))).toEqual([region, cpu, gpu]);
});

test('[group.search-ids] finds the groups of the given ids and ignores unknown ids', async () => {
  const talk = start();
  const { gpu, region } = await three(talk);
  expect(ids(await talk.post('/groups/search', { group_ids: [gpu] }))).toEqual([gpu]);
  expect(
    ids(await talk.post('/groups/search', { group_ids: [region, 'group_unknown', gpu] })),
  ).toEqual([region, gpu]);
  expect(ids(await talk.post('/groups/search', { group_ids: ['group_unknown'] }))).toEqual([]);
});

test('[group.search-times] narrows by the time of creation, both ends included', async () => {
  const talk = start();
  talk.at('2026-03-01T10:00:00Z');
  const first = await group(talk, 'first');
  talk.at('2026-03-02T10:00:00Z');
  const second = await group(talk, 'second');
  talk.at('2026-03-03T10:00:00Z');
  const third = await group(talk, 'third');
  const between = async (filter: { start_time?: string; end_time?: string }) =>
    ids(await talk.post('/groups/search', filter));
  expect(await between({ start_time: '2026-03-02T10:00:00Z' })).toEqual([third, second]);
  expect(await between({ start_time: '2026-03-02T10:00:00.001Z' })).toEqual([third]);
  expect(await between({ end_time: '2026-03-02T10:00:00Z' })).toEqual([second, first]);
  expect(await between({ end_time: '2026-03-02T09:59:59.999Z' })).toEqual([first]);
  expect(
    await between({ start_time: '2026-03-02T00:00:00Z', end_time: '2026-03-02T23:59:59Z' }),
  ).toEqual([second]);
});

test('[group.search-times] reads the offset of a time', async () => {
  const talk = start();
  talk.at('2026-03-02T10:00:00Z');
  const id = await group(talk);
  const from = async (start_time: string) => ids(await talk.post('/groups/search', { start_time }));
  expect(await from('2026-03-02T15:30:00+05:30')).toEqual([id]);
  expect(await from('2026-03-02T15:30:01+05:30')).toEqual([]);
});

test('[group.search-times] refuses what is no time', async () => {
  const talk = start();
  const refused = await talk.post('/groups/search', { start_time: 'yesterday', end_time: 5 });
  expect(refused.status).toBe(400);
  expect(refused.body).toEqual(refusal(400, 'validation_error', 'start_time', 'end_time'));
});

test('refuses filters of the wrong type, each named in details', async () => {
  const talk = start();
  const refused = await talk.post('/groups/search', { lookup_key: 7, name: [], group_ids: 'x' });
  expect(refused.status).toBe(400);
  expect(refused.body).toEqual(refusal(400, 'validation_error', 'lookup_key', 'name', 'group_ids'));
});
