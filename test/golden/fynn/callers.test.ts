// Who may see what: tenants are worlds of their own.

import { expect, test } from 'vitest';
import { STRANGER } from '../talk.ts';
import {
  customer,
  END,
  expectProblem,
  expectViolations,
  group,
  ids,
  start,
  subscription,
} from './talk.ts';

test("[scope.isolated] another tenant can't read or update a record", async () => {
  const talk = start();
  const owner = await customer(talk);
  const billingGroup = await group(talk, owner);
  const id = await subscription(talk, owner, { billingGroup });
  const before = (await talk.get(`/subscriptions/${id}`)).body;
  expectProblem(await talk.get(`/customers/${owner}`, STRANGER), 404);
  expectProblem(await talk.get(`/customers/${owner}/billing-groups`, STRANGER), 404);
  expectProblem(await talk.get(`/billing-groups/${billingGroup}`, STRANGER), 404);
  expectProblem(await talk.get(`/subscriptions/${id}`, STRANGER), 404);
  expectProblem(await talk.put(`/subscriptions/${id}`, { billingGroup: null }, STRANGER), 404);
  expect((await talk.get(`/subscriptions/${id}`)).body).toEqual(before);
});

test('[scope.isolated] another tenant finds nothing of it in a list', async () => {
  const talk = start();
  const owner = await customer(talk);
  const id = await subscription(talk, owner);
  const theirs = await customer(talk, {}, STRANGER);
  expect(ids(await talk.get('/customers', STRANGER))).toEqual([theirs]);
  expect(ids(await talk.get('/subscriptions', STRANGER))).toEqual([]);
  expect(ids(await talk.get(`/subscriptions?customer=${owner}`, STRANGER))).toEqual([]);
  expect(ids(await talk.get('/customers'))).toEqual([owner]);
  expect(ids(await talk.get('/subscriptions'))).toEqual([id]);
});

test("[scope.isolated] another tenant can't refer to it", async () => {
  const talk = start();
  const owner = await customer(talk);
  const billingGroup = await group(talk, owner);
  const theirs = await customer(talk, {}, STRANGER);
  const own = await subscription(talk, theirs, {}, STRANGER);
  for (const written of [owner, `/customers/${owner}`]) {
    const made = await talk.post('/billing-groups', { customer: written, ...END }, STRANGER);
    expectViolations(made, 'customer');
    expectViolations(
      await talk.post('/subscriptions', { customer: written }, STRANGER),
      'customer',
    );
  }
  for (const written of [billingGroup, `/billing-groups/${billingGroup}`]) {
    const body = { customer: theirs, billingGroup: written };
    expectViolations(await talk.post('/subscriptions', body, STRANGER), 'billingGroup');
    const moved = await talk.put(`/subscriptions/${own}`, { billingGroup: written }, STRANGER);
    expectViolations(moved, 'billingGroup');
  }
  expect((await talk.get(`/billing-groups/${billingGroup}`)).body['subscriptions']).toEqual([]);
});

test('[scope.isolated] the word Bearer may be in any case, the token may not', async () => {
  const talk = start();
  const owner = await customer(talk);
  const as = (authorization: string) => ({ key: null, headers: { authorization } });
  expect((await talk.get(`/customers/${owner}`, as('bearer key-a'))).status).toBe(200);
  expect((await talk.get(`/customers/${owner}`, as('Bearer KEY-A'))).status).toBe(404);
});
