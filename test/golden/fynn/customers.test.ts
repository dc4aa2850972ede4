// Customers, by the API reference: create a customer; and the integration node.

import { expect, test } from 'vitest';
import {
  customer,
  expectProblem,
  expectViolations,
  ids,
  NO_CUSTOMER,
  start,
  T0,
  UUID,
} from './talk.ts';

test('[customer.email-needed] an email is enough, and the rest begins as documented', async () => {
  const talk = start();
  const made = await talk.post('/customers', { email: 'hello@kaffeeroesterei-lindt.example' });
  expect(made.status).toBe(201);
  expect(made.body.id).toMatch(UUID);
  expect(made.body).toMatchObject({
    email: 'hello@kaffeeroesterei-lindt.example',
    countryCode: 'DE',
    status: 'STATUS_ACTIVE',
    createdAt: T0,
    companyName: null,
    firstName: null,
    lastName: null,
    vatId: null,
  });
});

test('[customer.email-needed] refuses a customer without an email', async () => {
  const talk = start();
  const refused = await talk.post('/customers', { companyName: 'Nordlicht Energie GmbH' });
  expectViolations(refused, 'email');
  expect(refused.headers['x-tallystick-rule']).toBe('customer.email-needed');
  expectViolations(await talk.post('/customers', {}), 'email');
  expect(ids(await talk.get('/customers'))).toEqual([]);
});

test('[customer.email-unique] an email is taken once in a tenant', async () => {
  const talk = start();
  const email = 'ines.pereira@mail.example';
  const id = await customer(talk, { email });
  const refused = await talk.post('/customers', { email, firstName: 'Inês' });
  expectViolations(refused, 'email');
  expect(refused.headers['x-tallystick-rule']).toBe('customer.email-unique');
  expect(ids(await talk.get('/customers'))).toEqual([id]);
  expect((await talk.post('/customers', { email: `x.${email}` })).status).toBe(201);
});

test('[customer.email-unique] another tenant may have a customer with that email', async () => {
  const talk = start();
  const email = 'ines.pereira@mail.example';
  await customer(talk, { email });
  const other = { key: 'key-b' };
  expect((await talk.post('/customers', { email }, other)).status).toBe(201);
  expectViolations(await talk.post('/customers', { email }, other), 'email');
});

test('[record.kept] a customer is read as it was made', async () => {
  const talk = start();
  const body = {
    email: 'buchhaltung@nordlicht-energie.example',
    companyName: 'Nordlicht Energie GmbH',
    firstName: 'Inês',
    lastName: 'Pereira',
    customerNumber: 'K-10042',
    countryCode: 'PT',
    currencyCode: 'USD',
    language: 'en',
    timeZone: 'Europe/Lisbon',
    vatId: 'DE284719350',
    datevId: '10042',
  };
  const made = await talk.post('/customers', body);
  expect(made.status).toBe(201);
  const read = await talk.get(`/customers/${made.body.id}`);
  expect(read.status).toBe(200);
  expect(read.body).toEqual({
    ...body,
    id: made.body.id,
    status: 'STATUS_ACTIVE',
    createdAt: '2026-03-02T09:15:30.000Z',
  });
});

test('an unknown customer is not found', async () => {
  expectProblem(await start().get(`/customers/${NO_CUSTOMER}`), 404);
});

test('a language is de or en', async () => {
  const talk = start();
  const email = 'a@mail.example';
  expectViolations(await talk.post('/customers', { email, language: 'fr' }), 'language');
  expect((await talk.post('/customers', { email, language: 'en' })).status).toBe(201);
});
