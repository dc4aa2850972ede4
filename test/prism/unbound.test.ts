// What no binding covers: Prism's answers, and what a client may prefer of them.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { type Client, client } from '../http/mock.ts';
import { shop } from './shop.ts';

const SLOW = 60_000;

async function talk(): Promise<Client> {
  return client((await shop()).url);
}

const preferring = (call: Client, path: string, prefer: string) =>
  call('GET', path, undefined, { prefer });

test(
  'an operation that nothing binds is answered from its schema, in a circle too',
  async () => {
    const call = await talk();
    const { status, headers, body } = await call('GET', '/nodes/1');
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/json');
    expect(headers['x-total']).toBe('7');
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(headers['preference-applied']).toBeUndefined();
    expect(body).toMatchObject({ name: 'string', weight: 0 });
    expect(body.children[0]).toMatchObject({ name: 'string' });
    expect((await call('GET', '/v1/nodes/1/')).status).toBe(200);
    expect((await call('GET', '/shop/v1/nodes/1')).status).toBe(200);
  },
  SLOW,
);

test(
  'beside it, what is bound keeps its records, whatever is preferred',
  async () => {
    const call = await talk();
    const made = await call(
      'POST',
      '/items',
      { name: 'Pen' },
      { prefer: 'code=404, dynamic=true' },
    );
    expect(made.status).toBe(201);
    expect(made.headers['preference-applied']).toBeUndefined();
    expect((await preferring(call, `/items/${made.body.id}`, 'example=other')).body).toEqual(
      made.body,
    );
  },
  SLOW,
);

test(
  'a status, an example, made-up values and their seed can be preferred',
  async () => {
    const call = await talk();
    const first = await preferring(call, '/nodes/1', 'code=404');
    expect([first.status, first.body, first.headers['preference-applied']]).toEqual([
      404,
      { message: 'it is gone' },
      'code=404',
    ]);
    const named = await preferring(
      call,
      '/nodes/1',
      'code=404, example="never"; why=so, respond-async',
    );
    expect(named.body).toEqual({ message: 'it never was' });
    expect(named.headers['preference-applied']).toBe('code=404, example=never');
    const [one, same, other] = [
      await preferring(call, '/nodes/1', 'dynamic=true, seed=5'),
      await preferring(call, '/nodes/2', 'Dynamic=true, seed=5, seed=6'),
      await preferring(call, '/nodes/1', 'dynamic=true, seed=6'),
    ];
    expect(one.headers['preference-applied']).toBe('dynamic=true, seed=5');
    expect(same.body).toEqual(one.body);
    expect(other.body).not.toEqual(one.body);
    const unseeded = [1, 2].map(() => preferring(call, '/nodes/1', 'dynamic=true'));
    const [a, b] = await Promise.all(unseeded);
    expect(a?.body).not.toEqual(b?.body);
    expect(
      (await preferring(call, '/nodes/1', 'seed=5')).headers['preference-applied'],
    ).toBeUndefined();
    const byQuery = await call('GET', '/nodes/1?__code=404&__example=never');
    expect(byQuery.body).toEqual({ message: 'it never was' });
  },
  SLOW,
);

test.each([
  ['code=abc', 400, 'the preference code=abc must be a status of three digits, such as code=404'],
  ['code=99', 400, 'the preference code=99 must be a status of three digits, such as code=404'],
  ['dynamic=yes', 400, 'the preference dynamic=yes must be dynamic=true or dynamic=false'],
  ['dynamic', 400, 'the preference dynamic= must be dynamic=true or dynamic=false'],
  ['example=""', 400, 'the preference example must name an example, such as example=gone'],
  ['code=418', 404, 'Requested status code 418 is not defined in the document.'],
  ['code=404, example=no', 404, 'GET /nodes/{id} has no such answer with an example named no'],
  [
    'example=no',
    404,
    'Response for contentType: application/json and exampleKey: no does not exist.',
  ],
])(
  'what can not be had is a problem in words: %s',
  async (prefer, status, detail) => {
    const call = await talk();
    const { status: answered, headers, body } = await preferring(call, '/nodes/1', prefer);
    expect(answered).toBe(status);
    expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(headers['preference-applied']).toBeUndefined();
    expect(body).toMatchObject({ status, detail });
  },
  SLOW,
);

test(
  'a request that the document does not allow is refused',
  async () => {
    const call = await talk();
    const missing = await call('POST', '/carts', {});
    expect(missing.status).toBe(422);
    expect(missing.body.validation[0].message).toMatch(/required property 'item'/);
    expect((await call('POST', '/carts', { item: 'x', note: null })).body).toEqual({
      id: 'cart_1',
    });
    expect((await fetch(`${(await shop()).url}/nodes/1`)).status).toBe(401);
    expect((await call('GET', '/nodes/1?depth=deep')).status).toBe(422);
  },
  SLOW,
);

test(
  'a body that is no JSON is judged by what the operation takes',
  async () => {
    const { url } = await shop();
    const send = (path: string, method: string, type: string, body: string) =>
      fetch(url + path, { method, body, headers: { 'x-api-key': 'one', 'content-type': type } });
    expect((await send('/picture', 'PUT', 'image/png', 'PNG')).status).toBe(204);
    expect((await send('/picture', 'PUT', 'image/gif', 'GIF')).status).toBe(415);
    expect((await send('/carts', 'POST', 'application/json', '{"item"')).status).toBe(400);
    const large = JSON.stringify({ item: 'x'.repeat(2_000_000) });
    expect((await send('/carts', 'POST', 'application/json', large)).status).toBe(413);
  },
  SLOW,
);

test(
  'XML is XML, and no answer at all is said',
  async () => {
    const call = await talk();
    const report = await call('GET', '/report');
    expect([report.headers['content-type'], report.body]).toEqual([
      'application/xml',
      '<xml><sum>0</sum></xml>',
    ]);
    const nothing = await call('GET', '/nothing');
    expect(nothing.status).toBe(500);
    expect(nothing.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  },
  SLOW,
);

test(
  'a callback of the document is never sent: its address is the client’s',
  async () => {
    let heard = 0;
    const ear = createServer((_, response) => {
      heard += 1;
      response.end();
    }).listen(0);
    onTestFinished(() => void ear.close());
    const call = await talk();
    const item = `http://127.0.0.1:${(ear.address() as AddressInfo).port}/`;
    expect((await call('POST', '/carts', { item })).status).toBe(201);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(heard).toBe(0);
  },
  SLOW,
);
