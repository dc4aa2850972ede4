// Every example request that the API reference pages among the five documents print, sent as it is printed,
// and the answer that they document; "Groups guide" and "Create Product Collection Group" have files of their
// own. Records that an example names are in the state before. Paths are those behind the printed server.
// Where a document has only a type or a format for a field of the answer, or where the printed value can't
// be (an id), the form is compared.

import { expect, test } from 'vitest';
import type { JsonObject } from '../../src/model/json.ts';
import { API_KEY, expectError, flexprice, over, SOME_TEXT, sent } from './seeds.ts';
import { apisOf } from './talk.ts';

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

// "Create group": prints no request, only the operation. Its three required fields are strings without
// examples; the values are those of "Groups guide". The key is what the security scheme prints.

test('Create group, POST /groups: 201 with every field of GroupResponse', async () => {
  const body = { entity_type: 'price', lookup_key: 'gpu-usage', name: 'GPU Usage' };
  const made = await over(flexprice, {}).post('/groups', body, API_KEY);
  expect(made.status).toBe(201);
  expect(made.headers['content-type']).toMatch(/^application\/json\b/);
  expect(made.body).toEqual({
    ...body,
    id: SOME_TEXT,
    entity_ids: [],
    metadata: {},
    status: SOME_TEXT,
    created_at: expect.stringMatching(TIME),
    updated_at: expect.stringMatching(TIME),
  });
});

test('Create group, 400: an invalid request gets every field of errors.ErrorResponse', async () => {
  const refused = await over(flexprice, {}).post('/groups', {}, API_KEY);
  expectError(refused, 400, 'validation_error');
});

// "Create Plan". It prints no status; 201 is what "Create group" has for a create. Ids, the two stamps and
// the four names of who made it where can't be the printed ones, so that their form is compared.

const PLAN_ID = /^plan_[0-9A-Za-z]{20,}$/;
const BEARER = sent({ authorization: 'Bearer <token>', 'content-type': 'application/json' });

const planAnswer = (body: JsonObject, time: string) => ({
  ...body,
  id: expect.stringMatching(PLAN_ID),
  environment_id: SOME_TEXT,
  tenant_id: SOME_TEXT,
  status: 'published',
  created_at: time,
  updated_at: time,
  created_by: SOME_TEXT,
  updated_by: SOME_TEXT,
});

async function expectPlan(body: JsonObject) {
  const talk = over(flexprice, {});
  // The instant of the printed stamps, "2024-03-20T15:04:05Z", which have no milliseconds.
  talk.at('2024-03-20T15:04:05Z');
  const made = await talk.post('/plans', body, BEARER);
  expect(made.status).toBe(201);
  expect(made.body).toEqual(planAnswer(body, '2024-03-20T15:04:05.000Z'));
  expect((await talk.get(`/plans/${made.body.id}`, BEARER)).body).toMatchObject(made.body);
}

const PLACEHOLDERS = {
  name: '<string>',
  lookup_key: '<string>',
  description: '<string>',
  display_order: 123,
  metadata: {},
};

// "<string>" is a string, so it can be sent; in the answer it stands for any string where it was not sent.
// The sample has no credential, which the example below it has.
test('Create Plan, first sample (placeholders): every field comes back', async () => {
  await expectPlan(PLACEHOLDERS);
});

test('Create Plan, first sample (placeholders): refused as printed, without a credential', async () => {
  const json = sent({ 'content-type': 'application/json' });
  expectError(
    await over(flexprice, {}).post('/plans', PLACEHOLDERS, json),
    401,
    'permission_denied',
  );
});

const PRO = {
  name: 'Pro Plan',
  lookup_key: 'pro-monthly',
  description: 'Professional tier with advanced features',
  display_order: 2,
};

test('Create Plan, Request Body: the examples of its fields are a body', async () => {
  await expectPlan({ ...PRO, metadata: { tier: 'professional', features: 'advanced' } });
});

test('Create Plan, Example Request: answered with the Example Response', async () => {
  await expectPlan({ ...PRO, metadata: { tier: 'professional', recommended: 'true' } });
});

test('Create Plan, Example Response: the plan of that id, kept as printed, is read as printed', async () => {
  const printed = {
    id: 'plan_a1b2c3d4e5f6g7h8i9j0',
    ...PRO,
    metadata: { tier: 'professional', recommended: 'true' },
    environment_id: 'env_123',
    tenant_id: 'tenant_123',
    status: 'published',
    created_at: '2024-03-20T15:04:05Z',
    updated_at: '2024-03-20T15:04:05Z',
    created_by: 'user_456',
    updated_by: 'user_456',
  };
  expect(printed.id).toMatch(PLAN_ID);
  const read = await over(flexprice, { plan: [printed] }).get(`/plans/${printed.id}`, BEARER);
  expect(read.status).toBe(200);
  expect(read.body).toMatchObject(printed);
});

// "Create a billing group". Its cURL sample prints `customDay` and `customMonth` as strings, which its own
// schema refuses (integer or null), so that it gets the documented 400; with the schema's own examples for
// the two, which are numbers, it is the same request and is taken.

const fynn = apisOf('fynn')();
const CUSTOMER = 'ad3f4b3c-1b2a-4d5c-8e6f-7a8b9c0d1e2f';
const fynnTalk = () => over(fynn, { customer: [{ id: CUSTOMER, email: 'owner@mail.example' }] });
const ULID = /^[0-9A-HJKMNP-TV-Z]{26}$/;
const END_OF_MONTH = {
  name: 'Billing of payments at the end of the month',
  type: 'end_of_month',
};

test('Create a billing group, cURL sample: 400 as printed, its numbers being strings', async () => {
  const body = { customer: CUSTOMER, ...END_OF_MONTH, customDay: '31', customMonth: '12' };
  const refused = await fynnTalk().post('/billing-groups', body, BEARER);
  expect(refused.status).toBe(400);
  expect(refused.wrote).toBe(false);
});

test("Create a billing group, the schema's examples: 201 with the examples of BillingGroupRead", async () => {
  const body = { ...END_OF_MONTH, customDay: 31, customMonth: 12 };
  const made = await fynnTalk().post('/billing-groups', { customer: CUSTOMER, ...body }, BEARER);
  expect(made.status).toBe(201);
  expect(made.body).toEqual({ id: expect.stringMatching(ULID), ...body });
  // The printed id has the form that is compared.
  expect('01F9ZQZJZJZQJZJZJZJZJZJZJZ').toMatch(ULID);
});
