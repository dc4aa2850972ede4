// Cloning a plan: "Plan cloning preserves groups" (Groups guide, Validation); the rest by facts 4.4.

import { expect, test } from 'vitest';
import type { Json } from '../../../src/model/json.ts';
import { type Body, flat, group, ids, plan, price, refusal, start, T0, type Talk } from './talk.ts';

const LATER = '2026-03-09T14:00:00.000Z';
const COPY = { name: 'Team (2027)', lookup_key: 'team-2027' };

const clone = (talk: Talk, id: string, changes: Record<string, Json> = {}) =>
  talk.post(`/plans/${id}/clone`, { ...COPY, ...changes });

/** The prices that the answer shows of a plan. */
const pricesOf = (body: Body) => (body['prices'] ?? []) as Body[];

test('[plan.clone-keeps-groups] a clone is a plan of its own, with copies of the prices', async () => {
  const talk = start();
  const group_id = await group(talk);
  const source = await talk.post('/plans', {
    name: 'Team',
    lookup_key: 'team',
    description: 'For teams',
    display_order: 3,
    metadata: { segment: 'smb' },
  });
  const original = await talk.post('/prices', {
    ...flat(source.body.id),
    group_id,
    lookup_key: 'team-base-fee',
    display_name: 'Base fee',
    metadata: { a: 'b' },
    start_date: '2026-03-02T09:30:00Z',
    trial_period_days: 14,
    min_quantity: 2,
  });
  talk.at(LATER);
  const made = await clone(talk, source.body.id);
  expect(made.status).toBe(201);
  const { prices, ...copy } = made.body;
  expect(copy).toEqual({
    ...source.body,
    ...COPY,
    id: expect.stringMatching(/^plan_[0-9A-HJKMNP-TV-Z]{26}$/),
    metadata: { segment: 'smb', source_plan_id: source.body.id },
    created_at: LATER,
    updated_at: LATER,
  });
  expect(copy.id).not.toBe(source.body.id);
  const { lookup_key: _, ...rest } = original.body;
  const [copied, ...others] = prices as Body[];
  expect(others).toEqual([]);
  expect(copied).toMatchObject({
    ...rest,
    id: expect.stringMatching(/^price_[0-9A-HJKMNP-TV-Z]{26}$/),
    entity_id: copy.id,
    group_id,
    created_at: LATER,
    updated_at: LATER,
  });
  expect(copied?.id).not.toBe(original.body.id);
  expect(copied?.['lookup_key'] ?? '').toBe('');
  expect(copied?.['parent_price_id'] ?? '').toBe('');
  expect((await talk.get(`/plans/${copy.id}`)).body).toEqual(made.body);
  expect((await talk.get(`/prices/${copied?.id}`)).body).toMatchObject({ ...copied });
});

test('[plan.clone-keeps-groups] each copy is in the group of its original, or in none', async () => {
  const talk = start();
  const entity_id = await plan(talk);
  const gpu = await group(talk, 'gpu');
  const seats = await group(talk, 'seats');
  const inGpu = await price(talk, { entity_id, group_id: gpu, amount: '1' });
  const inSeats = await price(talk, { entity_id, group_id: seats, amount: '2' });
  await price(talk, { entity_id, amount: '3' });
  const made = await clone(talk, entity_id);
  const groups = Object.fromEntries(
    pricesOf(made.body).map(({ amount, group_id }) => [amount, group_id ?? null]),
  );
  expect(groups).toEqual({ '1': gpu, '2': seats, '3': null });
  for (const [id, original, amount] of [
    [gpu, inGpu, '1'],
    [seats, inSeats, '2'],
  ]) {
    const copy = pricesOf(made.body).find((one) => one['amount'] === amount)?.id;
    const members = (await talk.get(`/groups/${id}`)).body['entity_ids'];
    expect(new Set(members as string[])).toEqual(new Set([original, copy]));
  }
});

test('[plan.clone-keeps-groups] a price whose group was deleted has a copy in none', async () => {
  const talk = start();
  const entity_id = await plan(talk);
  const group_id = await group(talk);
  await price(talk, { entity_id, group_id });
  await talk.delete(`/groups/${group_id}`);
  const made = await clone(talk, entity_id);
  expect(made.status).toBe(201);
  expect(pricesOf(made.body).map((one) => one['group_id'] ?? null)).toEqual([null]);
});

test('prices that have ended are not copied, those that end later are, with their dates', async () => {
  const talk = start();
  const entity_id = await plan(talk);
  const dates = { start_date: '2026-01-01T00:00:00Z', end_date: '2026-12-31T00:00:00Z' };
  await price(talk, { entity_id, amount: '1', end_date: '2026-02-01T00:00:00Z' });
  await price(talk, { entity_id, amount: '2', ...dates });
  const ended = await price(talk, { entity_id, amount: '3' });
  await talk.ask('DELETE', `/prices/${ended}`, {});
  const made = await clone(talk, entity_id);
  expect(pricesOf(made.body)).toMatchObject([{ amount: '2', ...dates }]);
  expect(pricesOf(made.body)).toHaveLength(1);
});

test('a copy of a price that continues another continues none', async () => {
  const talk = start();
  const entity_id = await plan(talk);
  await talk.put(`/prices/${await price(talk, { entity_id })}`, { amount: '12' });
  const [copy, ...others] = pricesOf((await clone(talk, entity_id)).body);
  expect(others).toEqual([]);
  expect(copy?.['amount']).toBe('12');
  expect(copy?.['parent_price_id'] ?? '').toBe('');
});

test('what is sent wins over what the source has, and joins its metadata', async () => {
  const talk = start();
  const source = await talk.post('/plans', {
    name: 'Team',
    metadata: { segment: 'smb', region: 'eu' },
  });
  const sent = { description: 'A trial run', display_order: 9, name: 'Team' };
  const made = await clone(talk, source.body.id, { ...sent, metadata: { segment: 'pilot' } });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ ...sent, lookup_key: 'team-2027', status: 'published' });
  const metadata = { segment: 'pilot', region: 'eu', source_plan_id: source.body.id };
  expect(made.body['metadata']).toEqual(metadata);
});

test('a plan without prices, an archived one and a clone can be cloned', async () => {
  const talk = start();
  const source = await plan(talk);
  await talk.delete(`/plans/${source}`);
  const first = await clone(talk, source);
  expect(first.status).toBe(201);
  expect(first.body['status']).toBe('published');
  expect(first.body).not.toHaveProperty('prices');
  const second = await clone(talk, first.body.id, { lookup_key: 'team-2028' });
  expect(second.status).toBe(201);
  expect(second.body['metadata']).toEqual({ source_plan_id: first.body.id });
});

test('[plan.clone-key-free] refuses the key of the source, and of any published plan', async () => {
  const talk = start();
  const source = await talk.post('/plans', { name: 'Team', lookup_key: 'team' });
  await talk.post('/plans', { name: 'Pro', lookup_key: 'pro' });
  await price(talk, { entity_id: source.body.id });
  for (const lookup_key of ['team', 'pro']) {
    const refused = await clone(talk, source.body.id, { lookup_key });
    expect(refused.status).toBe(409);
    expect(refused.body).toEqual(refusal(409, 'already_exists', 'lookup_key'));
    expect(refused.wrote).toBe(false);
  }
  expect(ids(await talk.get('/plans'))).toHaveLength(2);
  expect(ids(await talk.post('/prices/search', {}))).toHaveLength(1);
});

test('[plan.clone-key-free] takes the key of an archived plan, and of other callers', async () => {
  const talk = start();
  const source = await talk.post('/plans', COPY);
  await talk.delete(`/plans/${source.body.id}`);
  await talk.post('/plans', COPY, { key: 'key-b' });
  await talk.post('/plans', COPY, { environment: 'env_2' });
  expect((await clone(talk, source.body.id)).status).toBe(201);
});

test('[plan.clone-needs-both] refuses a clone without a key, or without a name', async () => {
  const talk = start();
  const source = await plan(talk);
  for (const [body, field] of [
    [{ name: 'Copy' }, 'lookup_key'],
    [{ lookup_key: 'copy' }, 'name'],
    [{ name: 'Copy', lookup_key: '' }, 'lookup_key'],
    [{ name: '', lookup_key: 'copy' }, 'name'],
  ] as const) {
    const refused = await talk.post(`/plans/${source}/clone`, body as Record<string, Json>);
    expect(refused.status).toBe(400);
    expect(refused.body).toEqual(refusal(400, 'validation_error', field));
    expect(refused.wrote).toBe(false);
  }
});

test('[plan.clone-is-independent] cloning changes nothing of the source', async () => {
  const talk = start();
  const entity_id = await plan(talk);
  await price(talk, { entity_id, lookup_key: 'base' });
  const before = (await talk.get(`/plans/${entity_id}`)).body;
  talk.at(LATER);
  await clone(talk, entity_id);
  expect((await talk.get(`/plans/${entity_id}`)).body).toEqual(before);
  expect((await talk.get('/prices/lookup/base')).body['entity_id']).toBe(entity_id);
});

test('[plan.clone-is-independent] what is done to a clone leaves the source, and the other way round', async () => {
  const talk = start();
  const entity_id = await plan(talk);
  const group_id = await group(talk);
  const original = await price(talk, { entity_id, group_id });
  const { body: copy } = await clone(talk, entity_id);
  const before = (await talk.get(`/plans/${entity_id}`)).body;
  const copied = pricesOf(copy)[0]?.id as string;
  talk.at(LATER);
  await talk.put(`/plans/${copy.id}`, { name: 'Other', metadata: {} });
  await talk.put(`/prices/${copied}`, { group_id: '', display_name: 'Other' });
  await talk.put(`/prices/${copied}`, { amount: '1' });
  await talk.post('/prices', flat(copy.id));
  await talk.delete(`/plans/${copy.id}`);
  expect((await talk.get(`/plans/${entity_id}`)).body).toEqual(before);
  const clonesBefore = (await talk.get(`/plans/${copy.id}`)).body;
  await talk.ask('DELETE', `/prices/${original}`, {});
  await talk.delete(`/plans/${entity_id}`);
  expect((await talk.get(`/plans/${copy.id}`)).body).toEqual(clonesBefore);
  expect(clonesBefore['created_at']).toBe(T0);
});

test('refuses to clone a plan that never was', async () => {
  const refused = await clone(start(), 'plan_01K6Z3YF5K1XW9MCJ7G2TQ8NHV');
  expect(refused.status).toBe(404);
  expect(refused.body).toEqual(refusal(404, 'not_found'));
  expect(refused.wrote).toBe(false);
});
