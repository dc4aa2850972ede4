// A published group's lookup key is unique in its tenant and environment: Groups guide, Validation.

import { expect, test } from 'vitest';
import { GPU, group, ids, refusal, start } from './talk.ts';

test('[group.lookup-key-unique] refuses a second published group with the same key, and stores nothing', async () => {
  const talk = start();
  const first = await group(talk, 'gpu-usage');
  const refused = await talk.post('/groups', {
    name: 'Another name',
    lookup_key: 'gpu-usage',
    entity_type: 'price',
  });
  expect(refused.status).toBe(400);
  expect(refused.body).toEqual(refusal(400, 'already_exists', 'lookup_key'));
  expect(refused.headers['x-tallystick-rule']).toBe('group.lookup-key-unique');
  expect(refused.wrote).toBe(false);
  const found = await talk.post('/groups/search', {});
  expect(ids(found)).toEqual([first]);
  expect(found.body.items[0]).toMatchObject({ name: 'GPU usage' });
});

test('[group.lookup-key-unique] refuses the key again and again', async () => {
  const talk = start();
  await group(talk);
  for (const _ of [1, 2, 3]) expect((await talk.post('/groups', GPU)).status).toBe(400);
});

test('[group.lookup-key-unique] takes another key, another case and another blank', async () => {
  const talk = start();
  await group(talk, 'gpu-usage');
  for (const lookup_key of ['gpu-usage-2', 'GPU-USAGE', ' gpu-usage', 'gpu-usage ']) {
    expect((await talk.post('/groups', { ...GPU, lookup_key })).status).toBe(201);
  }
});

test('[group.lookup-key-unique] frees the key when its group is deleted', async () => {
  const talk = start();
  const first = await group(talk, 'gpu-usage');
  await talk.delete(`/groups/${first}`);
  const second = await talk.post('/groups', GPU);
  expect(second.status).toBe(201);
  expect(second.body.id).not.toBe(first);
  expect((await talk.post('/groups', GPU)).status).toBe(400);
  expect((await talk.get(`/groups/${first}`)).body).toMatchObject({
    status: 'archived',
    lookup_key: 'gpu-usage',
  });
  expect(ids(await talk.post('/groups/search', { lookup_key: 'gpu-usage' }))).toEqual([
    second.body.id,
  ]);
});

test('[group.lookup-key-unique] a second delete of the old group does not free the key of the new one', async () => {
  const talk = start();
  const first = await group(talk, 'gpu-usage');
  await talk.delete(`/groups/${first}`);
  await group(talk, 'gpu-usage');
  await talk.delete(`/groups/${first}`);
  expect((await talk.post('/groups', GPU)).status).toBe(400);
});

test('[group.lookup-key-unique] takes the same key in another tenant and in another environment', async () => {
  const talk = start();
  await group(talk, 'gpu-usage', { key: 'key-a' });
  await group(talk, 'gpu-usage', { key: 'key-b' });
  await group(talk, 'gpu-usage', { key: 'key-a', environment: 'env_production' });
  await group(talk, 'gpu-usage', { key: 'key-b', environment: 'env_production' });
  for (const key of ['key-a', 'key-b']) {
    expect((await talk.post('/groups', GPU, { key })).status).toBe(400);
    expect((await talk.post('/groups', GPU, { key, environment: 'env_production' })).status).toBe(
      400,
    );
  }
});

test('[group.lookup-key-unique] a refused body does not take the key', async () => {
  const talk = start();
  expect((await talk.post('/groups', { ...GPU, entity_type: 'plan' })).status).toBe(400);
  expect((await talk.post('/groups', GPU)).status).toBe(201);
});

test('[group.lookup-key-unique] of many creates of one key at once, one wins', async () => {
  const talk = start();
  const answers = await Promise.all(Array.from({ length: 50 }, () => talk.post('/groups', GPU)));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 400)).toHaveLength(49);
});
