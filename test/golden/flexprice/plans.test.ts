// Plans, by "Create plan" (the documents' page with its example).

import { expect, test } from 'vitest';
import { type Body, plan, price, refusal, start, T0 } from './talk.ts';

/** The body of the page's example request. */
const PRO = {
  name: 'Pro Plan',
  lookup_key: 'pro-monthly',
  description: 'Professional tier with advanced features',
  display_order: 2,
  metadata: { tier: 'professional', recommended: 'true' },
};

test("[plan.starts-published] makes the plan of the documents' example", async () => {
  const talk = start();
  const made = await talk.post('/plans', PRO, { environment: 'env_123' });
  expect(made.status).toBe(201);
  expect(made.body).toEqual({
    ...PRO,
    id: expect.stringMatching(/^plan_[0-9A-HJKMNP-TV-Z]{26}$/),
    environment_id: 'env_123',
    tenant_id: expect.stringMatching(/./),
    status: 'published',
    created_at: T0,
    updated_at: T0,
    created_by: expect.stringMatching(/./),
    updated_by: expect.stringMatching(/./),
  });
  expect(JSON.stringify(made.body)).not.toContain('key-a');
});

test('[plan.starts-published] a caller cannot set the status', async () => {
  const made = await start().post('/plans', { name: 'Team', status: 'draft' });
  expect(made.status).toBe(201);
  expect(made.body['status']).toBe('published');
});

test('[plan.name-required] refuses a plan without a name', async () => {
  const talk = start();
  const refused = await talk.post('/plans', { lookup_key: 'team' });
  expect(refused.status).toBe(400);
  expect(refused.body).toEqual(refusal(400, 'validation_error', 'name'));
  expect(refused.wrote).toBe(false);
});

test('[plan.name-required] a name is enough', async () => {
  const made = await start().post('/plans', { name: 'Starter' });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ name: 'Starter', display_order: 0, metadata: {} });
});

test('[plan.name-not-empty] refuses a plan whose name is empty', async () => {
  const refused = await start().post('/plans', { name: '' });
  expect(refused.status).toBe(400);
  expect(refused.body).toEqual(refusal(400, 'validation_error', 'name'));
  expect(refused.headers['x-tallystick-rule']).toBe('plan.name-not-empty');
});

test('[plan.name-not-empty] takes a name of one character', async () => {
  expect((await start().post('/plans', { name: 'x' })).status).toBe(201);
});

test('[plan.lookup-key-unique] refuses a second plan with the same lookup key', async () => {
  const talk = start();
  const first = await talk.post('/plans', PRO);
  const refused = await talk.post('/plans', { name: 'Other', lookup_key: 'pro-monthly' });
  expect(refused.status).toBe(409);
  expect(refused.body).toEqual(refusal(409, 'already_exists', 'lookup_key'));
  expect(refused.wrote).toBe(false);
  expect((await talk.get(`/plans/${first.body.id}`)).body).toEqual(first.body);
});

test('[plan.lookup-key-unique] plans without a key, and with an empty one, do not collide', async () => {
  const talk = start();
  for (const body of [
    { name: 'A' },
    { name: 'A' },
    { name: 'B', lookup_key: '' },
    { name: 'B', lookup_key: '' },
  ]) {
    expect((await talk.post('/plans', body)).status).toBe(201);
  }
});

test('[plan.lookup-key-unique] takes the key of a group, of another tenant and of another environment', async () => {
  const talk = start();
  await talk.post('/groups', { name: 'G', lookup_key: 'pro-monthly', entity_type: 'price' });
  expect((await talk.post('/plans', PRO)).status).toBe(201);
  expect((await talk.post('/plans', PRO, { key: 'key-b' })).status).toBe(201);
  expect((await talk.post('/plans', PRO, { environment: 'env_2' })).status).toBe(201);
});

test('[record.kept] a plan is read as it was made', async () => {
  const talk = start();
  const made = await talk.post('/plans', PRO);
  const read = await talk.get(`/plans/${made.body.id}`);
  expect(read.status).toBe(200);
  expect(read.body).toEqual(made.body);
});

test('refuses fields of the wrong type, each named in details', async () => {
  const refused = await start().post('/plans', {
    name: ['x'],
    description: 5,
    display_order: 'first',
    metadata: 'none',
  });
  expect(refused.status).toBe(400);
  expect(refused.body).toEqual(
    refusal(400, 'validation_error', 'name', 'description', 'display_order', 'metadata'),
  );
});

test('refuses to read a plan that never was', async () => {
  const talk = start();
  await plan(talk);
  const refused = await talk.get('/plans/plan_01K6Z3XQ2V8B4NH6T0YD9WRCJM');
  expect(refused.status).toBe(404);
  expect(refused.body).toEqual(refusal(404, 'not_found'));
});

test('[plan.shows-prices] a plan that is read shows its prices, ended ones too, and no others', async () => {
  const talk = start();
  const entity_id = await plan(talk);
  const first = await price(talk, { entity_id, end_date: '2025-06-30T00:00:00Z' });
  const second = await price(talk, { entity_id, lookup_key: 'base' });
  await price(talk);
  await price(talk, { entity_id, entity_type: 'ADDON' });
  const { prices } = (await talk.get(`/plans/${entity_id}`)).body as unknown as { prices: Body[] };
  expect(new Set(prices.map(({ id }) => id))).toEqual(new Set([first, second]));
  for (const shown of prices) {
    expect(shown).toMatchObject((await talk.get(`/prices/${shown.id}`)).body);
  }
});

test('[plan.shows-prices] prices are left out when there are none, and by create', async () => {
  const talk = start();
  const made = await talk.post('/plans', PRO);
  expect(made.body).not.toHaveProperty('prices');
  expect((await talk.get(`/plans/${made.body.id}`)).body).not.toHaveProperty('prices');
});
