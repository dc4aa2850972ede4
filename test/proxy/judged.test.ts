// What the proxy does about an exchange that breaks the document.

import { expect, onTestFinished, test } from 'vitest';
import { loadContract } from '../../src/contract/load.ts';
import { startProxy } from '../../src/proxy/start.ts';
import { kinds } from '../../src/rules/index.ts';
import { CONTRACT } from '../http/mock.ts';
import { proxied, target, violated } from './files.ts';

test('with errors, what breaks the document is not sent on, and a broken answer is replaced', async () => {
  const seen: string[] = [];
  const base = await target((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(request.url === '/files/good' ? '{"id": 1}' : '[]');
  });
  const proxy = await proxied(base, { errors: true });
  const put = (body: string) =>
    fetch(`${proxy.url}/files/1`, {
      method: 'PUT',
      body,
      headers: { 'content-type': 'application/json' },
    });
  const refused = await put('{}');
  expect([refused.status, ((await refused.json()) as { detail: string }).detail]).toEqual([
    422,
    'name is required',
  ]);
  expect((await put('{"name": "x"}')).status).toBe(200);
  expect((await fetch(`${proxy.url}/nowhere`)).status).toBe(404);
  expect((await fetch(`${proxy.url}/files/1?page=x`)).status).toBe(422);
  expect(await (await fetch(`${proxy.url}/files/good`)).text()).toBe('{"id": 1}');
  const replaced = await fetch(`${proxy.url}/files/1`);
  expect([replaced.status, await replaced.json()]).toMatchObject([
    502,
    { violations: [{ id: 'get /files/{id}/response-schema', reason: 'the body must be object' }] },
  ]);
  expect(seen).toEqual(['PUT /files/1', 'GET /files/good', 'GET /files/1']);
  expect(violated(proxy)).toHaveLength(3);
});

test('a request that breaks the document counts where the server takes it, and not where it refuses', async () => {
  let status = 400;
  const base = await target((_, response) => {
    response.writeHead(status, { 'content-type': 'application/problem+json' }).end('{}');
  });
  const proxy = await proxied(base);
  const put = () =>
    fetch(`${proxy.url}/files/1`, {
      method: 'PUT',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
  await put();
  expect(violated(proxy)).toEqual([]);
  status = 201;
  await put();
  expect(violated(proxy)).toEqual(['put /files/{id}/request: name is required']);
});

test('what the contract has no operation for passes unjudged', async () => {
  const base = await target((_, response) => void response.writeHead(500).end('oops'));
  const contract = loadContract(CONTRACT, kinds);
  const proxy = await startProxy({ contract, target: base });
  onTestFinished(() => proxy.close());
  expect(await (await fetch(`${proxy.url}/elsewhere`)).text()).toBe('oops');
  expect(violated(proxy)).toEqual([]);
  await fetch(`${proxy.url}/v1/groups/1`);
  expect(violated(proxy)).toEqual(['getGroup/server-error: answered 500']);
});
