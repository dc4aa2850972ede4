// Deleting a price ends it (facts 3.6), and a price is found by its lookup key while it runs (facts 3.1).

import { expect, test } from 'vitest';
import type { Json } from '../../../src/model/json.ts';
import { group, ids, plan, price, refusal, start, T0, type Talk } from './talk.ts';

const LATER = '2026-03-04T16:02:45.000Z';
const AHEAD = '2026-12-31T00:00:00Z';

const end = (talk: Talk, id: string, body: Record<string, Json> = {}) =>
  talk.ask('DELETE', `/prices/${id}`, body);

test('[price.delete-ends] a deleted price has ended now, and is read with all that it had', async () => {
  const talk = start();
  const group_id = await group(talk);
  const id = await price(talk, { group_id, lookup_key: 'base', metadata: { segment: 'smb' } });
  const before = (await talk.get(`/prices/${id}`)).body;
  talk.at(LATER);
  const deleted = await end(talk, id);
  expect(deleted.status).toBe(200);
  expect(deleted.body).toEqual({ message: expect.any(String) });
  const read = await talk.get(`/prices/${id}`);
  expect(read.status).toBe(200);
  expect(read.body).toEqual({
    ...before,
    status: 'published',
    end_date: LATER,
    created_at: T0,
    updated_at: LATER,
  });
  expect((await talk.get(`/groups/${group_id}`)).body['entity_ids']).toEqual([id]);
});

test('[price.delete-ends] a deleted price is in no search, unless ended ones are asked for', async () => {
  const talk = start();
  const entity_id = await plan(talk);
  const gone = await price(talk, { entity_id });
  const stays = await price(talk, { entity_id });
  talk.at('2026-03-04T16:02:45.000Z');
  await end(talk, gone);
  talk.at('2026-03-04T16:02:45.001Z');
  expect(ids(await talk.post('/prices/search', {}))).toEqual([stays]);
  const all = await talk.post('/prices/search', { allow_expired_prices: true });
  expect(ids(all)).toEqual([stays, gone]);
});

test('[price.delete-ends] a price ends on the day that is sent, which may lie ahead', async () => {
  const talk = start();
  const id = await price(talk);
  expect((await end(talk, id, { end_date: AHEAD })).status).toBe(200);
  expect((await talk.get(`/prices/${id}`)).body['end_date']).toBe(AHEAD);
  expect(ids(await talk.post('/prices/search', {}))).toEqual([id]);
});

test('[price.ends-once] refuses to delete a price that has an end, passed or ahead', async () => {
  const talk = start();
  const deleted = await price(talk);
  await end(talk, deleted);
  const ending = await price(talk);
  await end(talk, ending, { end_date: AHEAD });
  const made = await price(talk, { end_date: '2025-06-30T00:00:00Z' });
  talk.at(LATER);
  for (const id of [deleted, ending, made]) {
    const before = (await talk.get(`/prices/${id}`)).body;
    const refused = await end(talk, id);
    expect(refused.status).toBe(400);
    expect(refused.body).toMatchObject({ code: 'validation_error', http_status_code: 400 });
    expect(refused.headers['x-tallystick-rule']).toBe('price.ends-once');
    expect(refused.wrote).toBe(false);
    expect((await talk.get(`/prices/${id}`)).body).toEqual(before);
  }
});

test('[price.ends-after-start] refuses an end before the start, and takes one at the start', async () => {
  const talk = start();
  const id = await price(talk, { start_date: '2026-05-01T00:00:00Z' });
  const refused = await end(talk, id, { end_date: '2026-04-30T23:59:59Z' });
  expect(refused.status).toBe(400);
  expect(refused.body).toEqual(refusal(400, 'validation_error', 'end_date'));
  expect((await end(talk, id)).status).toBe(400);
  expect((await talk.get(`/prices/${id}`)).body['end_date']).toBe(null);
  expect((await end(talk, id, { end_date: '2026-05-01T02:00:00+02:00' })).status).toBe(200);
});

test('refuses an end that is no time', async () => {
  const talk = start();
  const refused = await end(talk, await price(talk), { end_date: 'tomorrow' });
  expect(refused.status).toBe(400);
  expect(refused.body).toEqual(refusal(400, 'validation_error', 'end_date'));
});

test('refuses to delete a price that never was', async () => {
  const refused = await end(start(), 'price_01K6Z41B7S0YQH3D9MVT6FKX2A');
  expect(refused.status).toBe(404);
  expect(refused.body).toEqual(refusal(404, 'not_found'));
});

test('[price.found-by-key] a running price is found by its key, exactly', async () => {
  const talk = start();
  const id = await price(talk, { lookup_key: 'base' });
  await price(talk, { lookup_key: 'other' });
  await price(talk);
  const found = await talk.get('/prices/lookup/base');
  expect(found.status).toBe(200);
  expect(found.body).toEqual((await talk.get(`/prices/${id}`)).body);
  for (const key of ['BASE', 'bas', id]) {
    expect((await talk.get(`/prices/lookup/${key}`)).status).toBe(404);
  }
});

test('[price.found-by-key] a price that has ended is not found, and its key is the next one’s', async () => {
  const talk = start();
  const old = await price(talk, { lookup_key: 'base' });
  await end(talk, old);
  const missing = await talk.get('/prices/lookup/base');
  expect(missing.status).toBe(404);
  expect(missing.body).toEqual(refusal(404, 'not_found'));
  const next = await price(talk, { lookup_key: 'base' });
  expect((await talk.get('/prices/lookup/base')).body.id).toBe(next);
});

test('[price.found-by-key] a key of another caller or environment finds nothing', async () => {
  const talk = start();
  await price(talk, { lookup_key: 'base' });
  expect((await talk.get('/prices/lookup/base', { key: 'key-b' })).status).toBe(404);
  expect((await talk.get('/prices/lookup/base', { environment: 'env_2' })).status).toBe(404);
});
