// Searching prices (facts 3.7).

import { expect, test } from 'vitest';
import { flat, ids, plan, price, refusal, start } from './talk.ts';

test('[price.search-filters] finds prices by their ids', async () => {
  const talk = start();
  const entity_id = await plan(talk);
  const first = await price(talk, { entity_id });
  const second = await price(talk, { entity_id });
  await price(talk, { entity_id });
  const found = await talk.post('/prices/search', { price_ids: [first, 'price_x', second] });
  expect(found.status).toBe(200);
  expect(ids(found)).toEqual([second, first]);
  expect(found.body['pagination']).toEqual({ total: 2, limit: 50, offset: 0 });
  expect(ids(await talk.post('/prices/search', { price_ids: ['price_x'] }))).toEqual([]);
});

test('[price.search-filters] finds prices by their owner and its kind', async () => {
  const talk = start();
  const one = await plan(talk);
  const two = await plan(talk);
  const ofOne = await price(talk, { entity_id: one });
  const ofTwo = await price(talk, { entity_id: two });
  const ofAddon = await price(talk, { entity_id: 'addon_1', entity_type: 'ADDON' });
  const search = async (filter: Record<string, string | string[]>) =>
    ids(await talk.post('/prices/search', filter));
  expect(await search({ entity_ids: [one] })).toEqual([ofOne]);
  expect(await search({ entity_ids: [two, one] })).toEqual([ofTwo, ofOne]);
  expect(await search({ entity_type: 'PLAN' })).toEqual([ofTwo, ofOne]);
  expect(await search({ entity_type: 'ADDON' })).toEqual([ofAddon]);
  expect(await search({ entity_type: 'ADDON', entity_ids: [one] })).toEqual([]);
  expect(await search({})).toEqual([ofAddon, ofTwo, ofOne]);
});

test('[price.search-filters] an item is the price as it is read', async () => {
  const talk = start();
  const id = await price(talk, { lookup_key: 'base', metadata: { a: 'b' } });
  const { body } = await talk.get(`/prices/${id}`);
  expect((await talk.post('/prices/search', {})).body.items).toEqual([body]);
});

test('[price.search-hides-ended] hides prices that have ended, unless they are asked for', async () => {
  const talk = start();
  const entity_id = await plan(talk);
  const ended = await price(talk, { entity_id, end_date: '2026-03-02T09:15:29.999Z' });
  const ending = await price(talk, { entity_id, end_date: '2026-03-02T09:15:31Z' });
  const running = await price(talk, { entity_id });
  const search = async (filter: Record<string, boolean | string[]>) =>
    ids(await talk.post('/prices/search', filter));
  expect(await search({})).toEqual([running, ending]);
  expect(await search({ allow_expired_prices: false })).toEqual([running, ending]);
  expect(await search({ allow_expired_prices: true })).toEqual([running, ending, ended]);
  expect(await search({ price_ids: [ended] })).toEqual([]);
  expect(await search({ price_ids: [ended], allow_expired_prices: true })).toEqual([ended]);
  talk.at('2026-03-03T00:00:00Z');
  expect(await search({})).toEqual([running]);
});

test('[price.search-hides-ended] an ended price is still read by its id', async () => {
  const talk = start();
  const id = await price(talk, { end_date: '2025-06-30T00:00:00Z' });
  const read = await talk.get(`/prices/${id}`);
  expect(read.status).toBe(200);
  expect(read.body).toMatchObject({ status: 'published', end_date: '2025-06-30T00:00:00Z' });
});

test('[price.search-hides-ended] a price that has yet to begin is shown', async () => {
  const talk = start();
  const id = await price(talk, { start_date: '2027-01-01T00:00:00Z' });
  expect(ids(await talk.post('/prices/search', {}))).toEqual([id]);
});

test('[price.search-hides-ended] reads the offset of an end date: 14:00 at +05:30 is 08:30, past', async () => {
  const talk = start();
  await price(talk, { end_date: '2026-03-02T14:00:00+05:30' });
  expect(ids(await talk.post('/prices/search', {}))).toEqual([]);
});

test('[price.search-hides-ended] reads the offset of an end date: 08:00 at -05:00 is 13:00, to come', async () => {
  const talk = start();
  const id = await price(talk, { end_date: '2026-03-02T08:00:00-05:00' });
  expect(ids(await talk.post('/prices/search', {}))).toEqual([id]);
});

test('[price.search-hides-ended] a whole second that is now half a second past has ended', async () => {
  const talk = start();
  talk.at('2026-03-02T09:15:30.500Z');
  await price(talk, { end_date: '2026-03-02T09:15:30Z' });
  expect(ids(await talk.post('/prices/search', {}))).toEqual([]);
});

test('refuses filters of the wrong type, each named in details', async () => {
  const talk = start();
  const refused = await talk.post('/prices/search', {
    price_ids: 'price_1',
    entity_ids: {},
    allow_expired_prices: 'maybe',
    expand: ['groups'],
  });
  expect(refused.status).toBe(400);
  expect(refused.body).toEqual(
    refusal(400, 'validation_error', 'price_ids', 'entity_ids', 'allow_expired_prices', 'expand'),
  );
});

test('refuses to read a price that never was', async () => {
  const talk = start();
  await talk.post('/prices', flat(await plan(talk)));
  const refused = await talk.get('/prices/price_01K6Z41B7S0YQH3D9MVT6FKX2A?expand=groups');
  expect(refused.status).toBe(404);
  expect(refused.body).toEqual(refusal(404, 'not_found'));
});

test('[price.search-more] [price.found-by-period] finds prices by how often they are charged', async () => {
  const talk = start();
  const entity_id = await plan(talk);
  const monthly = await price(talk, { entity_id });
  const yearly = await price(talk, { entity_id, billing_period: 'ANNUAL' });
  const weekly = await price(talk, { entity_id, billing_period: 'WEEKLY' });
  const search = async (billing_periods: string[]) =>
    ids(await talk.post('/prices/search', { billing_periods }));
  expect(await search(['ANNUAL'])).toEqual([yearly]);
  expect(await search(['MONTHLY', 'WEEKLY'])).toEqual([weekly, monthly]);
  expect(await search(['DAILY'])).toEqual([]);
  expect(await search([])).toEqual([weekly, yearly, monthly]);
});

test('[price.search-more] finds prices that begin before a time, those without a start from their making', async () => {
  const talk = start();
  const entity_id = await plan(talk);
  const early = await price(talk, { entity_id, start_date: '2026-01-01T00:00:00Z' });
  const late = await price(talk, { entity_id, start_date: '2026-06-01T00:00:00+02:00' });
  const now = await price(talk, { entity_id });
  const before = async (start_date_lt: string) =>
    ids(await talk.post('/prices/search', { start_date_lt }));
  expect(await before('2026-01-01T00:00:00Z')).toEqual([]);
  expect(await before('2026-03-02T09:15:30Z')).toEqual([early]);
  expect(await before('2026-03-02T09:15:31Z')).toEqual([now, early]);
  expect(await before('2026-05-31T22:00:01Z')).toEqual([now, late, early]);
});

test('[price.search-more] finds prices by their status, which an end does not change', async () => {
  const talk = start();
  const id = await price(talk);
  expect(ids(await talk.post('/prices/search', { status: 'published' }))).toEqual([id]);
  expect(ids(await talk.post('/prices/search', { status: 'archived' }))).toEqual([]);
});

test('[list.times] narrows by the time of making, both ends included', async () => {
  const talk = start();
  const entity_id = await plan(talk);
  const first = await price(talk, { entity_id });
  talk.at('2026-03-03T10:00:00Z');
  const second = await price(talk, { entity_id });
  const search = async (filter: Record<string, string>) =>
    ids(await talk.post('/prices/search', filter));
  expect(await search({ start_time: '2026-03-03T10:00:00Z' })).toEqual([second]);
  expect(await search({ end_time: '2026-03-03T10:00:00Z' })).toEqual([second, first]);
  expect(await search({ end_time: '2026-03-03T09:59:59Z' })).toEqual([first]);
});
