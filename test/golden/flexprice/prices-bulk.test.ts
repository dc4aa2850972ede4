// Prices sent together (facts 3.1): all of them are made, in their order, or none is.

import { expect, test } from 'vitest';
import type { Json } from '../../../src/model/json.ts';
import { flat, group, ids, plan, price, refusal, start, type Talk, usage } from './talk.ts';

const ALL = { allow_expired_prices: true };

/** Sends prices of the plan together: one for each of these changes to the smallest body. */
const send = (talk: Talk, planId: string, ...changes: Record<string, Json>[]) =>
  talk.post('/prices/bulk', { items: changes.map((change) => ({ ...flat(planId), ...change })) });

test('[price.bulk-all-or-nothing] makes all, answers them in their order, and each is read', async () => {
  const talk = start();
  const home = await plan(talk);
  const group_id = await group(talk);
  const metered = await usage(talk);
  const changes = [
    { amount: '3', group_id },
    { amount: '1', lookup_key: 'base' },
    { amount: 2, ...metered },
  ];
  const made = await send(talk, home, ...changes);
  expect(made.status).toBe(201);
  expect(Object.keys(made.body)).toEqual(['items']);
  expect(made.body.items).toMatchObject([
    { entity_id: home, amount: '3', group_id, status: 'published' },
    { entity_id: home, amount: '1', group_id: null, lookup_key: 'base' },
    { entity_id: home, amount: '2', type: 'USAGE', meter_id: metered.meter_id },
  ]);
  const [first] = made.body.items;
  for (const item of made.body.items) {
    expect(item.id).toMatch(/^price_[0-9A-HJKMNP-TV-Z]{26}$/);
    expect((await talk.get(`/prices/${item.id}`)).body).toEqual(item);
  }
  expect(new Set(ids(made)).size).toBe(3);
  expect((await talk.get(`/groups/${group_id}`)).body['entity_ids']).toEqual([first?.id]);
});

for (const [what, wrong, status, rule] of [
  ['an unknown plan', { entity_id: 'plan_none' }, 404, 'price.plan-exists'],
  ['an unknown group', { group_id: 'group_none' }, 400, 'price.group-exists'],
  ['an amount below zero', { amount: '-1' }, 400, 'price.amount-not-negative'],
  ['no periods', { billing_period_count: 0 }, 400, 'price.period-count'],
  ['a taken key', { lookup_key: 'taken' }, 409, 'price.lookup-key-unique'],
  ['a wrong model', { billing_model: 'FREE' }, 400, undefined],
] as const) {
  test(`[price.bulk-all-or-nothing] makes none where the second has ${what}`, async () => {
    const talk = start();
    const home = await plan(talk);
    const there = await price(talk, { lookup_key: 'taken' });
    const refused = await send(talk, home, {}, wrong, {});
    expect(refused.status).toBe(status);
    expect(refused.headers['x-tallystick-rule']).toBe(rule);
    expect(refused.wrote).toBe(false);
    expect(ids(await talk.post('/prices/search', ALL))).toEqual([there]);
  });
}

test('[price.bulk-all-or-nothing] two of one body can’t have the same key', async () => {
  const talk = start();
  const home = await plan(talk);
  const refused = await send(talk, home, { lookup_key: 'base' }, { lookup_key: 'base' });
  expect(refused.status).toBe(409);
  expect(refused.body).toMatchObject({ code: 'already_exists', http_status_code: 409 });
  expect(ids(await talk.post('/prices/search', ALL))).toEqual([]);
  expect((await send(talk, home, { lookup_key: 'base' }, {}, {})).status).toBe(201);
});

test('[price.meter-exists] refuses an unknown meter, and drops one that a fixed price was sent with', async () => {
  const talk = start();
  const home = await plan(talk);
  const metered = await usage(talk);
  const refused = await send(talk, home, { ...metered, meter_id: 'meter_none' });
  expect(refused.status).toBe(404);
  const made = await send(talk, home, { meter_id: metered.meter_id });
  expect(made.body.items[0]?.['meter_id']).toBe(null);
});

test('takes a hundred, and refuses none at all, more, and a body without a list', async () => {
  const talk = start();
  const home = await plan(talk);
  const many = (count: number) => send(talk, home, ...Array.from({ length: count }, () => ({})));
  expect((await many(100)).body.items).toHaveLength(100);
  for (const refused of [await many(0), await many(101), await talk.post('/prices/bulk', {})]) {
    expect(refused.status).toBe(400);
    expect(refused.body).toEqual(refusal(400, 'validation_error', 'items'));
    expect(refused.wrote).toBe(false);
  }
});
