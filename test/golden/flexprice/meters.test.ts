// Meters, which count what prices of metered use charge (facts 3.2, 3.7 and 6).

import { expect, test } from 'vitest';
import type { Json } from '../../../src/model/json.ts';
import { flat, ids, METER, meter, plan, price, refusal, start, T0, usage } from './talk.ts';

const UNKNOWN = 'meter_01K6Z3Q8DJ4V7SYB2GXNW5H0KT';

test('[record.kept] makes a meter, and reads it as it was made', async () => {
  const talk = start();
  const sent = { ...METER, filters: [{ key: 'region', values: ['eu', 'us'] }] };
  const made = await talk.post('/meters', sent, { environment: 'env_1' });
  expect(made.status).toBe(201);
  expect(made.body).toEqual({
    ...sent,
    id: expect.stringMatching(/^meter_[0-9A-HJKMNP-TV-Z]{26}$/),
    environment_id: 'env_1',
    tenant_id: expect.stringMatching(/./),
    status: 'published',
    created_at: T0,
    updated_at: T0,
  });
  const read = await talk.get(`/meters/${made.body.id}`, { environment: 'env_1' });
  expect(read.status).toBe(200);
  expect(read.body).toEqual(made.body);
});

test('[record.stamped] a new meter bears the time of its making', async () => {
  const talk = start();
  talk.at('2026-03-04T16:02:45.000Z');
  const id = await meter(talk);
  talk.at('2026-03-05T08:00:00.000Z');
  const { body } = await talk.get(`/meters/${id}`);
  expect([body['created_at'], body['updated_at']]).toEqual([
    '2026-03-04T16:02:45.000Z',
    '2026-03-04T16:02:45.000Z',
  ]);
});

test('two meters may be alike', async () => {
  const talk = start();
  const one = await meter(talk);
  expect(await meter(talk)).not.toBe(one);
});

for (const field of ['name', 'event_name', 'aggregation', 'reset_usage'] as const) {
  test(`[meter.fields-required] refuses a meter without ${field}`, async () => {
    const talk = start();
    const { [field]: _, ...rest } = METER;
    const refused = await talk.post('/meters', rest);
    expect(refused.status).toBe(400);
    expect(refused.body).toEqual(refusal(400, 'validation_error', field));
    expect(refused.wrote).toBe(false);
  });
}

const NEEDY = [
  'SUM',
  'AVG',
  'COUNT_UNIQUE',
  'LATEST',
  'SUM_WITH_MULTIPLIER',
  'MAX',
  'WEIGHTED_SUM',
];

for (const type of NEEDY) {
  test(`[meter.field-unless-count] ${type} needs a field or an expression`, async () => {
    const talk = start();
    const attempt = (aggregation: Record<string, Json>) =>
      talk.post('/meters', { ...METER, aggregation });
    for (const none of [{}, { field: '' }, { field: '', expression: '' }, { group_by: 'region' }]) {
      const refused = await attempt({ type, ...none });
      expect(refused.status).toBe(400);
      expect(refused.body).toMatchObject({ code: 'validation_error', http_status_code: 400 });
      expect(refused.headers['x-tallystick-rule']).toBe('meter.field-unless-count');
      expect(refused.wrote).toBe(false);
    }
    expect((await attempt({ type, field: 'hours' })).status).toBe(201);
    expect((await attempt({ type, expression: 'hours * gpus' })).status).toBe(201);
    expect((await attempt({ type, field: '', expression: 'hours' })).status).toBe(201);
  });
}

test('[meter.field-unless-count] COUNT needs neither, and may have one', async () => {
  const talk = start();
  for (const aggregation of [{ type: 'COUNT' }, { type: 'COUNT', field: 'hours' }]) {
    const made = await talk.post('/meters', { ...METER, aggregation });
    expect(made.status).toBe(201);
    expect(made.body['aggregation']).toMatchObject(aggregation);
  }
});

test('refuses words that are none of the known ones, and fields of the wrong type', async () => {
  const talk = start();
  for (const [changes, ...fields] of [
    [{ reset_usage: 'DAILY' }, 'reset_usage'],
    [{ aggregation: { type: 'MEDIAN', field: 'hours' } }, 'aggregation.type'],
    [{ aggregation: {} }, 'aggregation.type'],
    [{ name: 5, event_name: [] }, 'name', 'event_name'],
    [{ aggregation: 'SUM' }, 'aggregation'],
    [{ filters: { key: 'region' } }, 'filters'],
  ] as const) {
    const refused = await talk.post('/meters', { ...METER, ...changes } as Record<string, Json>);
    expect(refused.status).toBe(400);
    expect(refused.body).toEqual(refusal(400, 'validation_error', ...fields));
    expect(refused.wrote).toBe(false);
  }
});

test('refuses to read a meter that never was', async () => {
  const talk = start();
  await meter(talk);
  const refused = await talk.get(`/meters/${UNKNOWN}`);
  expect(refused.status).toBe(404);
  expect(refused.body).toEqual(refusal(404, 'not_found'));
});

test('[price.meter-exists] makes a price of a meter that exists', async () => {
  const talk = start();
  const metered = await usage(talk);
  const made = await talk.post('/prices', { ...flat(await plan(talk)), ...metered });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject(metered);
});

test('[price.meter-exists] refuses a price of an unknown meter, and of what is no meter', async () => {
  const talk = start();
  const entity_id = await plan(talk);
  const foreign = await meter(talk, { key: 'key-b' });
  const elsewhere = await meter(talk, { environment: 'env_2' });
  for (const meter_id of [UNKNOWN, 'x', foreign, elsewhere, entity_id]) {
    const refused = await talk.post('/prices', {
      ...flat(entity_id),
      type: 'USAGE',
      invoice_cadence: 'ARREAR',
      meter_id,
    });
    expect(refused.status).toBe(404);
    expect(refused.body).toEqual(refusal(404, 'not_found', 'meter_id'));
    expect(refused.headers['x-tallystick-rule']).toBe('price.meter-exists');
    expect(refused.wrote).toBe(false);
  }
});

test('[price.meter-exists] a fixed price is taken with an unknown meter', async () => {
  const talk = start();
  const made = await talk.post('/prices', { ...flat(await plan(talk)), meter_id: UNKNOWN });
  expect(made.status).toBe(201);
});

test('a fixed price is not of the meter that it was sent with', async () => {
  const talk = start();
  const made = await talk.post('/prices', {
    ...flat(await plan(talk)),
    meter_id: await meter(talk),
  });
  expect(made.status).toBe(201);
  expect(made.body['meter_id'] ?? '').toBe('');
  expect((await talk.get(`/prices/${made.body.id}`)).body['meter_id'] ?? '').toBe('');
});

test('[price.search-by-meter] finds the prices of some meters', async () => {
  const talk = start();
  const entity_id = await plan(talk);
  const one = await usage(talk);
  const two = await usage(talk);
  const first = await price(talk, { entity_id, ...one });
  const second = await price(talk, { entity_id, ...two });
  const third = await price(talk, { entity_id, ...one });
  const fixed = await price(talk, { entity_id });
  const search = async (meter_ids: string[]) =>
    ids(await talk.post('/prices/search', { meter_ids }));
  expect(await search([one.meter_id])).toEqual([third, first]);
  expect(await search([two.meter_id])).toEqual([second]);
  expect(await search([two.meter_id, UNKNOWN, one.meter_id])).toEqual([third, second, first]);
  expect(await search([UNKNOWN])).toEqual([]);
  expect(await search([])).toEqual([fixed, third, second, first]);
});

test('[price.search-by-meter] narrows beside other filters', async () => {
  const talk = start();
  const metered = await usage(talk);
  const home = await plan(talk);
  const here = await price(talk, { entity_id: home, ...metered });
  await price(talk, metered);
  const filter = { meter_ids: [metered.meter_id], entity_ids: [home] };
  expect(ids(await talk.post('/prices/search', filter))).toEqual([here]);
});
