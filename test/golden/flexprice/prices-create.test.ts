// Creating prices: what is stored, what is refused whatever the model, keys and defaults.

import { expect, test } from 'vitest';
import type { Json } from '../../../src/model/json.ts';
import { flat, group, meter, plan, price, refusal, start, T0, type Talk } from './talk.ts';

const UNKNOWN_PLAN = 'plan_01K6Z3XQ2V8B4NH6T0YD9WRCJM';

test('[record.kept] makes a flat fee in a group, and reads it as it was made', async () => {
  const talk = start();
  const entity_id = await plan(talk);
  const group_id = await group(talk);
  const sent = {
    ...flat(entity_id),
    group_id,
    lookup_key: 'team-base-fee',
    display_name: 'Base fee',
    description: 'What every team pays',
    metadata: { segment: 'smb' },
    billing_cadence: 'RECURRING',
    price_unit_type: 'FIAT',
    start_date: '2026-03-02T09:30:00Z',
    trial_period_days: 14,
    min_quantity: 2,
  };
  const made = await talk.post('/prices', sent);
  expect(made.status).toBe(201);
  expect(made.body).toEqual({
    ...sent,
    id: expect.stringMatching(/^price_[0-9A-HJKMNP-TV-Z]{26}$/),
    end_date: null,
    meter_id: null,
    parent_price_id: null,
    tier_mode: null,
    tiers: null,
    transform_quantity: null,
    status: 'published',
    tenant_id: expect.stringMatching(/./),
    environment_id: 'default',
    created_at: T0,
    updated_at: T0,
    created_by: expect.stringMatching(/./),
    updated_by: expect.stringMatching(/./),
  });
  const read = await talk.get(`/prices/${made.body.id}`);
  expect(read.status).toBe(200);
  expect(read.body).toEqual(made.body);
});

test('[price.ends-after-start] refuses a price that ends before it begins', async () => {
  const talk = start();
  const entity_id = await plan(talk);
  const dated = (start_date: string, end_date: string) =>
    talk.post('/prices', { ...flat(entity_id), start_date, end_date });
  const refused = await dated('2026-06-01T00:00:00Z', '2026-06-01T01:00:00+02:00');
  expect(refused.status).toBe(400);
  expect(refused.body).toEqual(refusal(400, 'validation_error', 'end_date'));
  expect((await dated('2026-06-01T00:00:00Z', '2026-06-01T02:00:00+02:00')).status).toBe(201);
});

test('[record.kept] makes metered usage in two tiers', async () => {
  const talk = start();
  const sent = {
    ...flat(await plan(talk)),
    type: 'USAGE',
    billing_model: 'TIERED',
    invoice_cadence: 'ARREAR',
    meter_id: await meter(talk),
    tier_mode: 'SLAB',
    tiers: [
      { unit_amount: '0.02', up_to: 1000 },
      { unit_amount: '0.015', flat_amount: '5', up_to: null },
    ],
  };
  const made = await talk.post('/prices', sent);
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject(sent);
  expect((await talk.get(`/prices/${made.body.id}`)).body).toEqual(made.body);
});

test('[record.kept] an amount sent as a number is answered as a decimal string', async () => {
  const talk = start();
  const entity_id = await plan(talk);
  for (const [amount, shown] of [
    [10, '10'],
    [49.9, '49.9'],
    [0, '0'],
    [0.1, '0.1'],
    [123456789, '123456789'],
  ] as const) {
    const made = await talk.post('/prices', { ...flat(entity_id), amount });
    expect(made.status).toBe(201);
    expect(made.body['amount']).toBe(shown);
    expect((await talk.get(`/prices/${made.body.id}`)).body['amount']).toBe(shown);
  }
});

test('[record.kept] a very small amount sent as a number is answered as a decimal string too', async () => {
  const talk = start();
  const made = await talk.post('/prices', { ...flat(await plan(talk)), amount: 0.0000001 });
  expect(made.status).toBe(201);
  expect(made.body['amount']).toBe('0.0000001');
});

test('[price.plan-exists] refuses a price of an unknown plan', async () => {
  const talk = start();
  const refused = await talk.post('/prices', flat(UNKNOWN_PLAN));
  expect(refused.status).toBe(404);
  expect(refused.body).toEqual(refusal(404, 'not_found', 'entity_id'));
  expect(refused.headers['x-tallystick-rule']).toBe('price.plan-exists');
  expect(refused.wrote).toBe(false);
  const all = await talk.post('/prices/search', { allow_expired_prices: true });
  expect(all.body.items).toEqual([]);
});

test('[price.plan-exists] refuses the plan of another tenant, and an id that is no plan', async () => {
  const talk = start();
  const foreign = await plan(talk, { key: 'key-b' });
  for (const id of [foreign, await group(talk), await price(talk)]) {
    expect((await talk.post('/prices', flat(id))).status).toBe(404);
  }
});

test('[price.plan-exists] asks for no plan when the price belongs to something else', async () => {
  const talk = start();
  for (const entity_type of ['ADDON', 'SUBSCRIPTION', 'COSTSHEET']) {
    const body = { ...flat('addon_1'), entity_type };
    expect((await talk.post('/prices', body)).status).toBe(201);
  }
});

test('[price.lookup-key-unique] refuses a second running price with the same key', async () => {
  const talk = start();
  const entity_id = await plan(talk);
  await price(talk, { entity_id, lookup_key: 'base' });
  const refused = await talk.post('/prices', { ...flat(entity_id), lookup_key: 'base' });
  expect(refused.status).toBe(409);
  expect(refused.body).toEqual(refusal(409, 'already_exists', 'lookup_key'));
  expect(refused.wrote).toBe(false);
});

test('[price.lookup-key-unique] refuses to change a price to a key that is taken, its own is not', async () => {
  const talk = start();
  const entity_id = await plan(talk);
  await price(talk, { entity_id, lookup_key: 'base' });
  const other = await price(talk, { entity_id, lookup_key: 'other' });
  const refused = await talk.put(`/prices/${other}`, { lookup_key: 'base' });
  expect(refused.status).toBe(409);
  expect(refused.body).toEqual(refusal(409, 'already_exists', 'lookup_key'));
  expect((await talk.get(`/prices/${other}`)).body['lookup_key']).toBe('other');
  expect((await talk.put(`/prices/${other}`, { lookup_key: 'other' })).status).toBe(200);
  expect((await talk.put(`/prices/${other}`, { lookup_key: 'third' })).status).toBe(200);
  await price(talk, { entity_id, lookup_key: 'other' });
});

test('[price.lookup-key-unique] prices without a key, ended ones and other callers do not collide', async () => {
  const talk = start();
  const entity_id = await plan(talk);
  for (const _ of [1, 2]) await price(talk, { entity_id });
  for (const _ of [1, 2]) await price(talk, { entity_id, lookup_key: '' });
  for (const _ of [1, 2])
    await price(talk, { entity_id, lookup_key: 'base', end_date: '2025-06-30T00:00:00Z' });
  await price(talk, { entity_id, lookup_key: 'base' });
  await price(talk, { lookup_key: 'base' }, { key: 'key-b' });
  await price(talk, { lookup_key: 'base' }, { environment: 'env_2' });
});

test('[price.period-count-default] counts one period unless told', async () => {
  const talk = start();
  const { billing_period_count: _, ...body } = flat(await plan(talk));
  const made = await talk.post('/prices', body);
  expect(made.status).toBe(201);
  expect(made.body['billing_period_count']).toBe(1);
  expect((await talk.get(`/prices/${made.body.id}`)).body['billing_period_count']).toBe(1);
});

test('[price.period-count-default] a count that was sent is kept, on an update too', async () => {
  const talk = start();
  const id = await price(talk, { billing_period_count: 3 });
  await talk.put(`/prices/${id}`, { display_name: 'Quarterly' });
  expect((await talk.get(`/prices/${id}`)).body['billing_period_count']).toBe(3);
});

test('[price.period-count] refuses a count below one', async () => {
  const talk = start();
  const entity_id = await plan(talk);
  for (const billing_period_count of [0, -1]) {
    const refused = await talk.post('/prices', { ...flat(entity_id), billing_period_count });
    expect(refused.status).toBe(400);
    expect(refused.body).toEqual(refusal(400, 'validation_error', 'billing_period_count'));
  }
  expect((await talk.post('/prices', { ...flat(entity_id), billing_period_count: 1 })).status).toBe(
    201,
  );
});

const wrong = async (talk: Talk, changes: Record<string, Json>) => {
  const refused = await talk.post('/prices', { ...flat(await plan(talk)), ...changes });
  expect(refused.status).toBe(400);
  expect(refused.body).toEqual(refusal(400, 'validation_error', ...Object.keys(changes)));
  expect(refused.wrote).toBe(false);
};

test('refuses fields of the wrong type, each named in details', async () => {
  await wrong(start(), { amount: true, currency: 5, metadata: [], lookup_key: {}, group_id: 7 });
});

test('refuses words that are none of the known ones, each named in details', async () => {
  await wrong(start(), {
    type: 'fixed',
    billing_model: 'FLAT',
    billing_period: 'YEARLY',
    invoice_cadence: 'LATER',
    entity_type: 'PRICE',
  });
});

test('refuses an amount that is no decimal and a currency that is not three letters long', async () => {
  await wrong(start(), { amount: 'ten' });
  await wrong(start(), { amount: '' });
  await wrong(start(), { currency: 'us' });
  await wrong(start(), { currency: 'usdd' });
});

test('refuses a price that lacks what every price needs, all of it named', async () => {
  const refused = await start().post('/prices', {});
  expect(refused.status).toBe(400);
  expect(refused.body).toEqual(
    refusal(
      400,
      'validation_error',
      'type',
      'billing_model',
      'billing_period',
      'invoice_cadence',
      'currency',
      'entity_type',
      'entity_id',
    ),
  );
});
