// What the proxy passes on: all of it, as it is.

import { type IncomingMessage, request as send } from 'node:http';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { proxied, target, violated } from './files.ts';

interface Raw {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: Buffer;
}

function raw(url: string, method: string, headers: readonly string[], body?: Buffer): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const path = url.slice(url.indexOf('/', 8));
    const told = async (answer: IncomingMessage): Promise<Raw> => {
      const chunks: Buffer[] = [];
      for await (const chunk of answer) chunks.push(chunk as Buffer);
      const { statusCode: status = 0, rawHeaders } = answer;
      return { status, headers: rawHeaders, body: Buffer.concat(chunks) };
    };
    const options = { hostname, port, path, method, headers: headers as never };
    const asked = send(options, (answer) => void told(answer).then(resolve, reject));
    asked.on('error', reject);
    asked.end(body);
  });
}

test('method, path, query, headers and body reach the target as they were sent', async () => {
  let seen: { url: string; headers: readonly string[]; body: Buffer } | undefined;
  const base = await target((request, response, body) => {
    seen = { url: `${request.method} ${request.url}`, headers: request.rawHeaders, body };
    response.writeHead(204).end();
  });
  const { url } = await proxied(`${base}/deep/v1/`);
  const bytes = gzipSync('{"name": "x"}');
  const headers = [
    'Host',
    'me',
    'X-Odd',
    'a',
    'X-Odd',
    'b',
    'Content-Encoding',
    'gzip',
    'Content-Type',
    'application/json',
    'Connection',
    'close, x-hop',
    'X-Hop',
    '1',
    'TE',
    'trailers',
    'Content-Length',
    String(bytes.length),
  ];
  const { status } = await raw(`${url}/files/a%2Fb/../c//d?q=%20&q=+`, 'PUT', headers, bytes);
  expect(status).toBe(204);
  expect(seen?.url).toBe('PUT /deep/v1/files/a%2Fb/../c//d?q=%20&q=+');
  expect(seen?.body).toEqual(bytes);
  const told = seen?.headers.join('\n');
  expect(told).toContain('X-Odd\na\nX-Odd\nb');
  expect(told).toContain('Content-Encoding\ngzip');
  expect(told).not.toMatch(/x-hop|trailers|\nme\n/i);
});

test('status, headers and body come back as they were answered, and are judged unpacked', async () => {
  const body = gzipSync('{"name":   "no id"}');
  const base = await target((_, response) => {
    const headers = [
      'Content-Type',
      'application/json',
      'Content-Encoding',
      'gzip',
      'Set-Cookie',
      'a=1',
      'Set-Cookie',
      'b=2',
      'X-Case',
      'Kept',
      'Date',
      'long ago',
      'Content-Length',
      String(body.length),
    ];
    response.writeHead(200, headers).end(body);
  });
  const proxy = await proxied(base);
  const answer = await raw(`${proxy.url}/base/files/1`, 'GET', [
    'Host',
    'x',
    'Accept-Encoding',
    'gzip',
  ]);
  expect(gunzipSync(answer.body).toString()).toBe('{"name":   "no id"}');
  expect(answer.headers.join('\n')).toContain(
    'Set-Cookie\na=1\nSet-Cookie\nb=2\nX-Case\nKept\nDate\nlong ago',
  );
  expect(violated(proxy)).toEqual(['get /files/{id}/response-schema: id is required']);
});

test('a body that is large or binary goes through and is not judged', async () => {
  const large = Buffer.from(`"${'x'.repeat(5 * 1024 * 1024)}"`);
  const base = await target((request, response) => {
    const type = request.url?.endsWith('2') ? 'application/octet-stream' : 'application/json';
    response.writeHead(200, { 'content-type': type }).end(large);
  });
  for (const errors of [false, true]) {
    const proxy = await proxied(base, { errors });
    for (const id of [1, 2]) {
      expect((await raw(`${proxy.url}/files/${id}`, 'GET', ['Host', 'x'])).body.equals(large)).toBe(
        true,
      );
    }
    expect(violated(proxy)).toEqual([]);
  }
});

test('a stream of events comes event by event', async () => {
  let next: (() => void) | undefined;
  const base = await target((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: 1\n\n');
    next = () => response.end('data: 2\n\n');
  });
  const proxy = await proxied(base);
  const answer = await fetch(`${proxy.url}/files/1`);
  const reader = answer.body?.getReader();
  const text = async () => new TextDecoder().decode((await reader?.read())?.value);
  expect(await text()).toBe('data: 1\n\n');
  next?.();
  expect(await text()).toBe('data: 2\n\n');
  expect(violated(proxy)).toEqual([]);
});

test('the headers given to the proxy stand in for the client’s own', async () => {
  let key: string | undefined;
  const base = await target((request, response) => {
    key = request.rawHeaders
      .filter((_, i, all) => all[i - 1]?.toLowerCase() === 'x-api-key')
      .join();
    response.writeHead(204).end();
  });
  const { url } = await proxied(base, { headers: { 'x-api-key': 'mine' } });
  await raw(`${url}/x`, 'GET', ['Host', 'x', 'X-API-Key', 'theirs']);
  expect(key).toBe('mine');
});

test('a target that is not there, or breaks off, is a gateway’s error', async () => {
  const proxy = await proxied('http://127.0.0.1:1');
  const answer = await fetch(`${proxy.url}/files/1`);
  expect([answer.status, await answer.json()]).toEqual([
    502,
    {
      type: 'about:blank',
      title: 'No answer',
      status: 502,
      detail: 'the target gives no answer: ECONNREFUSED',
    },
  ]);
  expect(proxy.reached).toEqual({ answered: 0, failed: 1 });
  const half = await target((_, response) => {
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': '10' });
    response.write('half', () => response.destroy());
  });
  const broken = await proxied(half);
  await expect(raw(`${broken.url}/files/1`, 'GET', ['Host', 'x'])).rejects.toThrow();
  expect(violated(broken)).toEqual([]);
});
