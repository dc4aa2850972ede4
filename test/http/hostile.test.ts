import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { answered, client, group, raw, sharedMock } from './mock.ts';

const server = sharedMock();
const LONG = `/groups/${'x'.repeat(8_000)}`;

function head(key: string): string {
  return `POST /flexprice/v1/groups HTTP/1.1\r\nhost: x\r\nx-api-key: ${key}\r\n`;
}

async function post(key: string, body: string | Buffer, headers: Record<string, string> = {}) {
  const response = await fetch(`${server.url}/flexprice/v1/groups`, {
    method: 'POST',
    headers: { 'x-api-key': key, 'content-type': 'application/json', ...headers },
    body,
  });
  return answered(response);
}

async function stored(key: string): Promise<number> {
  const { body } = await client(`${server.url}/flexprice/v1`, key)('POST', '/groups/search', {});
  return body.pagination.total;
}

test.each([
  ['an unfinished text', '{"name":'],
  ['no JSON at all', 'name=x&lookup_key=y'],
  ['two values', '{} {}'],
  ['invalid UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
  ['a NUL', '\0'],
  ['arrays 100,000 deep', '['.repeat(100_000) + ']'.repeat(100_000)],
  ['objects 100,000 deep', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
  ['a nest that never closes', '['.repeat(500_000)],
  ['65 levels', `{"metadata":${'['.repeat(64)}${']'.repeat(64)}}`],
  ['an array', '[]'],
  ['null', 'null'],
  ['a number', '1e999'],
])('a body of %s is refused in the error shape, and nothing is stored', async (_, body) => {
  const key = server.key();
  const answer = await post(key, body);
  expect(answer.status).toBe(400);
  expect(answer.body).toMatchObject({ code: 'validation_error', http_status_code: 400 });
  expect(await stored(key)).toBe(0);
});

test.each([
  ['gzip', gzipSync(JSON.stringify(group('zipped')))],
  ['br', Buffer.from('xx')],
  ['made-up', Buffer.from('{}')],
])('the content encoding %s is a 415', async (encoding, body) => {
  const key = server.key();
  expect((await post(key, body, { 'content-encoding': encoding })).status).toBe(415);
  expect(await stored(key)).toBe(0);
});

test.each([
  ['multipart/form-data; boundary=x', 415],
  ['application/xml', 415],
  ['application/json; charset=utf-16', 415],
  ['application/json;charset=UTF-8', 201],
  ['application/merge-patch+json', 201],
  ['text/plain', 201],
  ['application/x-www-form-urlencoded', 201],
])('JSON sent as %s is a %d', async (type, status) => {
  const key = server.key();
  const answer = await post(key, JSON.stringify(group('typed')), { 'content-type': type });
  expect(answer.status).toBe(status);
});

test('a body over 1 MiB is a 413, and the connection can be used again', async () => {
  const key = server.key();
  const big = JSON.stringify({ ...group('big'), name: 'x'.repeat(1_048_576) });
  const small = JSON.stringify(group('small'));
  const both = await raw(
    server.url,
    `${head(key)}content-length: ${big.length}\r\n\r\n${big}${head(key)}content-length: ${small.length}\r\nconnection: close\r\n\r\n${small}`,
  );
  expect(both.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 413', 'HTTP/1.1 201']);
  expect(await stored(key)).toBe(1);
});

test('a chunked body over 1 MiB is a 413', async () => {
  const key = server.key();
  const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
  const answer = await raw(
    server.url,
    `${head(key)}transfer-encoding: chunked\r\nconnection: close\r\n\r\n${chunk.repeat(20)}0\r\n\r\n`,
  );
  expect(answer).toMatch(/^HTTP\/1.1 413/);
});

test('a sender that never ends is answered with 413 and then cut off', async () => {
  const key = server.key();
  const status = await new Promise((resolve) => {
    const sent = request(`${server.url}/flexprice/v1/groups`, {
      method: 'POST',
      headers: { 'x-api-key': key, 'content-length': '1000000000000' },
    });
    sent.on('response', (response) => resolve(response.statusCode));
    sent.on('error', () => undefined);
    const feed = () => !sent.destroyed && sent.write(Buffer.alloc(65_536), feed);
    feed();
  });
  expect(status).toBe(413);
  expect(await stored(key)).toBe(0);
});

test('a body of exactly 1 MiB is read', async () => {
  const key = server.key();
  const text = JSON.stringify({ ...group('edge'), name: '' });
  const body = text.replace('"name":""', `"name":"${'x'.repeat(1_048_576 - text.length)}"`);
  expect((await post(key, body)).status).toBe(201);
});

test('a __proto__ in a body is plain data, and pollutes nothing', async () => {
  const key = server.key();
  const call = client(`${server.url}/flexprice/v1`, key);
  const body = `{"name":"P","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"metadata":{"__proto__":"kept"}}`;
  const response = await fetch(`${server.url}/flexprice/v1/plans`, {
    method: 'POST',
    headers: { 'x-api-key': key },
    body,
  });
  const text = await response.text();
  expect(response.status).toBe(201);
  expect(text).toContain('"metadata":{"__proto__":"kept"}');
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  const read = await call('GET', `/plans/${JSON.parse(text).id}`);
  expect(Object.keys(read.body.metadata)).toEqual(['__proto__']);
});

test.each([
  '/groups/%',
  '/groups/%zz',
  '/groups/%ff',
  '/groups/%00',
  '/%c0%af',
  '//',
  '/..%2f..%2fetc',
  '/groups/__proto__',
  '/constructor',
  LONG,
])('the path %.40s is a 4xx', async (path) => {
  const answer = await raw(
    server.url,
    `GET /flexprice/v1${path} HTTP/1.1\r\nhost: x\r\nx-api-key: a\r\nconnection: close\r\n\r\n`,
  );
  expect(answer).toMatch(/^HTTP\/1.1 4\d\d /);
  expect(answer).toContain('"http_status_code":4');
});

test.each([
  ['a%25b', 'a%b'],
  ['a%2525b', 'a%25b'],
  ['a%2Fb', 'a/b'],
  ['%E2%82%AC', '€'],
])('the id %s is decoded once', async (sent, id) => {
  const key = server.key();
  const { status, body } = await client(server.url, key)('GET', `/groups/${sent}`);
  expect([status, body.message]).toEqual([404, `no group has the id ${id}`]);
});

test.each([
  '?expand=%',
  '?%zz=%ff',
  '?expand=groups&expand=groups',
  '?&&=&=x',
  '?__proto__=1',
  '?expand[]=a',
])('the query %s does no harm', async (query) => {
  const key = server.key();
  const answer = await client(server.url, key)('GET', `/prices/none${query}`);
  expect(answer.status).toBe(404);
});

test.each([
  ['bad chunking', `${head('KEY')}transfer-encoding: chunked\r\n\r\nZZ\r\n{}\r\n0\r\n\r\n`],
  ['two lengths', `${head('KEY')}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`],
  [
    'length and chunks',
    `${head('KEY')}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
  ],
  ['no HTTP', '\x16\x03\x01\x02\x00 hello\r\n\r\n'],
  ['no such version', 'GET / HTTP/9.9\r\n\r\n'],
  ['a header with a line feed', 'GET / HTTP/1.1\r\nhost: x\r\na\nb: c\r\n\r\n'],
])('%s is answered with a 400, and the server goes on', async (_, bytes) => {
  const key = server.key();
  expect(await raw(server.url, bytes.replace('KEY', key))).toMatch(/^HTTP\/1.1 400 /);
  expect(await stored(key)).toBe(0);
});

test('headers without end are a 431', async () => {
  const answer = await raw(
    server.url,
    `GET / HTTP/1.1\r\nhost: x\r\na: ${'x'.repeat(100_000)}\r\n\r\n`,
  );
  expect(answer).toMatch(/^HTTP\/1.1 431 /);
});

test('a body that is cut off stores nothing', async () => {
  const key = server.key();
  const body = JSON.stringify(group('cut'));
  for (let length = 1; length < body.length; length += 7) {
    const sent = request(`${server.url}/flexprice/v1/groups`, {
      method: 'POST',
      headers: { 'x-api-key': key, 'content-length': body.length },
    });
    await new Promise((resolve) => {
      sent.on('error', resolve);
      sent.write(body.slice(0, length), () => sent.destroy(new Error('gone')));
    });
  }
  expect(await stored(key)).toBe(0);
});

test.each(['1e400', '-1e400', '9'.repeat(400), `${'9'.repeat(250)}e99`])(
  'the number %.10s, which would be kept as null, is refused',
  async (number) => {
    const key = server.key();
    const answer = await post(key, `{"name":"n","lookup_key":"n","metadata":{"a":[${number}]}}`);
    expect([answer.status, answer.body.message]).toEqual([
      400,
      'the body has a number that is too large to be kept',
    ]);
    const fits = await post(key, JSON.stringify({ ...group('fits'), metadata: { a: '1e400' } }));
    expect(fits.status).toBe(201);
  },
);

test('a list can be sorted by objects that have a toString of their own', async () => {
  const call = client(`${server.url}/flexprice/v1`, server.key());
  for (const key of ['a', 'b']) {
    await call('POST', '/groups', { ...group(key), metadata: { toString: key, valueOf: key } });
  }
  for (const field of ['metadata', 'toString', '__proto__']) {
    const sort = [{ field, direction: 'asc' }];
    const { status, body } = await call('POST', '/groups/search', { sort });
    expect([status, body.pagination.total]).toEqual([200, 2]);
  }
});
