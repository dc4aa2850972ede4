// The custom day and month of a billing group, by "Create a billing group" (API reference).

import { expect, test } from 'vitest';
import type { Json } from '../../../src/model/json.ts';
import { customer, expectProblem, expectViolations, start, type Talk } from './talk.ts';

async function make(talk: Talk, fields: Record<string, Json>) {
  return talk.post('/billing-groups', { customer: await customer(talk), name: 'x', ...fields });
}

for (const type of ['custom', 'end_of_month', 'start_of_year']) {
  test(`[group.custom-day] with ${type}, takes the days 1 and 31`, async () => {
    const talk = start();
    for (const customDay of [1, 31]) {
      const made = await make(talk, { type, customDay });
      expect(made.status).toBe(201);
      expect(made.body).toMatchObject({ type, customDay, customMonth: null });
    }
  });

  test(`[group.custom-day] with ${type}, refuses the days 0, 32 and -1`, async () => {
    const talk = start();
    for (const customDay of [0, 32, -1]) {
      const refused = await make(talk, { type, customDay });
      expectViolations(refused, 'customDay');
      expect(refused.headers['x-tallystick-rule']).toBe('group.custom-day');
    }
  });

  test(`[group.custom-month] with ${type}, takes the months 1 and 12`, async () => {
    const talk = start();
    for (const customMonth of [1, 12]) {
      const made = await make(talk, { type, customDay: 15, customMonth });
      expect(made.status).toBe(201);
      expect(made.body).toMatchObject({ type, customDay: 15, customMonth });
    }
  });

  test(`[group.custom-month] with ${type}, refuses the months 0, 13 and -1`, async () => {
    const talk = start();
    for (const customMonth of [0, 13, -1]) {
      const refused = await make(talk, { type, customDay: 15, customMonth });
      expectViolations(refused, 'customMonth');
      expect(refused.headers['x-tallystick-rule']).toBe('group.custom-month');
    }
  });
}

test('[group.custom-day] [group.custom-month] null is no day and no month', async () => {
  const talk = start();
  const made = await make(talk, { type: 'end_of_year', customDay: null, customMonth: null });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ type: 'end_of_year', customDay: null, customMonth: null });
  const monthly = await make(talk, { type: 'custom', customDay: 15, customMonth: null });
  expect(monthly.status).toBe(201);
  expect(monthly.body).toMatchObject({ type: 'custom', customDay: 15, customMonth: null });
});

for (const customDay of ['15', '', 'x', 15.5, true, [15], { day: 15 }]) {
  test(`${JSON.stringify(customDay)} is no day and no month`, async () => {
    const talk = start();
    expectProblem(await make(talk, { type: 'custom', customDay }), 400);
    const month = { type: 'custom', customDay: 15, customMonth: customDay };
    expectProblem(await make(talk, month), 400);
  });
}

test('a body of a wrong type is refused as such, whatever else is wrong with it', async () => {
  const talk = start();
  expectProblem(await talk.post('/billing-groups', { name: '', customDay: '31' }), 400);
  expectProblem(await make(talk, { type: 'weekly', customDay: 99, customMonth: '12' }), 400);
});

test('a name, a type and a customer are strings', async () => {
  const talk = start();
  expectProblem(await make(talk, { type: 'end_of_month', name: 7 }), 400);
  expectProblem(await make(talk, { type: 7 }), 400);
  expectProblem(await make(talk, { type: 'end_of_month', customer: 7 }), 400);
});

for (const fields of [
  {},
  { customDay: null },
  { customMonth: 2 },
  { customDay: null, customMonth: 12 },
]) {
  test(`[group.custom-needs-day] refuses a custom group with ${JSON.stringify(fields)}`, async () => {
    const talk = start();
    const refused = await make(talk, { type: 'custom', ...fields });
    expectViolations(refused, 'customDay');
    expect(refused.headers['x-tallystick-rule']).toBe('group.custom-needs-day');
  });
}

test('[group.custom-needs-day] takes a custom group with a day, also one that its month lacks', async () => {
  const talk = start();
  for (const fields of [
    { customDay: 31 },
    { customDay: 31, customMonth: 4 },
    { customDay: 30, customMonth: 2 },
  ]) {
    const made = await make(talk, { type: 'custom', ...fields });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject(fields);
  }
});

test('[group.custom-needs-day] groups of other types need no day', async () => {
  const talk = start();
  for (const type of ['start_of_month', 'end_of_month', 'start_of_year', 'end_of_year']) {
    const made = await make(talk, { type });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ type, customDay: null, customMonth: null });
  }
});

for (const [type, next] of [
  ['start_of_month', '2026-02-01'],
  ['end_of_month', '2026-01-31'],
  ['start_of_year', '2027-01-01'],
  ['end_of_year', '2026-12-31'],
] as const) {
  test(`[group.custom-only-when-custom] a day and a month change no date of ${type}`, async () => {
    const talk = start();
    const owner = await customer(talk);
    const group = await talk.post('/billing-groups', {
      customer: owner,
      name: 'x',
      type,
      customDay: 20,
      customMonth: 6,
    });
    expect(group.status).toBe(201);
    expect(group.body).toMatchObject({ customDay: 20, customMonth: 6 });
    const made = await talk.post('/subscriptions', {
      customer: owner,
      billingGroup: group.body.id,
      startDate: '2026-01-15',
    });
    expect(made.body['billing']).toEqual({ nextBillingAt: next, billingInterval: '1M' });
  });
}
