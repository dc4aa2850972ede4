// Changing what describes a plan (facts 4.3).

import { expect, test } from 'vitest';
import { plan, price, refusal, start, T0 } from './talk.ts';

const LATER = '2026-03-05T11:04:12.000Z';
const TEAM = {
  name: 'Team',
  lookup_key: 'team-monthly',
  description: 'For teams of up to twenty people',
  display_order: 3,
  metadata: { segment: 'smb', region: 'eu' },
};

/** A talk in which the plan exists, and its body. */
async function withTeam() {
  const talk = start();
  const { body } = await talk.post('/plans', TEAM);
  const path = `/plans/${body.id}`;
  return { talk, path, before: body };
}

test('[plan.update-keeps-absent] each field is changed alone, and is all that changes', async () => {
  const { talk, path, before } = await withTeam();
  talk.at(LATER);
  let expected: Record<string, unknown> = { ...before };
  for (const change of [
    { name: 'Team plus' },
    { lookup_key: 'team-plus' },
    { description: 'For teams of up to thirty people' },
    { display_order: 4 },
    { metadata: { segment: 'mid' } },
  ]) {
    expected = {
      ...expected,
      ...change,
      updated_at: expect.stringMatching(/^2026-03-05T11:04:12/),
    };
    const updated = await talk.put(path, change);
    expect(updated.status).toBe(200);
    expect(updated.body).toEqual(expected);
    expect((await talk.get(path)).body).toEqual(updated.body);
  }
});

test('[plan.update-keeps-absent] all fields are changed at once, and an empty body changes none', async () => {
  const { talk, path, before } = await withTeam();
  const { updated_at: _, updated_by: __, ...rest } = before;
  const nothing = await talk.put(path, {});
  expect(nothing.status).toBe(200);
  expect(nothing.body).toMatchObject(rest);
  const change = {
    name: 'Solo',
    lookup_key: 'solo',
    description: 'For one',
    display_order: 0,
    metadata: {},
  };
  const updated = await talk.put(path, change);
  expect(updated.status).toBe(200);
  expect(updated.body).toMatchObject({ ...rest, ...change });
  expect(updated.body['metadata']).toEqual({});
});

test('[plan.update-keeps-absent] "" empties the description and takes the key away', async () => {
  const { talk, path } = await withTeam();
  const updated = await talk.put(path, { description: '', lookup_key: '' });
  expect(updated.status).toBe(200);
  expect(updated.body['description'] ?? '').toBe('');
  expect(updated.body['lookup_key'] ?? '').toBe('');
  expect(updated.body).toMatchObject({ name: 'Team', display_order: 3, metadata: TEAM.metadata });
  const read = (await talk.get(path)).body;
  expect([read['description'] ?? '', read['lookup_key'] ?? '']).toEqual(['', '']);
});

test('[plan.update-keeps-absent] metadata that is sent replaces all that was there', async () => {
  const { talk, path } = await withTeam();
  const updated = await talk.put(path, { metadata: { tier: 'gold' } });
  expect(updated.body['metadata']).toEqual({ tier: 'gold' });
  expect((await talk.get(path)).body['metadata']).toEqual({ tier: 'gold' });
});

test('an update does not answer the prices, and does not touch them', async () => {
  const { talk, path, before } = await withTeam();
  const id = await price(talk, { entity_id: before.id });
  const was = (await talk.get(`/prices/${id}`)).body;
  talk.at(LATER);
  const updated = await talk.put(path, { name: 'Team plus' });
  expect(updated.body).not.toHaveProperty('prices');
  expect((await talk.get(`/prices/${id}`)).body).toEqual(was);
});

test('[record.stamped] an update moves updated_at and nothing else of the record', async () => {
  const { talk, path } = await withTeam();
  talk.at(LATER);
  const { body } = await talk.put(path, { display_order: 4 });
  expect([body['created_at'], body['updated_at']]).toEqual([T0, LATER]);
});

test('[plan.lookup-key-unique] refuses to change a plan to a key that is taken, its own is not', async () => {
  const { talk, path, before } = await withTeam();
  await talk.post('/plans', { name: 'Pro', lookup_key: 'pro' });
  const refused = await talk.put(path, { name: 'New', lookup_key: 'pro' });
  expect(refused.status).toBe(409);
  expect(refused.body).toEqual(refusal(409, 'already_exists', 'lookup_key'));
  expect(refused.wrote).toBe(false);
  expect((await talk.get(path)).body).toEqual(before);
  expect((await talk.put(path, { lookup_key: 'team-monthly' })).status).toBe(200);
});

test('[plan.lookup-key-unique] a key that was changed or taken away is free', async () => {
  const { talk, path } = await withTeam();
  await talk.put(path, { lookup_key: 'team' });
  expect((await talk.post('/plans', { name: 'A', lookup_key: 'team-monthly' })).status).toBe(201);
  await talk.put(path, { lookup_key: '' });
  expect((await talk.post('/plans', { name: 'B', lookup_key: 'team' })).status).toBe(201);
  const other = await plan(talk);
  expect((await talk.put(`/plans/${other}`, { lookup_key: '' })).status).toBe(200);
});

test('[plan.lookup-key-unique] an archived plan is in nobody’s way', async () => {
  const { talk, path } = await withTeam();
  await talk.delete(path);
  const other = await plan(talk);
  const updated = await talk.put(`/plans/${other}`, { lookup_key: 'team-monthly' });
  expect(updated.status).toBe(200);
});

test('two plans may have the same name', async () => {
  const { talk } = await withTeam();
  const other = await plan(talk);
  expect((await talk.put(`/plans/${other}`, { name: 'Team' })).status).toBe(200);
});

test('[plan.name-not-empty] does not take an empty name', async () => {
  const { talk, path, before } = await withTeam();
  const refused = await talk.put(path, { name: '', display_order: 9 });
  expect(refused.status).toBe(400);
  expect(refused.body).toEqual(refusal(400, 'validation_error', 'name'));
  expect(refused.wrote).toBe(false);
  expect((await talk.get(path)).body).toEqual(before);
});

test('an archived plan can be changed, and stays archived', async () => {
  const { talk, path } = await withTeam();
  await talk.delete(path);
  const updated = await talk.put(path, { name: 'Team (old)', status: 'published' });
  expect(updated.status).toBe(200);
  expect(updated.body).toMatchObject({ name: 'Team (old)', status: 'archived' });
});

test('refuses fields of the wrong type, each named in details', async () => {
  const { talk, path } = await withTeam();
  const refused = await talk.put(path, {
    name: 5,
    lookup_key: [],
    description: {},
    display_order: 'first',
    metadata: { seats: 5 },
  });
  expect(refused.status).toBe(400);
  expect(refused.body).toEqual(
    refusal(
      400,
      'validation_error',
      'name',
      'lookup_key',
      'description',
      'display_order',
      'metadata.seats',
    ),
  );
});

test('refuses to change a plan that never was', async () => {
  const { talk } = await withTeam();
  const refused = await talk.put('/plans/plan_01K6Z3YF5K1XW9MCJ7G2TQ8NHV', { name: 'New' });
  expect(refused.status).toBe(404);
  expect(refused.body).toEqual(refusal(404, 'not_found'));
});
