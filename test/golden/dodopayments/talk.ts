// Talks to a fresh mock of Dodo Payments in this process. Knows the documents' request bodies, no rules.

import { expect } from 'vitest';
import type { Contract } from '../../../src/contract/contract.ts';
import type { Json } from '../../../src/model/json.ts';
import { type Answer, apisOf, type Body, converse, type Extras, type Talk } from '../talk.ts';

export { type Answer, type Body, type Extras, ids, T0, type Talk } from '../talk.ts';

const dodo = apisOf('dodopayments');

export const contract: Contract = dodo().contract;

/** A conversation with an empty mock of its own. */
export function start(): Talk {
  return converse(dodo(), (key) => ({ authorization: `Bearer ${key}` }));
}

export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** What ids look like: `idLike('pdt')`. */
export const idLike = (prefix: string) => new RegExp(`^${prefix}_[A-Za-z0-9]{21}$`);

/** Ids that nothing has. */
export const NO_COLLECTION = 'pdc_0aB1cD2eF3gH4iJ5kL6mN';
export const NO_PRODUCT = 'pdt_0aB1cD2eF3gH4iJ5kL6mN';
export const NO_UUID = '7c1f7d5e-3b0e-4f0a-9a55-0d6f2f3c4b5a';

const MONTHLY_FOR_A_YEAR = {
  payment_frequency_count: 1,
  payment_frequency_interval: 'Month',
  subscription_period_count: 1,
  subscription_period_interval: 'Year',
};

/** Smallest prices of the three types. */
export const ONE_TIME = {
  type: 'one_time_price',
  price: 1900,
  currency: 'USD',
  discount: 0,
  purchasing_power_parity: false,
};
export const RECURRING = {
  type: 'recurring_price',
  price: 4900,
  currency: 'EUR',
  discount: 0,
  purchasing_power_parity: false,
  ...MONTHLY_FOR_A_YEAR,
};
export const USAGE = {
  type: 'usage_based_price',
  fixed_price: 900,
  currency: 'INR',
  discount: 0,
  purchasing_power_parity: false,
  ...MONTHLY_FOR_A_YEAR,
};

type Fields = Record<string, Json>;

export const productBody = (changes: Fields = {}): Fields => ({
  name: 'Inkwell',
  price: ONE_TIME,
  tax_category: 'saas',
  ...changes,
});

/** A new product's id. */
export async function product(talk: Talk, changes: Fields = {}, extras?: Extras): Promise<string> {
  const made = await talk.post('/products', productBody(changes), extras);
  expect(made.status).toBe(200);
  return String(made.body['product_id']);
}

/** As many new products' ids. */
export async function products(talk: Talk, count: number): Promise<string[]> {
  const made: string[] = [];
  for (let i = 0; i < count; i += 1) made.push(await product(talk, { name: `Product ${i}` }));
  return made;
}

/** Entries of a group that name these products, and no more. */
export const of = (...productIds: string[]) => productIds.map((product_id) => ({ product_id }));

/** A new collection, as it was answered; with one group of one new product unless told. */
export async function collection(talk: Talk, groups?: Json, extras?: Extras): Promise<Body> {
  const wanted = groups ?? [{ products: of(await product(talk, {}, extras)) }];
  const body = { name: 'Inkwell plans', groups: wanted };
  const made = await talk.post('/product-collections', body, extras);
  expect(made.status).toBe(200);
  return made.body;
}

/** A collection of one group, with as many new products: the group's path, and the ids of its rows. */
export async function groupOf(talk: Talk, count: number, changes: Fields = {}) {
  const ids = await products(talk, count);
  const made = await collection(talk, [{ ...changes, products: of(...ids) }]);
  const path = `/product-collections/${made.id}/groups/${groupIds(made)[0]}`;
  const rows = rowsOf(groupsOf(made)[0]).map(({ id }) => id);
  return { made, path, rows, products: ids };
}

/** Orders that are none of three things: what is wrong with each, and how it is made of their ids. */
export const NO_ORDERS: readonly [string, (a: string, b: string, c: string) => string[]][] = [
  ['without one of them', (a, b) => [b, a]],
  ['of none of them', () => []],
  ['with one of them twice', (a, b, c) => [a, b, c, a]],
  ['with one of them twice and another not', (a, b) => [a, b, b]],
  ['with one that nobody has', (a, b) => [a, b, NO_UUID]],
  ['with one too many', (a, b, c) => [a, b, c, NO_UUID]],
];

export const METER = {
  name: 'Scanned pages',
  event_name: 'document.scanned',
  measurement_unit: 'pages',
  aggregation: { type: 'count' },
};
export const CREDITS = {
  name: 'Scan credits',
  unit: 'scans',
  precision: 2,
  overage_enabled: false,
  rollover_enabled: true,
};
export const ADDON = { name: 'Extra seat', price: 600, currency: 'USD', tax_category: 'saas' };

/** A new meter's id. */
export async function meter(talk: Talk, changes: Fields = {}, extras?: Extras): Promise<string> {
  return idOf(await talk.post('/meters', { ...METER, ...changes }, extras), 201);
}

/** A new credit entitlement's id. */
export async function credits(talk: Talk, changes: Fields = {}, extras?: Extras): Promise<string> {
  return idOf(await talk.post('/credit-entitlements', { ...CREDITS, ...changes }, extras), 201);
}

/** A new add-on's id. */
export async function addon(talk: Talk, changes: Fields = {}, extras?: Extras): Promise<string> {
  return idOf(await talk.post('/addons', { ...ADDON, ...changes }, extras), 200);
}

function idOf({ status, body }: Answer, expected: number): string {
  expect(status).toBe(expected);
  return body.id;
}

export const patch = (talk: Talk, path: string, body?: Json, extras?: Extras) =>
  talk.ask('PATCH', path, body, extras);

/** The collection as it is read. */
export async function read(talk: Talk, id: string, extras?: Extras): Promise<Body> {
  const answer = await talk.get(`/product-collections/${id}`, extras);
  expect(answer.status).toBe(200);
  return answer.body;
}

export const groupsOf = (collection: Body) => collection['groups'] as readonly Body[];
export const rowsOf = (group: Body | undefined) => (group?.['products'] ?? []) as readonly Body[];
export const groupIds = (collection: Body) =>
  groupsOf(collection).map((group) => String(group['group_id']));
/** For each group of the collection, the ids of its products, in order. */
export const members = (collection: Body) =>
  groupsOf(collection).map((group) => rowsOf(group).map((row) => row['product_id']));

/** The answer of an accepted request that has none. */
export function expectDone(answer: Answer) {
  expect(answer.status).toBe(200);
  expect(answer.body).toBeUndefined();
  expect(answer.headers['content-type'] ?? '').not.toContain('json');
}

/** A refusal as a whole: its words are free, and so is its code where no document has one. */
export function expectRefused(answer: Answer, status: number, code?: string, rule?: string) {
  expect(answer.status).toBe(status);
  expect(answer.headers['content-type']).toMatch(/^application\/json\b/);
  expect(answer.body).toEqual({
    code: code ?? expect.stringMatching(/^[A-Z_]+$/),
    message: expect.any(String),
  });
  if (rule !== undefined) expect(answer.headers['x-tallystick-rule']).toBe(rule);
  expect(answer.wrote).toBe(false);
}
