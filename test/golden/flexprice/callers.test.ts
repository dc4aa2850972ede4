// Who may see what: tenants and environments are worlds of their own, and nobody is not a caller.

import { expect, test } from 'vitest';
import { type Extras, flat, GPU, group, ids, plan, price, refusal, start } from './talk.ts';

const OWNER: Extras = { key: 'key-a', environment: 'env_1' };
const STRANGERS: readonly [string, Extras][] = [
  ['another tenant', { key: 'key-b', environment: 'env_1' }],
  ['another environment', { key: 'key-a', environment: 'env_2' }],
  ['the standard environment', { key: 'key-a' }],
];

for (const [who, stranger] of STRANGERS) {
  test(`[scope.isolated] ${who} can't read, update or delete a record`, async () => {
    const talk = start();
    const groupId = await group(talk, 'gpu-usage', OWNER);
    const planId = await plan(talk, OWNER);
    const priceId = await price(talk, { entity_id: planId, group_id: groupId }, OWNER);
    const before = (await talk.get(`/prices/${priceId}?expand=groups`, OWNER)).body;
    for (const refused of [
      await talk.get(`/groups/${groupId}`, stranger),
      await talk.get(`/plans/${planId}`, stranger),
      await talk.get(`/prices/${priceId}?expand=groups`, stranger),
      await talk.put(`/prices/${priceId}`, { group_id: '' }, stranger),
      await talk.delete(`/groups/${groupId}`, stranger),
    ]) {
      expect(refused.status).toBe(404);
      expect(refused.body).toEqual(refusal(404, 'not_found'));
      expect(refused.wrote).toBe(false);
    }
    expect((await talk.get(`/prices/${priceId}?expand=groups`, OWNER)).body).toEqual(before);
  });

  test(`[scope.isolated] ${who} finds nothing of it in a search`, async () => {
    const talk = start();
    const groupId = await group(talk, 'gpu-usage', OWNER);
    const priceId = await price(talk, { group_id: groupId }, OWNER);
    for (const [path, filter] of [
      ['/groups/search', {}],
      ['/groups/search', { group_ids: [groupId] }],
      ['/groups/search', { lookup_key: 'gpu-usage' }],
      ['/prices/search', { allow_expired_prices: true }],
      ['/prices/search', { price_ids: [priceId] }],
    ] as const) {
      const found = await talk.post(path, filter, stranger);
      expect(found.body).toEqual({ items: [], pagination: { total: 0, limit: 50, offset: 0 } });
    }
    expect(ids(await talk.post('/groups/search', {}, OWNER))).toEqual([groupId]);
    expect(ids(await talk.post('/prices/search', {}, OWNER))).toEqual([priceId]);
  });

  test(`[scope.isolated] ${who} can't refer to it`, async () => {
    const talk = start();
    const group_id = await group(talk, 'gpu-usage', OWNER);
    const entity_id = await plan(talk, OWNER);
    expect((await talk.post('/prices', flat(entity_id), stranger)).status).toBe(404);
    const own = await price(talk, {}, stranger);
    expect((await talk.put(`/prices/${own}`, { group_id }, stranger)).status).toBe(400);
    expect((await talk.get(`/groups/${group_id}`, OWNER)).body['entity_ids']).toEqual([]);
  });
}

test('[scope.isolated] no header is the standard environment, and names of environments are exact', async () => {
  const talk = start();
  const id = await group(talk, 'gpu-usage', { environment: 'default' });
  expect((await talk.get(`/groups/${id}`)).status).toBe(200);
  expect((await talk.get(`/groups/${id}`, { environment: 'Default' })).status).toBe(404);
});

const EVERY_OPERATION = [
  ['POST', '/groups', GPU],
  ['GET', '/groups/group_1', undefined],
  ['POST', '/groups/search', {}],
  ['DELETE', '/groups/group_1', undefined],
  ['POST', '/plans', { name: 'Team' }],
  ['GET', '/plans/plan_1', undefined],
  ['POST', '/prices', flat('plan_1')],
  ['GET', '/prices/price_1', undefined],
  ['PUT', '/prices/price_1', {}],
  ['POST', '/prices/search', {}],
] as const;

for (const [method, path, body] of EVERY_OPERATION) {
  test(`${method} ${path} is refused without an API key, and with an empty one`, async () => {
    const talk = start();
    for (const key of [null, '']) {
      const refused = await talk.ask(method, path, body, { key });
      expect(refused.status).toBe(401);
      expect(refused.body).toEqual(refusal(401, 'permission_denied'));
      expect(refused.wrote).toBe(false);
    }
  });
}
