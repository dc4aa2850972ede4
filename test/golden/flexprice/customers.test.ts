// Customers: who is billed (facts 6).

import { expect, test } from 'vitest';
import type { Json } from '../../../src/model/json.ts';
import { ACME, customer, refusal, start, T0 } from './talk.ts';

const FULL = {
  ...ACME,
  email: 'billing@acme.example',
  timezone: 'Europe/Berlin',
  metadata: { segment: 'smb' },
};

test('[record.kept] makes a customer with every field, and reads it as it was made', async () => {
  const talk = start();
  const made = await talk.post('/customers', FULL, { environment: 'env_1' });
  expect(made.status).toBe(201);
  expect(made.body).toEqual({
    ...FULL,
    id: expect.stringMatching(/^cust_[0-9A-HJKMNP-TV-Z]{26}$/),
    environment_id: 'env_1',
    tenant_id: expect.stringMatching(/./),
    status: 'published',
    created_at: T0,
    updated_at: T0,
  });
  const read = await talk.get(`/customers/${made.body.id}`, { environment: 'env_1' });
  expect(read.status).toBe(200);
  expect(read.body).toEqual(made.body);
});

test('[record.kept] makes a customer from what is needed', async () => {
  const talk = start();
  const made = await talk.post('/customers', ACME);
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ ...ACME, status: 'published' });
  expect(made.body['email'] ?? '').toBe('');
  expect(made.body['timezone'] ?? '').toBe('');
});

test('[record.stamped] a new customer bears the time of its making', async () => {
  const talk = start();
  talk.at('2026-03-04T16:02:45.000Z');
  const id = await customer(talk);
  talk.at('2026-03-05T08:00:00.000Z');
  const { body } = await talk.get(`/customers/${id}`);
  expect([body['created_at'], body['updated_at']]).toEqual([
    '2026-03-04T16:02:45.000Z',
    '2026-03-04T16:02:45.000Z',
  ]);
});

test('[customer.fields-required] refuses a customer without an id of the caller’s or a name', async () => {
  const talk = start();
  for (const [body, ...fields] of [
    [{ name: 'Acme' }, 'external_id'],
    [{ external_id: 'acme-1' }, 'name'],
    [{ email: 'billing@acme.example' }, 'external_id', 'name'],
  ] as const) {
    const refused = await talk.post('/customers', body as Record<string, Json>);
    expect(refused.status).toBe(400);
    expect(refused.body).toEqual(refusal(400, 'validation_error', ...fields));
    expect(refused.wrote).toBe(false);
  }
});

test('[customer.id-unique] refuses a second customer with the same id', async () => {
  const talk = start();
  const first = await talk.post('/customers', FULL);
  const refused = await talk.post('/customers', { external_id: 'acme-1', name: 'Other' });
  expect(refused.status).toBe(409);
  expect(refused.body).toEqual(refusal(409, 'already_exists', 'external_id'));
  expect(refused.headers['x-tallystick-rule']).toBe('customer.id-unique');
  expect(refused.wrote).toBe(false);
  expect((await talk.get(`/customers/${first.body.id}`)).body).toEqual(first.body);
});

test('[customer.id-unique] names may repeat, and other tenants and environments have ids of their own', async () => {
  const talk = start();
  await customer(talk);
  expect((await talk.post('/customers', { ...ACME, external_id: 'acme-2' })).status).toBe(201);
  await customer(talk, { key: 'key-b' });
  await customer(talk, { environment: 'env_2' });
  expect((await talk.post('/customers', ACME, { environment: 'env_2' })).status).toBe(409);
});

test('refuses fields of the wrong type, each named in details', async () => {
  const talk = start();
  const refused = await talk.post('/customers', {
    external_id: 1,
    name: [],
    email: {},
    metadata: { seats: 5 },
  });
  expect(refused.status).toBe(400);
  expect(refused.body).toEqual(
    refusal(400, 'validation_error', 'external_id', 'name', 'email', 'metadata.seats'),
  );
});

test('[customer.email-form] refuses an e-mail address that is none', async () => {
  const talk = start();
  for (const email of ['nobody', 'a@', '@b.example', 'a b@c.example']) {
    const refused = await talk.post('/customers', { ...ACME, email });
    expect(refused.status).toBe(400);
    expect(refused.body).toEqual(refusal(400, 'validation_error', 'email'));
    expect(refused.wrote).toBe(false);
  }
});

test('[customer.timezone-form] refuses a time zone that is none', async () => {
  const talk = start();
  for (const timezone of ['Mars/Olympus', 'nowhere']) {
    const refused = await talk.post('/customers', { ...ACME, timezone });
    expect(refused.status).toBe(400);
    expect(refused.body).toEqual(refusal(400, 'validation_error', 'timezone'));
    expect(refused.wrote).toBe(false);
  }
});

test('refuses to read a customer that never was, and one by the id of its own', async () => {
  const talk = start();
  await customer(talk);
  for (const id of ['cust_01K6Z2F4X9M0TQ7VGB3WDR6HNE', 'acme-1']) {
    const refused = await talk.get(`/customers/${id}`);
    expect(refused.status).toBe(404);
    expect(refused.body).toEqual(refusal(404, 'not_found'));
  }
});
