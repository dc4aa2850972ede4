// The way to a target: what is refused as production, what goes through a proxy, whose certificates count, and
// which records are given.

import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { fetchSend } from '../../src/conformance/fetch-send.ts';
import { readGiven } from '../../src/conformance/given.ts';
import { fetchFor } from '../../src/conformance/network.ts';
import { plan } from '../../src/conformance/plan.ts';
import { isLocal, refuseProduction, targetFault } from '../../src/conformance/reach.ts';
import { run } from '../../src/conformance/run.ts';
import type { Report } from '../../src/conformance/verdict.ts';
import type { Contract } from '../../src/contract/contract.ts';
import { loadContract } from '../../src/contract/load.ts';
import { hooksOf, playable } from '../../src/mock/playable.ts';
import type { HttpRequest, Send } from '../../src/model/http.ts';
import type { Json, JsonObject } from '../../src/model/json.ts';
import { UsageError } from '../../src/model/usage-error.ts';
import { kinds } from '../../src/rules/index.ts';
import { inProcess } from '../../src/testing/in-process.ts';

const contractOf = (api: string) =>
  loadContract(join(import.meta.dirname, `../../contracts/${api}.yaml`), kinds);
const flexprice = contractOf('flexprice');

function withServers(servers: readonly string[]): Contract {
  return { ...flexprice, spec: { ...flexprice.spec, servers } };
}

test.each([
  'https://us.api.flexprice.io/v1',
  'https://US.API.Flexprice.IO',
  'https://us.api.flexprice.io:443/v1',
  'http://us.api.flexprice.io:8080/v1',
  'https://us.api.flexprice.io./v1',
  'https://us.api.flexprice.io..',
  'https://someone:secret@us.api.flexprice.io/v1',
  'https://127.0.0.1@us.api.flexprice.io/v1',
  'https://us%2Eapi%2eflexprice.io/v1',
  'https://us。api。flexprice。io/v1',
  'https:us.api.flexprice.io/v1',
  '  https://us.api.flexprice.io/v1',
  'https:\\\\us.api.flexprice.io\\v1',
])('%s is production', (target) => {
  expect(() => refuseProduction(flexprice, target)).toThrow(UsageError);
});

test.each([
  'https://staging.us.api.flexprice.io/v1',
  'https://us.api.flexprice.io.staging.example.test/v1',
  'https://example.test/us.api.flexprice.io',
  'https://us.api.flexprice.io@example.test/v1',
  'http://127.0.0.1:4620/flexprice/v1',
])('%s is not', (target) => {
  expect(() => refuseProduction(flexprice, target)).not.toThrow();
});

test('a server of a spec with a variable in it is every server of that form; this machine is none', () => {
  const contract = withServers([
    'https://{region}.api.example.test/v{version}',
    'http://localhost:8080',
    '/v1',
  ]);
  expect(() => refuseProduction(contract, 'https://eu.api.example.test')).toThrow(UsageError);
  expect(() => refuseProduction(contract, 'https://api.example.test')).not.toThrow();
  expect(() => refuseProduction(contract, 'http://localhost:9090')).not.toThrow();
});

test('what can be no target is told, and never its credential', () => {
  expect(targetFault('staging')).toContain('no URL');
  expect(targetFault('ftp://x.test')).toContain('http://');
  expect(targetFault('https://me:s3cret@x.test')).toContain('--header');
  expect(targetFault('https://me:s3cret@x.test')).not.toContain('s3cret');
  expect(targetFault('https://x.test/?key=s3cret')).toContain('"?"');
  expect(targetFault('https://x.test/v1')).toBeUndefined();
});

test('this machine goes by many names', () => {
  for (const host of [
    'localhost',
    'LOCALHOST.',
    'a.localhost',
    '127.0.0.1',
    '127.9.9.9',
    '0.0.0.0',
    '[::1]',
  ]) {
    expect(isLocal(`http://${host}:80/v1`)).toBe(true);
  }
  for (const host of [
    'example.test',
    'localhost.example.test',
    '127.0.0.1.example.test',
    '10.0.0.1',
  ]) {
    expect(isLocal(`http://${host}/v1`)).toBe(false);
  }
});

const GET: HttpRequest = {
  method: 'GET',
  path: '/x',
  query: new Map(),
  headers: { 'x-api-key': 'k' },
};

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as { port: number }).port;
}

/** A proxy that leads every request and tunnel to one port here, and what it was asked for. */
async function proxyTo(port: number): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((incoming, answer) => {
    asked.push(incoming.url ?? '');
    const path = new URL(incoming.url ?? '').pathname;
    const { method, headers } = incoming;
    const onward = httpRequest({ host: '127.0.0.1', port, method, path, headers }, (back) => {
      answer.writeHead(back.statusCode ?? 0, back.headers);
      back.pipe(answer);
    });
    incoming.pipe(onward);
  });
  server.on('connect', (incoming: IncomingMessage, socket: Socket) => {
    asked.push(`CONNECT ${incoming.url}`);
    const onward = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    for (const end of [socket, onward]) end.on('error', () => socket.destroy());
    onTestFinished(() => void onward.destroy());
  });
  return { url: `http://127.0.0.1:${await listening(server)}`, asked };
}

const jsonServer = () =>
  createServer((incoming, answer) => {
    const body = { host: incoming.headers.host ?? '', key: incoming.headers['x-api-key'] ?? '' };
    answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });

async function bodyFrom(
  url: string,
  env: Record<string, string>,
  ca?: string,
): Promise<Json | undefined> {
  const send = fetchSend(url, { fetch: await fetchFor(url, { env, ca }), timeout: 20_000 });
  return (await send(GET)).body;
}

test('a proxy of the environment is used, unless NO_PROXY says no, and never for this machine', async () => {
  const port = await listening(jsonServer());
  const { url, asked } = await proxyTo(port);
  const target = 'http://api.example.test/v1';
  for (const name of ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY']) {
    expect(await bodyFrom(target, { [name]: url })).toEqual({ host: 'api.example.test', key: 'k' });
  }
  expect(asked).toEqual(Array(3).fill('http://api.example.test/v1/x'));
  const past = bodyFrom(target, { HTTP_PROXY: url, NO_PROXY: 'other.test,.example.test' });
  await expect(past).rejects.toThrow(/ENOTFOUND|EAI_AGAIN/);
  await expect(bodyFrom(target, { HTTPS_PROXY: url })).rejects.toThrow(/ENOTFOUND|EAI_AGAIN/);
  await bodyFrom(`http://127.0.0.1:${port}`, { HTTP_PROXY: url });
  expect(asked).toHaveLength(3);
});

test('a proxy that is no HTTP proxy is a mistake, told without its password', async () => {
  for (const proxy of ['socks5://me:s3cret@127.0.0.1:1080', '127.0.0.1:3128']) {
    const told = await fetchFor('https://x.test', { env: { ALL_PROXY: proxy } }).catch(
      (error) => error,
    );
    expect(told).toBeInstanceOf(UsageError);
    expect(told.message).not.toContain('s3cret');
  }
});

const here = (name: string) => join(import.meta.dirname, '..', 'support', name);

test('an authority of one’s own is trusted where it is named, through a proxy too', async () => {
  const tls = {
    key: readFileSync(here('localhost.key')),
    cert: readFileSync(here('localhost.crt')),
  };
  const port = await listening(createTlsServer(tls, jsonServer().listeners('request')[0] as never));
  const url = `https://127.0.0.1:${port}/v1`;
  await expect(bodyFrom(url, {})).rejects.toThrow('--ca FILE');
  expect(await bodyFrom(url, {}, here('localhost.crt'))).toMatchObject({ key: 'k' });
  const proxy = await proxyTo(port);
  const far = 'https://api.example.test/v1';
  const env = { HTTPS_PROXY: proxy.url };
  await expect(bodyFrom(far, env)).rejects.toThrow('--ca FILE');
  expect(await bodyFrom(far, env, here('localhost.crt'))).toMatchObject({
    host: 'api.example.test',
  });
  expect(proxy.asked).toContain('CONNECT api.example.test:443');
});

test('a file of certificates that is not there is a mistake', async () => {
  await expect(fetchFor('https://x.test', { ca: '/no/such.pem', env: {} })).rejects.toThrow(
    UsageError,
  );
  const none = join(mkdtempSync(join(tmpdir(), 'tallystick-')), 'none.pem');
  writeFileSync(none, 'no certificate');
  await expect(fetchFor('https://x.test', { ca: none, env: {} })).rejects.toThrow(UsageError);
});

test('a given record is used where one is needed, and is as it was afterwards', async () => {
  const contract = contractOf('dodopayments');
  const { send: plain, state } = inProcess(playable(contract, hooksOf(contract, kinds)));
  const headers = { authorization: 'Bearer one' };
  const sent: HttpRequest[] = [];
  // This server can make no product.
  const send: Send = async (request) => {
    sent.push(request);
    const isMade = request.method === 'POST' && request.path === '/products';
    return isMade ? { status: 404, headers: {} } : plain(request);
  };
  const { sample } = contract.resource('product');
  const body = JSON.parse(JSON.stringify(sample).replace('=fresh()', 'Theirs')) as JsonObject;
  const made = await plain({
    ...GET,
    method: 'POST',
    path: '/products',
    headers: { ...headers, 'content-type': 'application/json' },
    body,
  });
  const id = String((made.body as JsonObject)['product_id']);
  const rows = () =>
    state
      .scopes()
      .flatMap((scope) => [...state.table(scope, 'product').rows.values()].map(({ data }) => data));
  const before = JSON.stringify(rows());
  const given = await readGiven(contract, new Map([['product', id]]), send, headers);
  expect(given.get('product')).toMatchObject({ product_id: id, name: 'Theirs' });
  const checks = plan(contract, kinds);
  const about = {
    contract,
    checks,
    send,
    target: '',
    headers,
    seed: 1,
    settle: 0,
    sleep: async () => undefined,
  };
  const without = await run(about);
  const report = await run({ ...about, given, mark: 'again' });
  expect(report.results.filter(({ verdict }) => verdict === 'violated')).toEqual([]);
  const conforming = ({ results }: Report) =>
    results.filter(({ verdict }) => verdict === 'conforms').map(({ id }) => id);
  const known = new Set(conforming(without));
  expect(conforming(report).filter((id) => !known.has(id)).length).toBeGreaterThan(10);
  const reasons = report.results
    .filter(({ reason }) => reason?.includes('--given'))
    .map(({ reason }) => reason);
  expect(new Set(reasons)).toEqual(
    new Set(['product is given (--given), so none is made or changed']),
  );
  expect(JSON.stringify(rows())).toBe(before);
  const touched = sent.filter(
    ({ method, path }) => method !== 'GET' && path.startsWith(`/products/${id}`),
  );
  expect(touched).toEqual([]);
});

test('a given record that is not there is a mistake', async () => {
  const contract = contractOf('dodopayments');
  const { send } = inProcess(playable(contract, hooksOf(contract, kinds)));
  const headers = { authorization: 'Bearer one' };
  const told = readGiven(contract, new Map([['meter', 'mtr_none']]), send, headers);
  await expect(told).rejects.toThrow('--given meter=mtr_none: the target does not have it (404)');
});
