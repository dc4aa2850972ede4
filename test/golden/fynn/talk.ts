// Talks to a fresh mock of Fynn in this process. Knows the documents' request bodies, no rules.

import { expect } from 'vitest';
import type { Contract } from '../../../src/contract/contract.ts';
import type { Json } from '../../../src/model/json.ts';
import type { InProcessOptions } from '../../../src/testing/in-process.ts';
import { type Answer, apisOf, type Body, converse, type Extras, type Talk } from '../talk.ts';

export { type Answer, type Extras, T0, type Talk } from '../talk.ts';

export const fynn = apisOf('fynn');

export const contract: Contract = fynn().contract;

/** A conversation with a mock of its own, empty unless a fixture is given. */
export function start(fixture?: InProcessOptions['fixture']): Talk {
  return converse(fynn(), (key) => ({ authorization: `Bearer ${key}` }), fixture);
}

export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Ids that nothing has. */
export const NO_CUSTOMER = 'ad3f4b3c-1b2a-4d5c-8e6f-7a8b9c0d1e2f';
export const NO_GROUP = '01F9ZQZJZJZQJZJZJZJZJZJZJZ';

/** Group bodies without their customer. */
export const END = { name: 'Month end', type: 'end_of_month' };

let made = 0;

/** A new customer's id. */
export async function customer(talk: Talk, changes: Record<string, Json> = {}, extras?: Extras) {
  made += 1;
  const body = { email: `customer-${made}@mail.example`, ...changes };
  return idOf(await talk.post('/customers', body, extras));
}

/** A new group's id. */
export async function group(
  talk: Talk,
  owner: string,
  changes: Record<string, Json> = {},
  extras?: Extras,
) {
  return idOf(await talk.post('/billing-groups', { customer: owner, ...END, ...changes }, extras));
}

/** A new subscription's id. */
export async function subscription(
  talk: Talk,
  owner: string,
  changes: Record<string, Json> = {},
  extras?: Extras,
) {
  return idOf(await talk.post('/subscriptions', { customer: owner, ...changes }, extras));
}

function idOf({ status, body }: Answer): string {
  expect(status).toBe(201);
  return body.id;
}

/** The records on a page of a list. */
export const data = ({ body }: Answer) => body['data'] as readonly Body[];

/** Their ids, in the list's order. */
export const ids = (answer: Answer) => data(answer).map(({ id }) => id);

/** What a list says about its page. */
export const meta = (
  totalItems: number,
  itemsPerPage: number,
  at: number,
  pages: number,
  n: number,
) => ({
  pagination: { totalItems, itemsPerPage, currentPage: at, lastPage: pages, pageTotalItems: n },
});

/** The body of a refusal as a whole; its words are free. */
export const problem = (status: number) => ({
  type: `/errors/${status}`,
  title: 'An error occurred',
  status,
  detail: expect.any(String),
});

/** The body of a refusal of fields, in any order: one violation and one line for each. */
export function expectViolations(answer: Answer, ...fields: string[]) {
  expect(answer.status).toBe(422);
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  const violations = answer.body['violations'] as readonly Record<string, string>[];
  expect(answer.body).toEqual({
    ...problem(422),
    violations: fields.map(() => ({
      propertyPath: expect.any(String),
      message: expect.stringMatching(/./),
      code: expect.any(String),
    })),
  });
  expect(violations.map((one) => one['propertyPath']).sort()).toEqual([...fields].sort());
  expect(String(answer.body['detail']).split('\n')).toEqual(
    violations.map((one) => `${one['propertyPath']}: ${one['message']}`),
  );
  expect(answer.wrote).toBe(false);
}

/** The body of a refusal that names no fields. */
export function expectProblem(answer: Answer, status: number) {
  expect(answer.status).toBe(status);
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(answer.body).toEqual(problem(status));
  expect(answer.wrote).toBe(false);
}
