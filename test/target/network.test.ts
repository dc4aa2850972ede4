// The way to a target through a proxy of the environment, and past a certificate authority of one's own.

import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { HttpRequest } from '../../src/model/http.ts';
import type { Json } from '../../src/model/json.ts';
import { UsageError } from '../../src/model/usage-error.ts';
import { fetchSend } from '../../src/target/fetch-send.ts';
import { fetchFor } from '../../src/target/network.ts';

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
