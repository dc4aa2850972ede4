// Creating billing groups, by "Create a billing group" (API reference).

import { expect, test } from 'vitest';
import {
  customer,
  END,
  expectProblem,
  expectViolations,
  ids,
  NO_CUSTOMER,
  NO_GROUP,
  start,
} from './talk.ts';

const ULID = /^[0-9A-HJKMNP-TV-Z]{26}$/;

test("[group.custom-only-when-custom] the documents' sample request is taken, its numbers as numbers", async () => {
  const talk = start();
  const made = await talk.post('/billing-groups', {
    customer: await customer(talk),
    name: 'Billing of payments at the end of the month',
    type: 'end_of_month',
    customDay: 31,
    customMonth: 12,
  });
  expect(made.status).toBe(201);
  expect(made.headers['content-type']).toBe('application/json; charset=utf-8');
  expect(made.body).toEqual({
    id: expect.stringMatching(ULID),
    name: 'Billing of payments at the end of the month',
    type: 'end_of_month',
    customDay: 31,
    customMonth: 12,
  });
});

test("the documents' sample request is refused as it stands, with strings for numbers", async () => {
  const talk = start();
  const owner = await customer(talk);
  const sample = {
    customer: owner,
    name: 'Billing of payments at the end of the month',
    type: 'end_of_month',
    customDay: '31',
    customMonth: '12',
  };
  expectProblem(await talk.post('/billing-groups', sample), 400);
  expectProblem(await talk.post('/billing-groups', { ...sample, customDay: 31 }), 400);
  expectProblem(await talk.post('/billing-groups', { ...sample, customMonth: 12 }), 400);
  expect(ids(await talk.get(`/customers/${owner}/billing-groups`))).toEqual([]);
});

for (const type of [
  'start_of_month',
  'end_of_month',
  'start_of_year',
  'end_of_year',
  'custom',
] as const) {
  test(`[group.type-known] takes the type ${type}`, async () => {
    const talk = start();
    const body = { customer: await customer(talk), name: 'x', type, customDay: 15 };
    const made = await talk.post('/billing-groups', body);
    expect(made.status).toBe(201);
    expect(made.body).toEqual({
      id: expect.stringMatching(ULID),
      name: 'x',
      type,
      customDay: 15,
      customMonth: null,
    });
  });
}

for (const type of ['monthly', 'END_OF_MONTH', 'end-of-month', '']) {
  test(`[group.type-known] refuses the type "${type}"`, async () => {
    const talk = start();
    const body = { customer: await customer(talk), name: 'x', type };
    const refused = await talk.post('/billing-groups', body);
    expectViolations(refused, 'type');
    expect(refused.headers['x-tallystick-rule']).toBe('group.type-known');
  });
}

for (const field of ['customer', 'name', 'type'] as const) {
  test(`[group.fields-required] refuses a group without ${field}`, async () => {
    const talk = start();
    const { [field]: _, ...rest } = { customer: await customer(talk), ...END };
    expectViolations(await talk.post('/billing-groups', rest), field);
  });

  test(`[group.fields-required] refuses a group whose ${field} is null`, async () => {
    const talk = start();
    const body = { customer: await customer(talk), ...END, [field]: null };
    expectViolations(await talk.post('/billing-groups', body), field);
  });
}

test('[group.fields-required] a group of the three fields is enough', async () => {
  const talk = start();
  const made = await talk.post('/billing-groups', {
    customer: await customer(talk),
    name: 'Month end',
    type: 'end_of_month',
  });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ customDay: null, customMonth: null });
});

test('[group.fields-required] names all missing fields at once', async () => {
  expectViolations(await start().post('/billing-groups', {}), 'customer', 'name', 'type');
});

test('several broken fields have a violation and a line each', async () => {
  const talk = start();
  const refused = await talk.post('/billing-groups', {
    customer: await customer(talk),
    name: '',
    type: 'weekly',
    customDay: 32,
    customMonth: 0,
  });
  expectViolations(refused, 'name', 'type', 'customDay', 'customMonth');
});

test('[group.name-limit] a name has 255 characters, not 256', async () => {
  const talk = start();
  const owner = await customer(talk);
  for (const name of ['x'.repeat(255), 'ü'.repeat(255), 'x']) {
    const made = await talk.post('/billing-groups', { customer: owner, ...END, name });
    expect(made.status).toBe(201);
    expect(made.body['name']).toBe(name);
  }
  const name = 'x'.repeat(256);
  const refused = await talk.post('/billing-groups', { customer: owner, ...END, name });
  expectViolations(refused, 'name');
  expect(refused.headers['x-tallystick-rule']).toBe('group.name-limit');
});

test('[group.name-not-blank] refuses no name at all and one of blanks, takes one with blanks', async () => {
  const talk = start();
  const owner = await customer(talk);
  for (const name of ['', ' ', '\t\n ']) {
    const refused = await talk.post('/billing-groups', { customer: owner, ...END, name });
    expectViolations(refused, 'name');
  }
  const made = await talk.post('/billing-groups', { customer: owner, ...END, name: ' a b ' });
  expect(made.status).toBe(201);
  expect(made.body['name']).toBe(' a b ');
});

test('two groups of a customer may have the same name', async () => {
  const talk = start();
  const body = { customer: await customer(talk), ...END };
  expect((await talk.post('/billing-groups', body)).status).toBe(201);
  expect((await talk.post('/billing-groups', body)).status).toBe(201);
});

test('[group.id-is-given] an id that is sent is not taken', async () => {
  const talk = start();
  const body = { customer: await customer(talk), ...END, id: NO_GROUP };
  const made = await talk.post('/billing-groups', body);
  expect(made.status).toBe(201);
  expect(made.body.id).toMatch(ULID);
  expect(made.body.id).not.toBe(NO_GROUP);
  expect((await talk.get(`/billing-groups/${NO_GROUP}`)).status).toBe(404);
});

test('fields that nobody knows are left aside', async () => {
  const talk = start();
  const body = { customer: await customer(talk), ...END, colour: 'red', subscriptions: ['x'] };
  const made = await talk.post('/billing-groups', body);
  expect(made.status).toBe(201);
  expect(Object.keys(made.body).sort()).toEqual(['customDay', 'customMonth', 'id', 'name', 'type']);
});

test('[group.customer-exists] takes a customer by id and by its IRI', async () => {
  const talk = start();
  const owner = await customer(talk);
  const made = await Promise.all([
    talk.post('/billing-groups', { ...END, customer: owner }),
    talk.post('/billing-groups', { ...END, customer: `/customers/${owner}` }),
  ]);
  expect(made.map(({ status }) => status)).toEqual([201, 201]);
  const listed = ids(await talk.get(`/customers/${owner}/billing-groups`));
  expect([...listed].sort()).toEqual(made.map(({ body }) => body.id).sort());
});

test('[group.customer-exists] refuses a customer that is not there', async () => {
  const talk = start();
  const owner = await customer(talk);
  for (const other of [
    NO_CUSTOMER,
    `/customers/${NO_CUSTOMER}`,
    `/billing-groups/${owner}`,
    `customers/${owner}`,
    owner.toUpperCase().replace(/^./, 'g'),
  ]) {
    expectViolations(await talk.post('/billing-groups', { ...END, customer: other }), 'customer');
  }
});

for (const customer of ['', '/customers/']) {
  test(`[group.customer-exists] refuses the customer "${customer}", which is none`, async () => {
    expectViolations(await start().post('/billing-groups', { ...END, customer }), 'customer');
  });
}
