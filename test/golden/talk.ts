// Talks to a fresh mock in this process, whose clock stands at T0 until it is moved: what is asked and
// what is answered can then be written down literally. Knows the documents' request bodies, no rules.

import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { Contract, Profile } from '../../src/contract/contract.ts';
import { loadContract } from '../../src/contract/load.ts';
import { hooksOf, type Playable, playable } from '../../src/mock/playable.ts';
import type { BodyFault, HttpRequest } from '../../src/model/http.ts';
import type { Json } from '../../src/model/json.ts';
import { kinds } from '../../src/rules/index.ts';
import { type InProcessOptions, inProcess } from '../../src/testing/in-process.ts';

export const T0 = '2026-03-02T09:15:30.000Z';

/** What the tests look at in an answer's body; nothing of it is promised to be there. */
export interface Body {
  readonly [field: string]: unknown;
  readonly id: string;
  readonly items: readonly Body[];
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body;
  /** Whether the request changed anything in the store. */
  readonly wrote: boolean;
}

export interface Extras {
  /** The API key, `key-a` unless told; null sends none. */
  readonly key?: string | null;
  readonly environment?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A body that could not be read, in place of one. */
  readonly bodyFault?: BodyFault;
}

type Ask = (path: string, body?: Json, extras?: Extras) => Promise<Answer>;
type Look = (path: string, extras?: Extras) => Promise<Answer>;

export interface Talk {
  /** Moves the clock there. */
  at(time: string): void;
  ask(method: string, path: string, body?: Json, extras?: Extras): Promise<Answer>;
  readonly get: Look;
  readonly delete: Look;
  readonly post: Ask;
  readonly put: Ask;
}

const flexprice = apisOf('flexprice');

/** The contract of that name, ready to be played, for each profile; loaded once. */
export function apisOf(name: string): (profile?: Profile) => Playable {
  const file = fileURLToPath(new URL(`../../contracts/${name}.yaml`, import.meta.url));
  const loaded = new Map<Profile, Playable>();
  return (profile = 'documented') => {
    const known = loaded.get(profile);
    if (known !== undefined) return known;
    const contract = loadContract(file, kinds, profile);
    const api = playable(contract, hooksOf(contract, kinds));
    loaded.set(profile, api);
    return api;
  };
}

export function contractOf(profile: Profile = 'documented'): Contract {
  return flexprice(profile).contract;
}

/** A conversation with an empty mock of its own. `start('observed')` plays the other reading. */
export function start(profile: Profile = 'documented'): Talk {
  return converse(flexprice(profile), (key) => ({ 'x-api-key': key }));
}

/** A conversation with a mock of that API, which starts with the fixture. */
export function converse(
  api: Playable,
  credential: (key: string) => Record<string, string>,
  fixture?: InProcessOptions['fixture'],
): Talk {
  let now = Date.parse(T0);
  const { send, state } = inProcess(api, {
    seed: 1,
    now: () => now,
    ...(fixture === undefined ? {} : { fixture }),
  });
  const ask: Talk['ask'] = async (method, path, body, extras = {}) => {
    const before = state.version;
    const answer = await send(requestOf(method, path, body, extras, credential));
    const wrote = state.version !== before;
    return { ...answer, body: answer.body as unknown as Body, wrote };
  };
  return {
    at(time) {
      now = Date.parse(time);
    },
    ask,
    get: (path, extras) => ask('GET', path, undefined, extras),
    delete: (path, extras) => ask('DELETE', path, undefined, extras),
    post: (path, body, extras) => ask('POST', path, body, extras),
    put: (path, body, extras) => ask('PUT', path, body, extras),
  };
}

function requestOf(
  method: string,
  target: string,
  body: Json | undefined,
  extras: Extras,
  credential: (key: string) => Record<string, string>,
) {
  const { key = 'key-a', environment, headers = {}, bodyFault } = extras;
  const [path = '', search = ''] = target.split('?');
  const query = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(search)) {
    query.set(name, [...(query.get(name) ?? []), value]);
  }
  const request: HttpRequest = {
    method,
    path,
    query,
    headers: {
      'content-type': 'application/json',
      ...(key === null ? {} : credential(key)),
      ...(environment === undefined ? {} : { 'x-environment-id': environment }),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
    ...(bodyFault === undefined ? {} : { bodyFault }),
  };
  return request;
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

/** The ids on a page of a list, in its order. */
export const ids = (answer: Answer) => answer.body.items.map(({ id }) => id);

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
