// When a subscription is billed next: the descriptions in "Create a billing group", and the date table of
// facts 2.7 (assumed), each row in words. A row's later dates are asked for by a start right behind the
// date before.

import { expect, test } from 'vitest';
import type { Json } from '../../../src/model/json.ts';
import { customer, group, start, subscription } from './talk.ts';

/** The next date of a new subscription; null is no group. */
async function next(
  type: Record<string, Json> | null,
  fields: Record<string, Json>,
  who: Record<string, Json> = {},
  at?: string,
): Promise<unknown> {
  const talk = start();
  const owner = await customer(talk, who);
  if (at !== undefined) talk.at(at);
  const billingGroup = type === null ? null : await group(talk, owner, type);
  const id = await subscription(talk, owner, { billingGroup, ...fields });
  const { billing } = (await talk.get(`/subscriptions/${id}`)).body;
  return (billing as Record<string, unknown>)['nextBillingAt'];
}

type Row = readonly [start: string, next: string];
const TABLE: readonly [tag: string, type: Record<string, Json> | null, rows: readonly Row[]][] = [
  [
    '[subscription.next-start-of-month]',
    { type: 'start_of_month' },
    [
      ['2026-01-15', '2026-02-01'],
      ['2026-02-02', '2026-03-01'],
      ['2026-12-31', '2027-01-01'],
      ['2026-02-01', '2026-02-01'],
    ],
  ],
  [
    '[subscription.next-end-of-month]',
    { type: 'end_of_month' },
    [
      ['2026-01-15', '2026-01-31'],
      ['2026-02-01', '2026-02-28'],
      ['2026-03-01', '2026-03-31'],
      ['2028-02-10', '2028-02-29'],
      ['2026-02-28', '2026-02-28'],
    ],
  ],
  [
    '[subscription.next-start-of-year]',
    { type: 'start_of_year' },
    [
      ['2026-01-15', '2027-01-01'],
      ['2026-12-31', '2027-01-01'],
      ['2026-01-01', '2026-01-01'],
    ],
  ],
  [
    '[subscription.next-end-of-year]',
    { type: 'end_of_year' },
    [
      ['2026-01-15', '2026-12-31'],
      ['2027-01-01', '2027-12-31'],
      ['2026-12-31', '2026-12-31'],
    ],
  ],
  [
    '[subscription.next-custom-day]',
    { type: 'custom', customDay: 15 },
    [
      ['2026-01-15', '2026-01-15'],
      ['2026-01-16', '2026-02-15'],
      ['2026-01-14', '2026-01-15'],
      ['2026-12-16', '2027-01-15'],
    ],
  ],
  [
    '[subscription.next-custom-day]',
    { type: 'custom', customDay: 1 },
    [
      ['2026-02-01', '2026-02-01'],
      ['2026-02-02', '2026-03-01'],
    ],
  ],
  [
    '[subscription.next-custom-clamped]',
    { type: 'custom', customDay: 31 },
    [
      ['2026-01-15', '2026-01-31'],
      ['2026-02-01', '2026-02-28'],
      ['2026-03-01', '2026-03-31'],
      ['2026-04-01', '2026-04-30'],
    ],
  ],
  [
    '[subscription.next-custom-clamped]',
    { type: 'custom', customDay: 30 },
    [
      ['2026-01-15', '2026-01-30'],
      ['2026-01-31', '2026-02-28'],
      ['2026-03-01', '2026-03-30'],
    ],
  ],
  [
    '[subscription.next-custom-month]',
    { type: 'custom', customDay: 29, customMonth: 2 },
    [
      ['2026-01-15', '2026-02-28'],
      ['2026-03-01', '2027-02-28'],
      ['2027-03-01', '2028-02-29'],
    ],
  ],
  [
    '[subscription.next-custom-month]',
    { type: 'custom', customDay: 31, customMonth: 12 },
    [
      ['2026-01-15', '2026-12-31'],
      ['2027-01-01', '2027-12-31'],
    ],
  ],
  [
    '[subscription.next-custom-month]',
    { type: 'custom', customDay: 31, customMonth: 4 },
    [
      ['2026-01-15', '2026-04-30'],
      ['2026-04-30', '2026-04-30'],
      ['2026-05-01', '2027-04-30'],
    ],
  ],
];

for (const [tag, type, rows] of TABLE) {
  for (const [startDate, date] of rows) {
    test(`${tag} ${JSON.stringify(type)} from ${startDate}: ${date}`, async () => {
      expect(await next(type, { startDate })).toBe(date);
    });
  }
}

for (const [billingInterval, startDate, date] of [
  ['1M', '2026-01-15', '2026-02-15'],
  ['1M', '2026-01-31', '2026-02-28'],
  ['2M', '2026-01-31', '2026-03-31'],
  ['1M', '2026-12-31', '2027-01-31'],
  ['3M', '2026-11-30', '2027-02-28'],
  ['1Y', '2026-01-15', '2027-01-15'],
  ['1Y', '2028-02-29', '2029-02-28'],
  ['4Y', '2024-02-29', '2028-02-29'],
  ['2W', '2026-02-20', '2026-03-06'],
  ['1W', '2026-12-28', '2027-01-04'],
] as const) {
  test(`[subscription.next-alone] ${billingInterval} from ${startDate}: ${date}`, async () => {
    expect(await next(null, { startDate, billingInterval })).toBe(date);
  });
}

test('[subscription.next-alone] the interval is a month unless told', async () => {
  expect(await next(null, { startDate: '2026-01-31' })).toBe('2026-02-28');
});

const ZONES = [
  ['America/New_York', '2026-02-01T04:59:00Z', '2026-02-28', '2026-01-31'],
  ['America/New_York', '2026-02-01T05:00:00Z', '2026-03-01', '2026-02-28'],
  ['Europe/Berlin', '2026-01-31T22:59:00Z', '2026-02-28', '2026-01-31'],
  ['Europe/Berlin', '2026-01-31T23:00:00Z', '2026-03-01', '2026-02-28'],
  ['Asia/Tokyo', '2026-01-31T15:00:00Z', '2026-03-01', '2026-02-28'],
  ['UTC', '2026-01-31T23:59:59Z', '2026-02-28', '2026-01-31'],
] as const;

for (const [timeZone, at, alone, monthEnd] of ZONES) {
  test(`[subscription.next-alone] made at ${at}, in ${timeZone}: ${alone}`, async () => {
    expect(await next(null, {}, { timeZone }, at)).toBe(alone);
    expect(await next(null, { startDate: null }, { timeZone }, at)).toBe(alone);
  });

  test(`[subscription.next-end-of-month] made at ${at}, in ${timeZone}: ${monthEnd}`, async () => {
    expect(await next({ type: 'end_of_month' }, {}, { timeZone }, at)).toBe(monthEnd);
  });
}

test('[subscription.next-alone] a start date is a day, in whatever time zone', async () => {
  for (const timeZone of ['America/New_York', 'Asia/Tokyo']) {
    const at = '2026-06-30T23:30:00Z';
    expect(await next(null, { startDate: '2026-01-15' }, { timeZone }, at)).toBe('2026-02-15');
  }
});

// No document says what becomes of these two; a crash and a date that is none it can't be.

test('a time zone that nobody knows is refused, or taken for another', async () => {
  const talk = start();
  for (const timeZone of ['Mars/Olympus', '']) {
    const email = `${timeZone}@mail.example`;
    const owner = await talk.post('/customers', { email, timeZone });
    if (owner.status !== 201) {
      expect([400, 422]).toContain(owner.status);
      continue;
    }
    const made = await talk.post('/subscriptions', { customer: owner.body.id });
    expect([201, 400, 422]).toContain(made.status);
  }
});

test('a start date that is no day is refused, or leaves a next date that is one', async () => {
  const talk = start();
  const id = await subscription(talk, await customer(talk), { startDate: '2026-01-15' });
  for (const startDate of ['soon', '', '15.01.2026']) {
    const moved = await talk.put(`/subscriptions/${id}`, { startDate });
    if (moved.status !== 200) expect([400, 422]).toContain(moved.status);
    const { billing } = (await talk.get(`/subscriptions/${id}`)).body;
    expect(billing).toMatchObject({
      nextBillingAt: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
    });
  }
});

test('[subscription.next-follows-group] joining a group and leaving it moves the date', async () => {
  const talk = start();
  const owner = await customer(talk);
  const end = await group(talk, owner, { type: 'end_of_month' });
  const id = await subscription(talk, owner, { startDate: '2026-01-15' });
  const date = async () => {
    const { billing } = (await talk.get(`/subscriptions/${id}`)).body;
    return (billing as Record<string, unknown>)['nextBillingAt'];
  };
  expect(await date()).toBe('2026-02-15');
  await talk.put(`/subscriptions/${id}`, { billingGroup: end });
  expect(await date()).toBe('2026-01-31');
  await talk.put(`/subscriptions/${id}`, { billingGroup: null });
  expect(await date()).toBe('2026-02-15');
});
