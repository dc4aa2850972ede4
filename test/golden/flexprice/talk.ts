// Talks to a fresh mock of Flexprice in this process. Knows the documents' request bodies, no rules.

import { expect } from 'vitest';
import type { Contract, Profile } from '../../../src/contract/contract.ts';
import type { Json } from '../../../src/model/json.ts';
import { apisOf, converse, type Extras, type Talk } from '../talk.ts';

export { type Answer, type Body, type Extras, ids, T0, type Talk } from '../talk.ts';

const flexprice = apisOf('flexprice');

export function contractOf(profile: Profile = 'documented'): Contract {
  return flexprice(profile).contract;
}

/** A conversation with an empty mock of its own. `start('observed')` plays the other reading. */
export function start(profile: Profile = 'documented'): Talk {
  return converse(flexprice(profile), (key) => ({ 'x-api-key': key }));
}

/** The body of a refusal: its words are free, its details are one object for each of these fields. */
export function refusal(status: number, code: string, ...fields: string[]) {
  return {
    code,
    message: expect.any(String),
    http_status_code: status,
    details: Object.fromEntries(fields.map((field) => [field, expect.any(Object)])),
  };
}

export const GPU = { name: 'GPU usage', lookup_key: 'gpu-usage', entity_type: 'price' };

/** A new group's id. */
export async function group(talk: Talk, lookupKey = 'gpu-usage', extras: Extras = {}) {
  const made = await talk.post('/groups', { ...GPU, lookup_key: lookupKey }, extras);
  expect(made.status).toBe(201);
  return made.body.id;
}

/** A new plan's id. */
export async function plan(talk: Talk, extras: Extras = {}) {
  const made = await talk.post('/plans', { name: 'Team' }, extras);
  expect(made.status).toBe(201);
  return made.body.id;
}

/** A flat monthly fee of a plan. */
export const flat = (planId: string) => ({
  type: 'FIXED',
  billing_model: 'FLAT_FEE',
  billing_period: 'MONTHLY',
  billing_period_count: 1,
  invoice_cadence: 'ADVANCE',
  currency: 'usd',
  amount: '49.9',
  entity_type: 'PLAN',
  entity_id: planId,
});

/** A new price's id; its plan is made for it unless the changes name one. */
export async function price(talk: Talk, changes: Record<string, Json> = {}, extras: Extras = {}) {
  const owner = typeof changes['entity_id'] === 'string' ? '' : await plan(talk, extras);
  const made = await talk.post('/prices', { ...flat(owner), ...changes }, extras);
  expect(made.status).toBe(201);
  return made.body.id;
}

export const METER = {
  name: 'GPU hours',
  event_name: 'gpu.used',
  aggregation: { type: 'SUM', field: 'hours' },
  reset_usage: 'BILLING_PERIOD',
};

/** A new meter's id. */
export async function meter(talk: Talk, extras: Extras = {}) {
  const made = await talk.post('/meters', METER, extras);
  expect(made.status).toBe(201);
  return made.body.id;
}

/** What makes a price one of metered use, of a new meter. */
export const usage = async (talk: Talk, extras: Extras = {}) => ({
  type: 'USAGE',
  invoice_cadence: 'ARREAR',
  meter_id: await meter(talk, extras),
});

export const ACME = { external_id: 'acme-1', name: 'Acme' };

/** A new customer's id. */
export async function customer(talk: Talk, extras: Extras = {}) {
  const made = await talk.post('/customers', ACME, extras);
  expect(made.status).toBe(201);
  return made.body.id;
}
