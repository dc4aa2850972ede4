// Listing and searching plans: by GET with the conditions in the query, and by POST with them in a body. In
// which order is by "Create plan" (display_order), the rest by facts 1.6 and 4.3.

import { expect, test } from 'vitest';
import type { Json } from '../../../src/model/json.ts';
import { type Answer, ids, plan, price, refusal, start, type Talk } from './talk.ts';

type Filter = Readonly<Record<string, Json>>;

/** The two ways to ask. */
const WAYS: readonly [string, (talk: Talk, filter: Filter) => Promise<Answer>][] = [
  [
    'GET /plans',
    (talk, filter) => {
      const query = new URLSearchParams();
      for (const [name, value] of Object.entries(filter)) query.set(name, String(value));
      return talk.get(`/plans?${query}`);
    },
  ],
  ['POST /plans/search', (talk, filter) => talk.post('/plans/search', filter)],
];

/** Plans with these places, made a second apart; their ids. */
async function placed(talk: Talk, ...places: (number | undefined)[]) {
  const made: string[] = [];
  for (const [n, display_order] of places.entries()) {
    talk.at(`2026-03-02T10:00:0${n}Z`);
    const body = { name: `Plan ${n}`, lookup_key: `key-${n}` };
    const sent = display_order === undefined ? body : { ...body, display_order };
    made.push((await talk.post('/plans', sent)).body.id);
  }
  return made;
}

for (const [way, list] of WAYS) {
  test(`[plan.display-order] ${way} has the lowest place first, the newest of the same place`, async () => {
    const talk = start();
    const [a, b, c, d, e] = await placed(talk, 10, 2, undefined, 2, -1);
    expect(ids(await list(talk, {}))).toEqual([e, c, d, b, a]);
  });

  test(`[plan.display-order] ${way} follows a plan that is moved`, async () => {
    const talk = start();
    const [a, b, c] = await placed(talk, 1, 2, 3);
    await talk.put(`/plans/${c}`, { display_order: 0 });
    expect(ids(await list(talk, {}))).toEqual([c, a, b]);
  });

  test(`[list.pages] ${way} has pages that are disjoint, complete and as long as asked`, async () => {
    const talk = start();
    const [a, b, c] = await placed(talk, 1, 2, 3);
    const page = (offset: number) => list(talk, { limit: 2, offset });
    expect(ids(await page(0))).toEqual([a, b]);
    expect(ids(await page(2))).toEqual([c]);
    expect(ids(await page(4))).toEqual([]);
    expect((await page(2)).body['pagination']).toEqual({ total: 3, limit: 2, offset: 2 });
  });

  test(`[list.pages] ${way} has 50 on a page unless told, and 1000 at most`, async () => {
    const talk = start();
    for (let n = 0; n < 51; n++) await plan(talk);
    const first = await list(talk, {});
    expect(first.body.items).toHaveLength(50);
    expect(first.body['pagination']).toEqual({ total: 51, limit: 50, offset: 0 });
    expect((await list(talk, { offset: 50 })).body.items).toHaveLength(1);
    expect((await list(talk, { limit: 1000 })).body.items).toHaveLength(51);
  });

  for (const [field, value] of [
    ['limit', 1001],
    ['limit', -1],
    ['limit', 'ten'],
    ['offset', -1],
    ['order', 'newest'],
  ] as const) {
    test(`[list.pages] ${way} refuses ${field} ${value}`, async () => {
      const refused = await list(start(), { [field]: value });
      expect(refused.status).toBe(400);
      expect(refused.body).toEqual(refusal(400, 'validation_error', field));
    });
  }

  test(`${way} of nothing yet is an empty list, not null`, async () => {
    const found = await list(start(), {});
    expect(found.status).toBe(200);
    expect(found.body).toEqual({ items: [], pagination: { total: 0, limit: 50, offset: 0 } });
  });

  test(`${way} shows a plan as it is read, without its prices`, async () => {
    const talk = start();
    const id = await plan(talk);
    const { body } = await talk.get(`/plans/${id}`);
    await price(talk, { entity_id: id });
    expect((await list(talk, {})).body.items).toEqual([body]);
  });

  test(`[plan.list-filters] ${way} finds the plan with a lookup key`, async () => {
    const talk = start();
    const [, b] = await placed(talk, 1, 2, 3);
    expect(ids(await list(talk, { lookup_key: 'key-1' }))).toEqual([b]);
    expect(ids(await list(talk, { lookup_key: 'KEY-1' }))).toEqual([]);
    expect(ids(await list(talk, { lookup_key: 'key' }))).toEqual([]);
  });

  test(`[list.times] ${way} narrows by the time of making, both ends included`, async () => {
    const talk = start();
    const [, b, c] = await placed(talk, 1, 2, 3);
    const from = { start_time: '2026-03-02T10:00:01Z' };
    expect(ids(await list(talk, from))).toEqual([b, c]);
    expect(ids(await list(talk, { ...from, end_time: '2026-03-02T10:00:01Z' }))).toEqual([b]);
  });
}

test('[plan.search-filters] finds plans by their ids', async () => {
  const talk = start();
  const [a, b, c] = await placed(talk, 1, 2, 3);
  const search = async (plan_ids: string[]) => ids(await talk.post('/plans/search', { plan_ids }));
  expect(await search([c as string, 'plan_x', a as string])).toEqual([a, c]);
  expect(await search(['plan_x'])).toEqual([]);
  expect(await search([])).toEqual([a, b, c]);
});

test('[plan.search-filters] finds the plan with exactly this lookup key, and counts what it finds', async () => {
  const talk = start();
  const [, b] = await placed(talk, 1, 2, 3);
  const found = await talk.post('/plans/search', { lookup_key: 'key-1' });
  expect(ids(found)).toEqual([b]);
  expect(found.body['pagination']).toEqual({ total: 1, limit: 50, offset: 0 });
  const none = await talk.post('/plans/search', { lookup_key: 'key-1', plan_ids: ['plan_x'] });
  expect(ids(none)).toEqual([]);
});

test('[plan.search-metadata] [plan.found-by-metadata] finds plans whose metadata holds all pairs', async () => {
  const talk = start();
  const make = async (metadata: Record<string, string>) =>
    (await talk.post('/plans', { name: 'Team', metadata })).body.id;
  const both = await make({ segment: 'smb', region: 'eu' });
  const one = await make({ segment: 'smb' });
  await make({ segment: 'mid', region: 'eu' });
  const search = async (metadata: Record<string, string>) =>
    ids(await talk.post('/plans/search', { metadata }));
  expect(await search({ segment: 'smb' })).toEqual([one, both]);
  expect(await search({ segment: 'smb', region: 'eu' })).toEqual([both]);
});

test('[plan.display-order] a search is sorted as asked', async () => {
  const talk = start();
  const [a, b, c] = await placed(talk, 3, 1, 2);
  const sorted = async (field: string, direction: string) =>
    ids(await talk.post('/plans/search', { sort: [{ field, direction }] }));
  expect(await sorted('name', 'desc')).toEqual([c, b, a]);
  expect(await sorted('name', 'asc')).toEqual([a, b, c]);
  expect(await sorted('display_order', 'desc')).toEqual([a, c, b]);
  expect(await sorted('created_at', 'desc')).toEqual([c, b, a]);
});

test('refuses filters of the wrong type, each named in details', async () => {
  const refused = await start().post('/plans/search', {
    plan_ids: 'plan_1',
    lookup_key: 5,
    sort: 'name',
  });
  expect(refused.status).toBe(400);
  expect(refused.body).toEqual(refusal(400, 'validation_error', 'plan_ids', 'lookup_key', 'sort'));
});
