// Requests that never get as far as a rule: routes, methods, bodies that can't be read, callers that
// nobody knows. And what an answer is when only HTML is taken.

import { expect, test } from 'vitest';
import { NO_BEARER_TOKEN } from '../talk.ts';
import {
  customer,
  END,
  expectProblem,
  group,
  NO_CUSTOMER,
  NO_GROUP,
  start,
  subscription,
} from './talk.ts';

for (const path of ['/nothing', '/billing-group', '/billing-groups/a/b', '/', '/customers/a/b']) {
  test(`GET ${path} is an unknown route`, async () => {
    expectProblem(await start().get(path), 404);
  });
}

for (const [method, path, allow] of [
  ['PUT', `/billing-groups/${NO_GROUP}`, ['GET']],
  ['PATCH', `/billing-groups/${NO_GROUP}`, ['GET']],
  ['DELETE', `/billing-groups/${NO_GROUP}`, ['GET']],
  ['GET', '/billing-groups', ['POST']],
  ['POST', `/customers/${NO_CUSTOMER}/billing-groups`, ['GET']],
  ['DELETE', `/subscriptions/${NO_CUSTOMER}`, ['GET', 'PUT']],
  ['PUT', '/customers', ['GET', 'POST']],
] as const) {
  test(`${method} ${path} is not possible, and Allow says what is`, async () => {
    const refused = await start().ask(method, path, {});
    expectProblem(refused, 405);
    expect((refused.headers['allow'] ?? '').split(', ').sort()).toEqual([...allow]);
  });
}

test('PUT /billing-groups/{id} changes no group that exists either', async () => {
  const talk = start();
  const id = await group(talk, await customer(talk));
  const refused = await talk.put(`/billing-groups/${id}`, { name: 'other' });
  expectProblem(refused, 405);
  expect(refused.headers['allow']).toBe('GET');
  expect((await talk.get(`/billing-groups/${id}`)).body['name']).toBe('Month end');
});

for (const path of ['/billing-groups', '/customers', '/subscriptions']) {
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
      expectProblem(refused, 400);
    }
  });

  test(`POST ${path} refuses a body over the limit, and one of another type`, async () => {
    const talk = start();
    for (const [bodyFault, status] of [
      ['too-large', 413],
      ['unsupported', 415],
    ] as const) {
      const refused = await talk.post(path, undefined, { bodyFault });
      expect(refused.status).toBe(status);
      expect(refused.headers['content-type']).toBe('application/problem+json; charset=utf-8');
      expect(refused.body).toMatchObject({ title: 'An error occurred', status });
      expect(refused.wrote).toBe(false);
    }
  });
}

test('PUT /subscriptions/{id} refuses a body that is not JSON, or none', async () => {
  const talk = start();
  const id = await subscription(talk, await customer(talk));
  expectProblem(await talk.put(`/subscriptions/${id}`, undefined, { bodyFault: 'malformed' }), 400);
  expectProblem(await talk.put(`/subscriptions/${id}`), 400);
  expectProblem(await talk.put(`/subscriptions/${id}`, { name: 7 }), 400);
});

for (const [accept, type] of [
  ['text/html', 'text/html; charset=utf-8'],
  ['application/json', 'application/json; charset=utf-8'],
  ['text/html, application/json', 'application/json; charset=utf-8'],
  ['*/*', 'application/json; charset=utf-8'],
] as const) {
  test(`a caller that accepts ${accept} is answered with ${type}`, async () => {
    const talk = start();
    const headers = { accept };
    const owner = await customer(talk);
    const made = await talk.post('/billing-groups', { customer: owner, ...END }, { headers });
    expect(made.status).toBe(201);
    expect(made.headers['content-type']).toBe(type);
    expect(made.body).toMatchObject({ name: 'Month end', type: 'end_of_month' });
    const read = await talk.get(`/billing-groups/${made.body.id}`, { headers });
    expect(read.status).toBe(200);
    expect(read.headers['content-type']).toBe(type);
    const listed = await talk.get(`/customers/${owner}/billing-groups`, { headers });
    expect(listed.headers['content-type']).toBe(type);
  });
}

const EVERY_OPERATION = [
  ['POST', '/billing-groups', { customer: NO_CUSTOMER, ...END }],
  ['GET', `/billing-groups/${NO_GROUP}`, undefined],
  ['GET', `/customers/${NO_CUSTOMER}/billing-groups`, undefined],
  ['POST', '/customers', { email: 'a@mail.example' }],
  ['GET', '/customers', undefined],
  ['GET', `/customers/${NO_CUSTOMER}`, undefined],
  ['POST', '/subscriptions', { customer: NO_CUSTOMER }],
  ['GET', '/subscriptions', undefined],
  ['GET', `/subscriptions/${NO_CUSTOMER}`, undefined],
  ['PUT', `/subscriptions/${NO_CUSTOMER}`, {}],
] as const;

for (const [method, path, body] of EVERY_OPERATION) {
  test(`${method} ${path} is refused without a token, and with none that is one`, async () => {
    const talk = start();
    for (const extras of NO_BEARER_TOKEN) {
      const refused = await talk.ask(method, path, body, extras);
      expect(refused.status).toBe(401);
      expect(refused.headers['content-type']).toBe('application/json; charset=utf-8');
      expect(refused.body).toEqual({ code: 401, message: expect.stringMatching(/./) });
      expect(refused.wrote).toBe(false);
    }
  });
}
