// What the tests of the healthy server start with: a business of its own for each.

import { expect } from 'vitest';
import type { Reference } from '../dodopayments.ts';
import { startReference } from '../dodopayments.ts';
import type { Fields } from './model.ts';
import type { Extras } from './talk.ts';
import { partsOf, product, Talk } from './talk.ts';

export const ALL = '/product-collections';
export const INVALID = [422, 'INVALID_REQUEST_PARAMETERS'];
export const BODY = [422, 'INVALID_REQUEST_BODY'];
export const LAST = [422, 'PRODUCT_COLLECTION_MUST_HAVE_PRODUCTS'];
export const GONE = [410, 'PRODUCT_COLLECTION_IS_DELETED'];

let count = 0;

// A business of its own, with the requests that tests start with.
function shopOf(talk: Talk) {
  count += 1;
  const key = `key-${count}`;
  const send = (method: string, path: string, body?: unknown, more: Extras = {}) =>
    talk.ask(method, path, body, { key, ...more });
  const status = async (method: string, path: string, body?: unknown): Promise<number> =>
    (await send(method, path, body)).status;
  const code = async (method: string, path: string, body?: unknown) => {
    const reply = await send(method, path, body);
    expect(Object.keys(reply.data)).toEqual(['code', 'message']);
    return [reply.status, reply.data['code']];
  };
  const make = async (name = 'P', more: Fields = {}): Promise<string> =>
    String((await send('POST', '/products', product(name, more))).data['product_id']);
  const home = async (...groups: Fields[]) => {
    const reply = await send('POST', ALL, { name: 'C', groups });
    const path = `${ALL}/${reply.data['id']}`;
    return { path, data: reply.data, ...(await parts(path)) };
  };
  const parts = async (path: string) => {
    const { data } = await send('GET', path);
    const groups = partsOf(data['groups']);
    const ids = groups.map((each) => `${path}/groups/${each['group_id']}`);
    const rows = groups.map((each) => partsOf(each['products']));
    return { shown: data, groups, ids, rows };
  };
  return { send, status, code, make, home, parts };
}

let talk: Talk | undefined;
let server: Reference | undefined;

export function shop() {
  if (talk === undefined) throw new Error('the server has not been started');
  return shopOf(talk);
}

export async function open(): Promise<void> {
  server = await startReference();
  talk = new Talk(server.url);
}

export async function close(): Promise<void> {
  talk?.close();
  await server?.close();
}
