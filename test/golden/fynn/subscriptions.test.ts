// Subscriptions and their billing group, by the API reference: update a subscription, subscriptions; the
// billing groups guide.

import { expect, test } from 'vitest';
import {
  type Answer,
  customer,
  expectProblem,
  expectViolations,
  group,
  ids,
  NO_CUSTOMER,
  NO_GROUP,
  start,
  subscription,
  type Talk,
  UUID,
} from './talk.ts';

const groupOf = ({ body }: Answer) => (body['billingGroup'] as { id: string } | null)?.id ?? null;

test('[subscription.shows-group] [subscription.shows-billing] a subscription shows its group and its billing', async () => {
  const talk = start();
  const owner = await customer(talk);
  const billingGroup = await group(talk, owner, { customDay: 3 });
  const made = await talk.post('/subscriptions', {
    customer: owner,
    name: 'Metering platform',
    billingGroup,
    startDate: '2026-01-15',
    billingInterval: '1M',
  });
  expect(made.status).toBe(201);
  const shown = {
    id: expect.stringMatching(UUID),
    customer: owner,
    name: 'Metering platform',
    status: 'draft',
    startDate: '2026-01-15',
    createdAt: '2026-03-02T09:15:30.000Z',
    billingGroup: {
      id: billingGroup,
      name: 'Month end',
      type: 'end_of_month',
      customDay: 3,
      customMonth: null,
    },
    billing: { nextBillingAt: '2026-01-31', billingInterval: '1M' },
  };
  expect(made.body).toEqual(shown);
  expect((await talk.get(`/subscriptions/${made.body.id}`)).body).toEqual(shown);
  expect((await talk.get('/subscriptions')).body['data']).toEqual([shown]);
});

test('[subscription.shows-group] without a group it shows null', async () => {
  const talk = start();
  const owner = await customer(talk);
  for (const body of [{ customer: owner }, { customer: owner, billingGroup: null }]) {
    const made = await talk.post('/subscriptions', body);
    expect(made.status).toBe(201);
    expect(made.body['billingGroup']).toBeNull();
    expect((await talk.get(`/subscriptions/${made.body.id}`)).body['billingGroup']).toBeNull();
  }
});

test('[subscription.shows-billing] a subscription alone shows its own interval', async () => {
  const talk = start();
  const owner = await customer(talk);
  const id = await subscription(talk, owner, { startDate: '2026-01-15', billingInterval: '1Y' });
  const { body } = await talk.get(`/subscriptions/${id}`);
  expect(body['billing']).toEqual({ nextBillingAt: '2027-01-15', billingInterval: '1Y' });
});

test('[subscription.customer-exists] takes a customer by id and by its IRI', async () => {
  const talk = start();
  const owner = await customer(talk);
  for (const written of [owner, `/customers/${owner}`]) {
    const made = await talk.post('/subscriptions', { customer: written });
    expect(made.status).toBe(201);
    expect(made.body['customer']).toBe(owner);
  }
  expect(ids(await talk.get(`/subscriptions?customer=${owner}`))).toHaveLength(2);
});

test('[subscription.customer-exists] refuses a customer that is not there, or not named', async () => {
  const talk = start();
  for (const other of [NO_CUSTOMER, `/customers/${NO_CUSTOMER}`]) {
    expectViolations(await talk.post('/subscriptions', { customer: other }), 'customer');
  }
  expectViolations(await talk.post('/subscriptions', {}), 'customer');
  expect(ids(await talk.get('/subscriptions'))).toEqual([]);
});

for (const owner of ['', '/customers/']) {
  test(`[subscription.customer-exists] refuses the customer "${owner}", which is none`, async () => {
    expectViolations(await start().post('/subscriptions', { customer: owner }), 'customer');
  });
}

/** Two customers, each with a group. */
async function two(talk: Talk) {
  const [mine, theirs] = [await customer(talk), await customer(talk)];
  return { mine, own: await group(talk, mine), foreign: await group(talk, theirs) };
}

test('[subscription.group-of-own-customer] takes its own group, by id and by IRI', async () => {
  const talk = start();
  const { mine, own } = await two(talk);
  for (const billingGroup of [own, `/billing-groups/${own}`]) {
    const made = await talk.post('/subscriptions', {
      customer: `/customers/${mine}`,
      billingGroup,
    });
    expect(made.status).toBe(201);
    expect(groupOf(made)).toBe(own);
    const id = await subscription(talk, mine);
    const moved = await talk.put(`/subscriptions/${id}`, { billingGroup });
    expect(moved.status).toBe(200);
    expect(groupOf(moved)).toBe(own);
  }
});

test('[subscription.group-of-own-customer] a new one is refused in a foreign or unknown group', async () => {
  const talk = start();
  const { mine, own, foreign } = await two(talk);
  for (const billingGroup of [
    foreign,
    `/billing-groups/${foreign}`,
    NO_GROUP,
    `/billing-groups/${NO_GROUP}`,
    `/customers/${own}`,
  ]) {
    const refused = await talk.post('/subscriptions', { customer: mine, billingGroup });
    expectViolations(refused, 'billingGroup');
    expect(refused.headers['x-tallystick-rule']).toBe('subscription.group-of-own-customer');
  }
  expect(ids(await talk.get('/subscriptions'))).toEqual([]);
  expect((await talk.get(`/billing-groups/${foreign}`)).body['subscriptions']).toEqual([]);
});

test('[subscription.group-of-own-customer] no update moves one there, and nothing is changed', async () => {
  const talk = start();
  const { mine, own, foreign } = await two(talk);
  const id = await subscription(talk, mine, { billingGroup: own, name: 'before' });
  const before = (await talk.get(`/subscriptions/${id}`)).body;
  for (const billingGroup of [foreign, `/billing-groups/${foreign}`, NO_GROUP]) {
    const refused = await talk.put(`/subscriptions/${id}`, { billingGroup, name: 'after' });
    expectViolations(refused, 'billingGroup');
  }
  expect((await talk.get(`/subscriptions/${id}`)).body).toEqual(before);
  expect((await talk.get(`/billing-groups/${foreign}`)).body['subscriptions']).toEqual([]);
  expect((await talk.get(`/billing-groups/${own}`)).body['subscriptions']).toEqual([
    `/subscriptions/${id}`,
  ]);
});

test('[subscription.leaves-group] null takes it out, an id puts it in again', async () => {
  const talk = start();
  const owner = await customer(talk);
  const billingGroup = await group(talk, owner);
  const id = await subscription(talk, owner, { billingGroup, startDate: '2026-01-15' });
  const left = await talk.put(`/subscriptions/${id}`, { billingGroup: null, periods: [] });
  expect(left.status).toBe(200);
  expect(left.body['billingGroup']).toBeNull();
  expect(left.body['billing']).toEqual({ nextBillingAt: '2026-02-15', billingInterval: '1M' });
  expect((await talk.get(`/subscriptions/${id}`)).body).toEqual(left.body);
  const back = await talk.put(`/subscriptions/${id}`, { billingGroup });
  expect(groupOf(back)).toBe(billingGroup);
  expect(back.body['billing']).toEqual({ nextBillingAt: '2026-01-31', billingInterval: '1M' });
});

test('[subscription.absent-keeps-group] an update without billingGroup keeps the group', async () => {
  const talk = start();
  const owner = await customer(talk);
  const billingGroup = await group(talk, owner);
  const id = await subscription(talk, owner, { billingGroup });
  for (const body of [{ name: 'other' }, {}, { periods: [] }]) {
    const kept = await talk.put(`/subscriptions/${id}`, body);
    expect(kept.status).toBe(200);
    expect(groupOf(kept)).toBe(billingGroup);
    expect(groupOf(await talk.get(`/subscriptions/${id}`))).toBe(billingGroup);
  }
});

test('[record.kept] an update changes what it was sent and nothing else', async () => {
  const talk = start();
  const owner = await customer(talk);
  const fields = { name: 'before', startDate: '2026-01-15', billingInterval: '2W' };
  const id = await subscription(talk, owner, fields);
  const before = (await talk.get(`/subscriptions/${id}`)).body;
  expect(before).toMatchObject({ name: 'before', startDate: '2026-01-15' });
  talk.at('2026-05-01T00:00:00Z');
  const renamed = await talk.put(`/subscriptions/${id}`, { name: 'after' });
  expect(renamed.body).toEqual({ ...before, name: 'after' });
  const moved = await talk.put(`/subscriptions/${id}`, { startDate: '2026-06-01' });
  expect(moved.body).toEqual({
    ...before,
    name: 'after',
    startDate: '2026-06-01',
    billing: { nextBillingAt: '2026-06-15', billingInterval: '2W' },
  });
});

test('an unknown subscription is neither read nor updated', async () => {
  const talk = start();
  expectProblem(await talk.get(`/subscriptions/${NO_CUSTOMER}`), 404);
  expectProblem(await talk.put(`/subscriptions/${NO_CUSTOMER}`, { name: 'x' }), 404);
  expectProblem(await talk.put(`/subscriptions/${NO_CUSTOMER}`, { billingGroup: null }), 404);
});

test('a name of a subscription has 255 characters, not 256', async () => {
  const talk = start();
  const owner = await customer(talk);
  const id = await subscription(talk, owner, { name: 'x'.repeat(255) });
  const name = 'x'.repeat(256);
  expectViolations(await talk.post('/subscriptions', { customer: owner, name }), 'name');
  expectViolations(await talk.put(`/subscriptions/${id}`, { name }), 'name');
});

test('[subscription.list-by-customer] subscriptions narrow by customer', async () => {
  const talk = start();
  const [a, b] = [await customer(talk), await customer(talk)];
  const one = await subscription(talk, a);
  const two = await subscription(talk, b);
  const three = await subscription(talk, a);
  expect([...ids(await talk.get(`/subscriptions?customer=${a}`))].sort()).toEqual(
    [one, three].sort(),
  );
  expect(ids(await talk.get(`/subscriptions?customer=${b}`))).toEqual([two]);
  expect(ids(await talk.get(`/subscriptions?customer=${NO_CUSTOMER}`))).toEqual([]);
  expect(ids(await talk.get('/subscriptions'))).toHaveLength(3);
});
