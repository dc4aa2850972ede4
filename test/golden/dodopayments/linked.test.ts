// Meters, credit entitlements and add-ons, by the API reference and the client library's types.

import { expect, test } from 'vitest';
import type { Json } from '../../../src/model/json.ts';
import { ADDON, CREDITS, credits, expectRefused, idLike, METER, start, T0 } from './talk.ts';

const stamped = (prefix: string) => ({
  id: expect.stringMatching(idLike(prefix)),
  business_id: expect.stringMatching(/./),
  description: null,
  created_at: T0,
  updated_at: T0,
});

test('[meter.fields-required] [record.kept] a new meter is answered 201, and read as it was answered', async () => {
  const talk = start();
  const made = await talk.post('/meters', METER);
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ ...METER, ...stamped('mtr'), filter: null });
  const read = await talk.get(`/meters/${made.body.id}`);
  expect(read.status).toBe(200);
  expect(read.body).toEqual(made.body);
});

test('[record.kept] a meter keeps its description, its filter and what it aggregates', async () => {
  const clause = { key: 'size', operator: 'greater_than', value: 3 };
  const sent = {
    ...METER,
    description: 'Every page',
    aggregation: { type: 'sum', key: 'pages' },
    filter: {
      conjunction: 'and',
      clauses: [{ conjunction: 'or', clauses: [clause, { ...clause, operator: 'equals' }] }],
    },
  };
  const made = await start().post('/meters', sent);
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject(sent);
});

test('[entitlement.fields-required] [record.kept] a new credit entitlement is read as it was answered', async () => {
  const talk = start();
  const made = await talk.post('/credit-entitlements', CREDITS);
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({
    ...CREDITS,
    ...stamped('cde'),
    overage_behavior: 'forgive_at_reset',
    currency: null,
    price_per_unit: null,
  });
  const read = await talk.get(`/credit-entitlements/${made.body.id}`);
  expect(read.body).toEqual(made.body);
});

test('[addon.fields-required] [record.kept] a new add-on is answered 200, and read as it was answered', async () => {
  const talk = start();
  const made = await talk.post('/addons', ADDON);
  expect(made.status).toBe(200);
  expect(made.body).toEqual({ ...ADDON, ...stamped('adn'), image: null });
  const told = await talk.post('/addons', { ...ADDON, description: 'One more' });
  expect(told.body).toMatchObject({ description: 'One more' });
  expect((await talk.get(`/addons/${made.body.id}`)).body).toEqual(made.body);
});

for (const [rule, path, whole] of [
  ['meter.fields-required', '/meters', METER],
  ['entitlement.fields-required', '/credit-entitlements', CREDITS],
  ['addon.fields-required', '/addons', ADDON],
] as const) {
  for (const field of Object.keys(whole)) {
    test(`[${rule}] POST ${path} refuses a body without ${field}, or with null for it`, async () => {
      const talk = start();
      const { [field]: _, ...rest } = whole as Record<string, Json>;
      expectRefused(await talk.post(path, rest), 422, 'INVALID_REQUEST_BODY');
      expectRefused(
        await talk.post(path, { ...whole, [field]: null }),
        422,
        'INVALID_REQUEST_BODY',
      );
      expect((await talk.get(path)).body.items).toEqual([]);
    });
  }

  test(`(assumed) GET ${path}/{id} of an unknown id is not found`, async () => {
    const talk = start();
    const made = await talk.post(path, whole);
    for (const id of ['x', made.body.id.toLowerCase()]) {
      expectRefused(await talk.get(`${path}/${id}`), 404, 'NOT_FOUND');
    }
  });
}

for (const type of ['sum', 'max', 'last']) {
  test(`[meter.key-unless-count] a meter of the ${type} needs a key`, async () => {
    const talk = start();
    for (const aggregation of [{ type }, { type, key: null }]) {
      const refused = await talk.post('/meters', { ...METER, aggregation });
      expectRefused(refused, 422, undefined, 'meter.key-unless-count');
    }
    const made = await talk.post('/meters', { ...METER, aggregation: { type, key: 'pages' } });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ aggregation: { type, key: 'pages' } });
  });
}

test('[meter.key-unless-count] a meter that counts needs no key', async () => {
  const talk = start();
  for (const aggregation of [{ type: 'count' }, { type: 'count', key: null }]) {
    expect((await talk.post('/meters', { ...METER, aggregation })).status).toBe(201);
  }
});

for (const aggregation of [{}, { type: 'average', key: 'x' }, { type: 'COUNT' }, 'count', null]) {
  test(`a meter does not aggregate as ${JSON.stringify(aggregation)}`, async () => {
    const refused = await start().post('/meters', { ...METER, aggregation });
    expectRefused(refused, 422, 'INVALID_REQUEST_BODY');
  });
}

const clause = { key: 'size', operator: 'contains', value: 'x' };
const nest = (inner: Json): Json => ({ conjunction: 'or', clauses: [inner] });

test('the filter of a meter nests to three levels', async () => {
  const talk = start();
  for (const filter of [nest(clause), nest(nest(clause)), nest(nest(nest(clause)))]) {
    const made = await talk.post('/meters', { ...METER, filter });
    expect(made.status).toBe(201);
    expect(made.body['filter']).toEqual(filter);
  }
});

for (const filter of [
  {},
  { conjunction: 'and' },
  { conjunction: 'xor', clauses: [clause] },
  { conjunction: 'and', clauses: [{ ...clause, operator: 'like' }] },
  { conjunction: 'and', clauses: [{ key: 'size' }] },
  'size > 3',
] satisfies Json[]) {
  test(`a meter is not filtered by ${JSON.stringify(filter)}`, async () => {
    const refused = await start().post('/meters', { ...METER, filter });
    expectRefused(refused, 422, 'INVALID_REQUEST_BODY');
  });
}

test('[entitlement.precision] the precision is 0 to 10', async () => {
  const talk = start();
  for (const precision of [0, 1, 10]) {
    const name = `Credits ${precision}`;
    const made = await talk.post('/credit-entitlements', { ...CREDITS, name, precision });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ precision });
  }
  for (const precision of [-1, 11]) {
    expectRefused(await talk.post('/credit-entitlements', { ...CREDITS, precision }), 422);
  }
  for (const precision of ['2', 1.5]) {
    const refused = await talk.post('/credit-entitlements', { ...CREDITS, precision });
    expectRefused(refused, 422, 'INVALID_REQUEST_BODY');
  }
});

test('[entitlement.name-unique] (assumed status) a name is used once, letter by letter', async () => {
  const talk = start();
  await credits(talk);
  const refused = await talk.post('/credit-entitlements', { ...CREDITS, unit: 'other' });
  expectRefused(refused, 409, 'CREDIT_ENTITLEMENT_NAME_ALREADY_EXISTS', 'entitlement.name-unique');
  await credits(talk, { name: 'Other credits' });
  expect((await talk.get('/credit-entitlements')).body.items).toHaveLength(2);
});

test('[entitlement.currency-with-price] a price per unit needs a currency', async () => {
  const talk = start();
  for (const more of [{ price_per_unit: '12' }, { price_per_unit: '12', currency: null }]) {
    const refused = await talk.post('/credit-entitlements', { ...CREDITS, ...more });
    expectRefused(refused, 422, undefined, 'entitlement.currency-with-price');
  }
  const priced = { name: 'Priced', price_per_unit: '12', currency: 'USD' };
  const made = await talk.post('/credit-entitlements', { ...CREDITS, ...priced });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject(priced);
  await credits(talk, { name: 'Unpriced', currency: 'EUR' });
});

test('credits that run over behave in one of four ways', async () => {
  const talk = start();
  for (const overage_behavior of [
    'forgive_at_reset',
    'invoice_at_billing',
    'carry_deficit',
    'carry_deficit_auto_repay',
  ]) {
    const body = { ...CREDITS, name: overage_behavior, overage_behavior };
    const made = await talk.post('/credit-entitlements', body);
    expect(made.body).toMatchObject({ overage_behavior });
  }
  const refused = await talk.post('/credit-entitlements', { ...CREDITS, overage_behavior: 'x' });
  expectRefused(refused, 422, 'INVALID_REQUEST_BODY');
  const unset = { ...CREDITS, overage_behavior: null };
  const made = await talk.post('/credit-entitlements', unset);
  expect(made.body).toMatchObject({ overage_behavior: 'forgive_at_reset' });
});

test('[entitlement.rollover-percentage] (assumed) the percentage that rolls over is 0 to 100', async () => {
  const talk = start();
  for (const rollover_percentage of [0, 100]) {
    await credits(talk, { name: `Credits ${rollover_percentage}`, rollover_percentage });
  }
  for (const rollover_percentage of [-1, 101]) {
    const body = { ...CREDITS, rollover_percentage };
    const refused = await talk.post('/credit-entitlements', body);
    expectRefused(refused, 422, 'INVALID_PERCENTAGE', 'entitlement.rollover-percentage');
  }
});

test('an add-on has a price in 32 bits, a known currency and a known tax category', async () => {
  const talk = start();
  for (const changes of [
    { price: '600' },
    { price: 1.5 },
    { price: 2_147_483_648 },
    { currency: 'usd' },
    { tax_category: 'hardware' },
    { name: 7 },
  ]) {
    expectRefused(
      await talk.post('/addons', { ...ADDON, ...changes }),
      422,
      'INVALID_REQUEST_BODY',
    );
  }
});
