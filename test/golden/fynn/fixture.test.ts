// The demo: what every tenant of the mock starts with when it is asked for.

import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { makeEnv } from '../../../src/mock/env.ts';
import { loadFixture, seedOf } from '../../../src/stores/fixture.ts';
import { contract, data, fynn, ids, start } from './talk.ts';

const file = fileURLToPath(new URL('../../../fixtures/fynn/demo.json', import.meta.url));
const fixture = loadFixture(file, contract);
const rows = (resource: string) => fixture.get(resource) ?? [];
const talkDemo = () => start(seedOf(fixture, fynn(), makeEnv({ clock: 0 })));

test('the demo holds customers, groups of every type and subscriptions in and out of groups', () => {
  expect([...fixture.keys()]).toEqual(['customer', 'billingGroup', 'subscription']);
  expect([...fixture.values()].map(({ length }) => length)).toEqual([5, 6, 10]);
  expect(new Set(rows('billingGroup').map((row) => row['type']))).toEqual(
    new Set(['start_of_month', 'end_of_month', 'start_of_year', 'end_of_year', 'custom']),
  );
  const grouped = rows('subscription').filter((row) => row['billingGroup'] !== null);
  expect(grouped).toHaveLength(8);
});

test('the demo refers to nothing that is not in it, and to groups of the same customer only', () => {
  const customers = new Set(rows('customer').map((row) => row['id']));
  const owners = new Map(rows('billingGroup').map((row) => [row['id'], row['customer']]));
  for (const owner of owners.values()) expect(customers).toContain(owner);
  for (const row of rows('subscription')) {
    expect(customers).toContain(row['customer']);
    if (row['billingGroup'] === null) continue;
    expect(owners.get(row['billingGroup'] ?? '')).toBe(row['customer']);
  }
});

test('the demo keeps the rules of its contract', () => {
  const emails = rows('customer').map((row) => row['email']);
  expect(new Set(emails).size).toBe(5);
  for (const row of rows('billingGroup')) {
    expect(row['id']).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(typeof row['customDay']).toBe(row['type'] === 'custom' ? 'number' : 'object');
  }
});

test('a mock that starts with the demo answers from it, every tenant for itself', async () => {
  const talk = talkDemo();
  for (const key of ['key-a', 'key-b']) {
    expect(ids(await talk.get('/customers', { key }))).toEqual([
      '6dde5688-3102-4ad6-90a9-72d91fe7d1e5',
      '9e558b5d-047d-4d93-bdbb-844204233b3a',
      '04f66d5e-0a32-4af3-a1f9-3bd80f95f0e1',
      '61fd44f6-b986-44cb-ab14-31249df98718',
      '6f8a4c1b-5d14-4bae-a8cd-cc7c71d5cdad',
    ]);
    const path = '/customers/9e558b5d-047d-4d93-bdbb-844204233b3a/billing-groups';
    const names = data(await talk.get(path, { key })).map((row) => row['name']);
    expect(names.sort()).toEqual(['End of the fiscal year', 'Month end']);
    const { body } = await talk.get('/billing-groups/01JXD7Z54000J96B0VV2N6SZ7N', { key });
    expect([...(body['subscriptions'] as string[])].sort()).toEqual([
      '/subscriptions/73e21344-0670-435c-8dda-3bc1be57ede4',
      '/subscriptions/874989ea-ccce-4579-9637-184f46f2cbac',
    ]);
  }
});

for (const [id, date] of [
  ['36b2bc74-58c7-4740-a625-44cb316e6e34', '2025-04-01'],
  ['df50fdb8-060a-45a5-bbae-016e63b8da35', '2025-12-31'],
  ['21dc41b4-a37a-4fcb-8d3c-5754aef2ab81', '2025-03-15'],
  ['56dbe99c-ad2c-4959-90da-21c9bee9b189', '2025-04-20'],
  ['a15312d0-d07c-46c3-98dc-7010c49db9ee', '2026-01-01'],
  ['73e21344-0670-435c-8dda-3bc1be57ede4', '2025-06-30'],
  ['874989ea-ccce-4579-9637-184f46f2cbac', '2025-08-31'],
  ['2f6654fa-bc78-4250-a6ee-5cee1335ac59', '2026-03-31'],
  ['0b7ed6c0-5ee4-47e5-8b8b-ae0503a291aa', '2025-11-30'],
] as const) {
  test(`the demo's subscription ${id} is billed next at ${date}`, async () => {
    const read = await talkDemo().get(`/subscriptions/${id}`);
    expect(read.status).toBe(200);
    expect(read.body['billing']).toMatchObject({ nextBillingAt: date });
  });
}
