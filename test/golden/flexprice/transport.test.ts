// Requests that never get as far as a rule: routes, methods, bodies that can't be read.

import { expect, test } from 'vitest';
import { GPU, group, plan, price, refusal, start } from './talk.ts';

for (const path of ['/nothing', '/group', '/groups/a/b', '/', '/groupsearch', '/prices/a/b/c']) {
  test(`GET ${path} is an unknown route`, async () => {
    const refused = await start().get(path);
    expect(refused.status).toBe(404);
    expect(refused.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(refused.body).toEqual(refusal(404, 'not_found'));
  });
}

for (const [method, path, allow] of [
  ['GET', '/groups', ['POST']],
  ['PUT', '/groups/group_1', ['DELETE', 'GET']],
  ['PATCH', '/groups/group_1', ['DELETE', 'GET']],
  ['POST', '/plans/plan_1', ['DELETE', 'GET', 'PUT']],
  ['DELETE', '/plans', ['GET', 'POST']],
  ['GET', '/plans/plan_1/clone', ['POST']],
  ['PATCH', '/prices/price_1', ['DELETE', 'GET', 'PUT']],
  ['POST', '/prices/lookup/base', ['GET']],
  ['GET', '/prices', ['POST']],
] as const) {
  test(`${method} ${path} is not possible, and Allow says what is`, async () => {
    const refused = await start().ask(method, path, {});
    expect(refused.status).toBe(405);
    expect((refused.headers['allow'] ?? '').split(', ').sort()).toEqual([...allow]);
    expect(refused.body).toEqual(refusal(405, 'invalid_operation'));
  });
}

for (const path of [
  '/groups',
  '/groups/search',
  '/plans',
  '/plans/search',
  '/prices',
  '/prices/bulk',
  '/prices/search',
  '/meters',
  '/customers',
]) {
  test(`POST ${path} refuses a body that is not JSON, or none, or no object`, async () => {
    const talk = start();
    for (const refused of [
      await talk.post(path, undefined, { bodyFault: 'malformed' }),
      await talk.post(path, undefined, { bodyFault: 'too-deep' }),
      await talk.post(path),
      await talk.post(path, []),
      await talk.post(path, 'text'),
      await talk.post(path, null),
    ]) {
      expect(refused.status).toBe(400);
      expect(refused.body).toEqual(refusal(400, 'validation_error'));
      expect(refused.wrote).toBe(false);
    }
  });

  test(`POST ${path} refuses a body over the limit`, async () => {
    const refused = await start().post(path, undefined, { bodyFault: 'too-large' });
    expect(refused.status).toBe(413);
    expect(refused.body).toMatchObject({ code: 'validation_error', http_status_code: 413 });
  });
}

for (const [method, path] of [
  ['PUT', '/prices/{price}'],
  ['DELETE', '/prices/{price}'],
  ['PUT', '/plans/{plan}'],
  ['POST', '/plans/{plan}/clone'],
] as const) {
  test(`${method} ${path} refuses a body that is not JSON, or none, or no object`, async () => {
    const talk = start();
    const entity_id = await plan(talk);
    const id = await price(talk, { entity_id });
    const there = path.replace('{price}', id).replace('{plan}', entity_id);
    for (const refused of [
      await talk.ask(method, there, undefined, { bodyFault: 'malformed' }),
      await talk.ask(method, there),
      await talk.ask(method, there, []),
    ]) {
      expect(refused.status).toBe(400);
      expect(refused.body).toEqual(refusal(400, 'validation_error'));
      expect(refused.wrote).toBe(false);
    }
  });
}

test('an id with bad percent-encoding is a client error in the usual form', async () => {
  const talk = start();
  for (const path of ['/groups/%ZZ', '/prices/%', '/plans/%E0%A4%A']) {
    const refused = await talk.get(path);
    expect([400, 404]).toContain(refused.status);
    expect(refused.body).toMatchObject({
      http_status_code: refused.status,
      message: expect.any(String),
    });
  }
});

test('ids are read with their percent-encoding undone', async () => {
  const talk = start();
  const id = await group(talk);
  const read = await talk.get(`/groups/${id.replace('_', '%5F')}`);
  expect(read.status).toBe(200);
  expect(read.body.id).toBe(id);
});

for (const id of ['__proto__', 'constructor', 'toString', 'search', '%2F', '..%2Fplans', '%00']) {
  test(`GET /groups/${id} is an unknown group`, async () => {
    const talk = start();
    await talk.post('/groups', GPU);
    const refused = await talk.get(`/groups/${id}`);
    expect(refused.status).toBe(404);
    expect(refused.body).toEqual(refusal(404, 'not_found'));
  });
}

test('a slash behind the path makes no difference', async () => {
  const talk = start();
  const made = await talk.post('/groups/', GPU);
  expect(made.status).toBe(201);
  expect((await talk.get(`/groups/${made.body.id}/`)).status).toBe(200);
});
