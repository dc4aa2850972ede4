// Four documents in the styles that most documents have: what is guessed of each, and a journey through each.

import { expect, test } from 'vitest';
import { forge } from './forge.ts';
import { bindings, guessed } from './guessed.ts';
import { payments } from './payments.ts';
import { petstore } from './petstore.ts';
import { travel } from './travel.ts';

test('a pet shop is guessed whole, but for its inventory', () => {
  const shop = guessed(petstore);
  expect(bindings(shop)).toEqual([
    'pet: a resource, id id',
    'listPets: list pet',
    'replacePet: update pet',
    'addPet: create pet',
    'getPet: read pet',
    'deletePet: delete pet',
    'changePet: update pet',
    'findPetsByStatus: list pet',
    'sellPet: update pet',
  ]);
  expect(shop.inferred.unbound.map(({ id }) => id)).toEqual(['getInventory']);
  expect([...shop.inferred.idle]).toEqual([['listPets', ['fuzzy']]]);
});

test('a pet is made, read, listed, changed, sold and deleted', async () => {
  const { ask } = guessed(petstore);
  const rex = await ask('POST /pets', { id: 77, name: 'Rex', tags: ['a'] });
  expect(rex).toMatchObject({ status: 201, body: { id: 1, name: 'Rex', status: 'available' } });
  const pup = { name: 'Bo', tags: [], mother: { name: 'Rex', tags: [] } };
  expect(await ask('POST /pets', pup)).toMatchObject({ status: 201, body: { id: 2 } });
  expect(await ask('GET /pets/1')).toEqual({ status: 200, body: rex.body });
  const names = async (line: string) =>
    (await ask(line)).body.map((pet: { name: string }) => pet.name);
  expect(await names('GET /pets')).toEqual(['Rex', 'Bo']);
  expect(await names('GET /pets?limit=1&offset=1')).toEqual(['Bo']);
  expect((await ask('PATCH /pets/1', { name: 'Max' })).body).toEqual({ ...rex.body, name: 'Max' });
  expect((await ask('PUT /pets', { id: 2, name: 'Bob', tags: ['b'] })).body).toMatchObject({
    id: 2,
    name: 'Bob',
  });
  expect((await ask('POST /pets/1/sell')).body.status).toBe('sold');
  expect(await names('GET /pets/findByStatus?status=sold,available')).toEqual(['Max', 'Bob']);
  expect(await names('GET /pets?status=sold')).toEqual(['Max']);
  expect((await ask('DELETE /pets/1')).status).toBe(204);
  expect(await ask('GET /pets/1')).toMatchObject({ status: 404, body: { code: 404 } });
  expect(await names('GET /pets')).toEqual(['Bob']);
  expect((await ask('POST /pets', { tags: [] })).body).toEqual({
    code: 400,
    message: 'name is required',
  });
  expect(await ask('GET /inventory')).toMatchObject({
    status: 501,
    body: { operation: 'getInventory' },
  });
});

test('a travel API is guessed whole, its stations from its examples', () => {
  const api = guessed(travel);
  expect(bindings(api)).toEqual([
    'station: a resource, id id',
    'get-stations: list station',
    'booking: a resource, id id',
    'get-bookings: list booking',
    'create-booking: create booking',
    'get-booking: read booking',
    'delete-booking: delete booking',
    'payment: a resource, id id',
    'get-booking-payments: list payment',
    'create-booking-payment: create payment',
  ]);
  expect(api.spec.basePath).toBe('/v1');
  expect(api.spec.notes.map(({ message }) => message)).toEqual([
    'webhooks are not sent',
    'bodies of application/xml are not read',
  ]);
  expect(api.inferred.references).toEqual([{ from: 'payment.booking_id', to: 'booking' }]);
});

test('a trip is booked, paid and cancelled', async () => {
  const { ask } = guessed(travel);
  const stations = await ask('GET /stations?country=FR');
  expect(stations.body.data.map(({ name }: { name: string }) => name)).toEqual(['South']);
  const booked = await ask('POST /bookings', {
    trip: 'T1',
    seats: 2,
    passenger: { name: 'Ada' },
    card: '4242',
  });
  expect(booked).toMatchObject({
    status: 201,
    body: { trip: 'T1', seats: 2, state: 'open', created_at: '2026-03-01T00:00:00.000Z' },
  });
  expect(booked.body).not.toHaveProperty('card');
  const { id } = booked.body;
  expect((await ask(`GET /bookings/${id}`)).body).toEqual(booked.body);
  expect((await ask('GET /bookings')).body).toEqual({ data: [booked.body], next_cursor: null });
  const paid = await ask(`POST /bookings/${id}/payments`, {
    amount: 12.5,
    source: { object: 'account', iban: 'DE02' },
  });
  expect(paid).toMatchObject({
    status: 200,
    body: { amount: 12.5, booking_id: id, status: 'pending' },
  });
  expect((await ask(`GET /bookings/${id}/payments`)).body).toEqual({
    payments: [paid.body],
    meta: { total_count: 1 },
  });
  const nobody = '00000000-0000-4000-8000-000000000000';
  expect((await ask(`GET /bookings/${nobody}/payments`)).status).toBe(404);
  expect((await ask('POST /bookings', { trip: 'T1', seats: 1, passenger: {} })).body).toMatchObject(
    {
      status: 400,
      detail: 'passenger.name is required',
    },
  );
  expect((await ask(`DELETE /bookings/${id}`)).status).toBe(204);
  expect((await ask(`GET /bookings/${id}`)).status).toBe(404);
});

test('a payments API is guessed whole', () => {
  const api = guessed(payments);
  expect(bindings(api)).toEqual([
    'customer: a resource, id id',
    'listCustomers: list customer',
    'createCustomer: create customer',
    'getCustomer: read customer',
    'updateCustomer: update customer',
    'deleteCustomer: delete customer',
    'charge: a resource, id id',
    'listCharges: list charge',
    'createCharge: create charge',
    'getCharge: read charge',
    'captureCharge: update charge',
  ]);
});

test('a customer is made with a form, charged, listed by cursor, changed and deleted', async () => {
  const { ask } = guessed(payments);
  const form = {
    email: 'a@x.test',
    balance: '-5',
    vip: 'true',
    address: { lines: ['1', '2'] },
    metadata: { n: '1' },
  };
  const made = await ask('POST /v1/customers', undefined, form);
  expect(made).toMatchObject({
    status: 200,
    body: {
      object: 'customer',
      created: 1772323200,
      email: 'a@x.test',
      balance: -5,
      vip: true,
      address: { lines: ['1', '2'] },
      metadata: { n: '1' },
    },
  });
  expect(made.body.id).toMatch(/^cus_\w{21}$/);
  const at = `/v1/customers/${made.body.id}`;
  expect((await ask(`GET ${at}`)).body).toEqual(made.body);
  const other = (await ask('POST /v1/customers', undefined, { email: 'b@x.test' })).body;
  const third = (await ask('POST /v1/customers', undefined, { email: 'c@x.test' })).body;
  expect((await ask('GET /v1/customers?limit=1')).body).toEqual({
    object: 'list',
    data: [made.body],
    has_more: true,
    url: '/v1/customers',
  });
  const page = (line: string) =>
    ask(line).then(({ body }) => body.data.map(({ id }: { id: string }) => id));
  expect(await page(`GET /v1/customers?limit=1&starting_after=${made.body.id}`)).toEqual([
    other.id,
  ]);
  expect(await page(`GET /v1/customers?starting_after=${third.id}`)).toEqual([]);
  expect(await page(`GET /v1/customers?limit=1&ending_before=${third.id}`)).toEqual([other.id]);
  expect(await page('GET /v1/customers?email=c@x.test')).toEqual([third.id]);
  expect((await ask(`POST ${at}`, undefined, { balance: '10' })).body).toEqual({
    ...made.body,
    balance: 10,
  });
  const charge = await ask('POST /v1/charges', undefined, {
    amount: '100',
    currency: 'eur',
    customer: made.body.id,
  });
  expect(charge.body).toMatchObject({ amount: 100, captured: false, customer: made.body.id });
  expect((await ask(`POST /v1/charges/${charge.body.id}/capture`)).body.captured).toBe(true);
  expect((await ask('POST /v1/charges', undefined, { amount: 'x', currency: 'eur' })).body).toEqual(
    {
      error: { type: 'invalid_request', message: 'amount must be integer' },
    },
  );
  expect((await ask(`DELETE ${at}`)).body).toEqual({
    id: made.body.id,
    object: 'customer',
    deleted: true,
  });
  expect((await ask(`GET ${at}`)).status).toBe(404);
});

test('a code forge is guessed whole, but for its search', () => {
  const api = guessed(forge);
  expect(bindings(api)).toEqual([
    'org: a resource, id slug',
    'listOrgs: list org',
    'createOrg: create org',
    'getOrg: read org',
    'archiveOrg: delete org',
    'repo: a resource, id id',
    'listRepos: list repo',
    'createRepo: create repo',
    'getRepo: read repo',
    'putRepo: update repo',
    'deleteRepo: delete repo',
    'issue: a resource, id number',
    'listIssues: list issue',
    'openIssue: create issue',
    'getIssue: read issue',
    'closeIssue: update issue',
  ]);
  expect(api.inferred.unbound.map(({ id }) => id)).toEqual(['search']);
});

test('what is nested is found below what it is a part of, and nowhere else', async () => {
  const { ask } = guessed(forge);
  expect(await ask('POST /orgs', { slug: 'acme' })).toMatchObject({
    status: 201,
    body: { slug: 'acme', status: 'active' },
  });
  await ask('POST /orgs', { slug: 'other' });
  const { repo } = (await ask('POST /orgs/acme/repos', { name: 'anvil' })).body;
  expect(repo).toMatchObject({
    name: 'anvil',
    private: false,
    createdAt: '2026-03-01T00:00:00.000Z',
  });
  expect((await ask(`GET /orgs/acme/repos/${repo.id}`)).body).toEqual(repo);
  expect((await ask(`GET /orgs/other/repos/${repo.id}`)).status).toBe(404);
  expect((await ask('GET /orgs/acme/repos')).body).toMatchObject({ items: [repo], total_count: 1 });
  expect((await ask('GET /orgs/other/repos')).body).toMatchObject({ items: [], total_count: 0 });
  expect((await ask('GET /orgs/nobody/repos')).status).toBe(404);
  const at = `/orgs/acme/repos/${repo.id}`;
  expect((await ask(`PUT ${at}`, { name: 'hammer', private: true })).body).toMatchObject({
    name: 'hammer',
  });
  const issue = await ask(`POST ${at}/issues`, { issue: { title: 'It sparks' } });
  expect(issue).toMatchObject({
    status: 201,
    body: { title: 'It sparks', state: 'open', repo_id: repo.id },
  });
  const closed = await ask(`POST ${at}/issues/${issue.body.number}/close`);
  expect(closed.body).toMatchObject({ state: 'closed', closed_at: '2026-03-01T00:00:00.000Z' });
  expect((await ask(`GET ${at}/issues?state=open`)).body).toEqual([]);
  expect((await ask('DELETE /orgs/other')).body).toMatchObject({
    slug: 'other',
    status: 'archived',
  });
  expect((await ask(`DELETE ${at}`)).status).toBe(204);
  expect((await ask(`GET ${at}`)).status).toBe(404);
});
