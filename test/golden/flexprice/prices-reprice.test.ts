// Changing what a price costs ends it and begins another (facts 3.5); what only describes it is changed in place.

import { expect, test } from 'vitest';
import type { Json } from '../../../src/model/json.ts';
import { group, ids, plan, price, refusal, start, T0, type Talk } from './talk.ts';

const LATER = '2026-03-04T16:02:45.000Z';
const JUNE = '2026-06-01T00:00:00Z';

const change = (talk: Talk, id: string, body: Record<string, Json>) =>
  talk.put(`/prices/${id}`, body);

test('[price.reprice-makes-another] another amount ends the price now, and begins one that is like it', async () => {
  const talk = start();
  const group_id = await group(talk);
  const id = await price(talk, { group_id, lookup_key: 'base', metadata: { segment: 'smb' } });
  const before = (await talk.get(`/prices/${id}`)).body;
  talk.at(LATER);
  const changed = await change(talk, id, { amount: '59.9' });
  expect(changed.status).toBe(200);
  expect(changed.body.id).not.toBe(id);
  expect(changed.body).toEqual({
    ...before,
    id: expect.stringMatching(/^price_[0-9A-HJKMNP-TV-Z]{26}$/),
    amount: '59.9',
    parent_price_id: id,
    start_date: LATER,
    end_date: null,
    created_at: LATER,
    updated_at: LATER,
  });
  expect((await talk.get(`/prices/${changed.body.id}`)).body).toEqual(changed.body);
  const old = (await talk.get(`/prices/${id}`)).body;
  expect(old).toEqual({ ...before, end_date: LATER, created_at: T0, updated_at: LATER });
  expect((await talk.get('/prices/lookup/base')).body.id).toBe(changed.body.id);
});

test('[price.reprice-makes-another] the first of the line is named, not the one before', async () => {
  const talk = start();
  const first = await price(talk);
  const second = (await change(talk, first, { amount: 60 })).body;
  const third = (await change(talk, second.id, { amount: '70.50' })).body;
  expect(second).toMatchObject({ amount: '60', parent_price_id: first });
  expect(third).toMatchObject({ amount: '70.50', parent_price_id: first });
  expect(new Set([first, second.id, third.id]).size).toBe(3);
});

test('[price.reprice-makes-another] the change may come later: one price ends when the other begins', async () => {
  const talk = start();
  const entity_id = await plan(talk);
  const id = await price(talk, { entity_id });
  const next = (await change(talk, id, { amount: '59.9', effective_from: JUNE })).body;
  expect(next).toMatchObject({ start_date: JUNE, end_date: null, amount: '59.9' });
  expect((await talk.get(`/prices/${id}`)).body).toMatchObject({ end_date: JUNE, amount: '49.9' });
  expect(ids(await talk.post('/prices/search', {}))).toEqual([next.id, id]);
  talk.at('2026-06-02T00:00:00Z');
  expect(ids(await talk.post('/prices/search', {}))).toEqual([next.id]);
});

for (const [what, body] of [
  ['model', { billing_model: 'PACKAGE', transform_quantity: { divide_by: 10, round: 'up' } }],
  ['tiers', { billing_model: 'TIERED', tiers: [{ unit_amount: '2', up_to: null }] }],
  ['mode of its tiers', { tier_mode: 'SLAB' }],
  ['package', { transform_quantity: { divide_by: 5 } }],
] as const) {
  test(`[price.reprice-makes-another] another ${what} makes another price`, async () => {
    const talk = start();
    const id = await price(talk);
    const changed = await change(talk, id, body as unknown as Record<string, Json>);
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({ ...body, parent_price_id: id, amount: '49.9' });
    expect(changed.body.id).not.toBe(id);
  });
}

test('[price.reprice-makes-another] what is sent beside it is the new price’s, the group is both’s', async () => {
  const talk = start();
  const [one, two] = [await group(talk, 'one'), await group(talk, 'two')];
  const id = await price(talk, { group_id: one, display_name: 'Base', description: 'For all' });
  const body = { amount: '1', display_name: 'Base 2027', description: '', group_id: two };
  const next = (await change(talk, id, body)).body;
  expect(next).toMatchObject({ display_name: 'Base 2027', description: 'For all', group_id: two });
  const old = (await talk.get(`/prices/${id}`)).body;
  expect(old).toMatchObject({ display_name: 'Base', group_id: two });
  expect((await talk.get(`/groups/${one}`)).body['entity_ids']).toEqual([]);
  const none = (await change(talk, next.id, { amount: '2', group_id: '' })).body;
  expect(none['group_id']).toBe(null);
  expect((await talk.get(`/prices/${next.id}`)).body['group_id']).toBe(null);
});

test('what only describes a price is changed in place', async () => {
  const talk = start();
  const id = await price(talk, { lookup_key: 'base' });
  talk.at(LATER);
  const body = { display_name: 'Base', description: 'For all', metadata: { a: 'b' } };
  const changed = await change(talk, id, body);
  expect(changed.status).toBe(200);
  expect(changed.body).toMatchObject({ ...body, id, amount: '49.9', end_date: null });
  expect(changed.body['parent_price_id']).toBe(null);
  expect(ids(await talk.post('/prices/search', {}))).toEqual([id]);
});

test('[price.ended-keeps-price] refuses another amount of a price that has an end, its name can be changed', async () => {
  const talk = start();
  const ended = await price(talk, { end_date: '2025-06-30T00:00:00Z' });
  const replaced = await price(talk);
  await change(talk, replaced, { amount: '60' });
  const ending = await price(talk);
  await talk.ask('DELETE', `/prices/${ending}`, { end_date: JUNE });
  for (const id of [ended, replaced, ending]) {
    const before = (await talk.get(`/prices/${id}`)).body;
    const refused = await change(talk, id, { amount: '70' });
    expect(refused.status).toBe(400);
    expect(refused.body).toEqual(refusal(400, 'validation_error', 'amount'));
    expect(refused.headers['x-tallystick-rule']).toBe('price.ended-keeps-price');
    expect(refused.wrote).toBe(false);
    expect((await talk.get(`/prices/${id}`)).body).toEqual(before);
    expect((await change(talk, id, { display_name: 'Old' })).body.id).toBe(id);
  }
});

test('[price.ends-after-start] refuses a change from before the start', async () => {
  const talk = start();
  const id = await price(talk, { start_date: JUNE });
  const body = { amount: '1', effective_from: '2026-05-31T23:59:59Z' };
  const refused = await change(talk, id, body);
  expect(refused.status).toBe(400);
  expect(refused.body).toEqual(refusal(400, 'validation_error', 'end_date'));
  expect((await change(talk, id, { ...body, effective_from: JUNE })).status).toBe(200);
});

test('[price.amount-not-negative] refuses an amount below zero, and both prices are as they were', async () => {
  const talk = start();
  const id = await price(talk);
  const before = (await talk.get(`/prices/${id}`)).body;
  const refused = await change(talk, id, { amount: '-1' });
  expect(refused.status).toBe(400);
  expect(refused.body).toEqual(refusal(400, 'validation_error', 'amount'));
  expect((await talk.get(`/prices/${id}`)).body).toEqual(before);
  expect(ids(await talk.post('/prices/search', { allow_expired_prices: true }))).toEqual([id]);
});
