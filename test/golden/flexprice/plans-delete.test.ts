// Deleting a plan archives it (facts 1.5 and 4.3).

import { expect, test } from 'vitest';
import { flat, group, ids, plan, price, refusal, start, T0 } from './talk.ts';

const LATER = '2026-03-04T16:02:45.000Z';

test('[plan.delete-is-soft] a deleted plan is read as archived, with all that it had', async () => {
  const talk = start();
  const made = await talk.post('/plans', {
    name: 'Team',
    lookup_key: 'team',
    description: 'For teams',
    display_order: 3,
    metadata: { segment: 'smb' },
  });
  const path = `/plans/${made.body.id}`;
  talk.at(LATER);
  const deleted = await talk.delete(path);
  expect(deleted.status).toBe(200);
  expect(deleted.body).toEqual({ message: expect.any(String) });
  const read = await talk.get(path);
  expect(read.status).toBe(200);
  expect(read.body).toEqual({
    ...made.body,
    status: 'archived',
    created_at: T0,
    updated_at: LATER,
  });
});

test('[plan.delete-is-soft] deleting an archived plan once more succeeds', async () => {
  const talk = start();
  const path = `/plans/${await plan(talk)}`;
  expect((await talk.delete(path)).status).toBe(200);
  const again = await talk.delete(path);
  expect(again.status).toBe(200);
  expect(again.body).toEqual({ message: expect.any(String) });
  expect((await talk.get(path)).body['status']).toBe('archived');
});

test('[plan.delete-hides] a deleted plan is in no list, the others are', async () => {
  const talk = start();
  const gone = await plan(talk);
  const made = await talk.post('/plans', { name: 'Pro', lookup_key: 'pro' });
  const stays = await plan(talk);
  await talk.delete(`/plans/${gone}`);
  await talk.delete(`/plans/${made.body.id}`);
  for (const found of [
    await talk.get('/plans'),
    await talk.post('/plans/search', {}),
    await talk.post('/plans/search', { plan_ids: [gone, stays] }),
  ]) {
    expect(ids(found)).toEqual([stays]);
    expect(found.body['pagination']).toEqual({ total: 1, limit: 50, offset: 0 });
  }
  expect(ids(await talk.post('/plans/search', { lookup_key: 'pro' }))).toEqual([]);
});

test('[plan.search-status] a deleted plan is found by a search that asks for archived ones', async () => {
  const talk = start();
  const gone = await plan(talk);
  const stays = await plan(talk);
  await talk.delete(`/plans/${gone}`);
  expect(ids(await talk.post('/plans/search', { status: 'archived' }))).toEqual([gone]);
  expect(ids(await talk.post('/plans/search', { status: 'published' }))).toEqual([stays]);
});

test('[plan.search-status] a deleted plan is found by a list that asks for archived ones', async () => {
  const talk = start();
  const gone = await plan(talk);
  const stays = await plan(talk);
  await talk.delete(`/plans/${gone}`);
  expect(ids(await talk.get('/plans?status=archived'))).toEqual([gone]);
  expect(ids(await talk.get('/plans?status=published'))).toEqual([stays]);
  expect(ids(await talk.get('/plans?status=draft'))).toEqual([]);
});

test('[plan.lookup-key-unique] the key of a deleted plan is free', async () => {
  const talk = start();
  const body = { name: 'Team', lookup_key: 'team' };
  const first = await talk.post('/plans', body);
  expect((await talk.post('/plans', body)).status).toBe(409);
  await talk.delete(`/plans/${first.body.id}`);
  expect((await talk.post('/plans', body)).status).toBe(201);
  expect((await talk.post('/plans', body)).status).toBe(409);
  expect((await talk.get(`/plans/${first.body.id}`)).body['lookup_key']).toBe('team');
});

test('the prices of a deleted plan stay as they were, in their groups', async () => {
  const talk = start();
  const entity_id = await plan(talk);
  const group_id = await group(talk);
  const id = await price(talk, { entity_id, group_id, lookup_key: 'base' });
  const before = (await talk.get(`/prices/${id}?expand=groups`)).body;
  talk.at(LATER);
  await talk.delete(`/plans/${entity_id}`);
  expect((await talk.get(`/prices/${id}?expand=groups`)).body).toEqual(before);
  expect(ids(await talk.post('/prices/search', { entity_ids: [entity_id] }))).toEqual([id]);
  expect((await talk.get(`/groups/${group_id}`)).body['entity_ids']).toEqual([id]);
});

test('[price.plan-exists] a price may be added to an archived plan', async () => {
  const talk = start();
  const entity_id = await plan(talk);
  await talk.delete(`/plans/${entity_id}`);
  expect((await talk.post('/prices', flat(entity_id))).status).toBe(201);
});

test('deleting one plan leaves the others alone', async () => {
  const talk = start();
  const stays = await plan(talk);
  const before = (await talk.get(`/plans/${stays}`)).body;
  talk.at(LATER);
  await talk.delete(`/plans/${await plan(talk)}`);
  expect((await talk.get(`/plans/${stays}`)).body).toEqual(before);
});

test('refuses to delete a plan that never was', async () => {
  const talk = start();
  await plan(talk);
  const refused = await talk.delete('/plans/plan_01K6Z3YF5K1XW9MCJ7G2TQ8NHV');
  expect(refused.status).toBe(404);
  expect(refused.body).toEqual(refusal(404, 'not_found'));
  expect(refused.wrote).toBe(false);
});
