import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startMock } from '../../src/server/start.ts';
import {
  type Answered,
  CONTRACT,
  client,
  DEMO,
  DEMO_GROUPS,
  group,
  mock,
  ROOT,
  raw,
  scratch,
} from './mock.ts';

const RESET = '/_tallystick/v1/reset';

async function count(url: string, key: string): Promise<number> {
  return (await client(url, key)('POST', '/groups/search', {})).body.pagination.total;
}

test('health tells the instance and the hash of the spec', async () => {
  const { url } = await mock();
  const { status, body } = await client(url)('GET', '/_tallystick/v1/health');
  const spec = createHash('sha256')
    .update(readFileSync(join(ROOT, 'specs/flexprice.yaml')))
    .digest('hex');
  expect(status).toBe(200);
  expect(body).toMatchObject({ status: 'ready', apis: { flexprice: { spec, version: 0 } } });
  expect(body.instance).toMatch(/^[\da-f-]{36}$/);
});

test('health and the API are 503 until the records are read back, and ready then', async () => {
  const early: Answered[] = [];
  const { url } = await mock({
    dataDir: scratch(),
    onListening: async (at) => {
      early.push(await client(at)('GET', '/_tallystick/v1/health'));
      early.push(await client(at)('POST', '/groups', group('early')));
      early.push(await client(at)('POST', RESET));
    },
  });
  expect(early.map(({ status }) => status)).toEqual([503, 503, 503]);
  expect(early[0]?.body).toEqual({ status: 'starting' });
  expect(early[1]?.body).toMatchObject({ code: 'service_unavailable' });
  const ready = await client(url)('GET', '/_tallystick/v1/health');
  expect([ready.status, ready.body.status]).toEqual([200, 'ready']);
  expect(await count(url, 'alice')).toBe(0);
});

test('reset brings back the fixture for every tenant', async () => {
  const { url } = await mock({ apis: [{ contract: CONTRACT, fixture: DEMO }] });
  for (const key of ['alice', 'bob']) await client(url, key)('POST', '/groups', group('own'));
  await client(url)('DELETE', '/groups/group_compute');
  expect(await count(url, 'alice')).toBe(DEMO_GROUPS);
  expect((await client(url)('POST', RESET)).status).toBe(204);
  for (const key of ['alice', 'bob', 'carol']) expect(await count(url, key)).toBe(DEMO_GROUPS);
  expect((await client(url)('GET', '/groups/group_compute')).body.status).toBe('published');
});

test('reset is remembered over a restart', async () => {
  const options = { apis: [{ contract: CONTRACT, fixture: DEMO }], dataDir: scratch() };
  const first = await startMock(options);
  await client(first.url)('DELETE', '/groups/group_compute');
  await client(first.url)('POST', RESET);
  await first.close();
  const { url } = await mock(options);
  expect(await count(url, 'alice')).toBe(DEMO_GROUPS);
});

test('unknown admin paths are 404, wrong methods 405 with Allow', async () => {
  const { url } = await mock();
  const call = client(url);
  expect((await call('GET', '/_tallystick/v1/nothing')).status).toBe(404);
  const wrong = await call('GET', RESET);
  expect([wrong.status, wrong.headers['allow']]).toEqual([405, 'POST']);
});

test.each([
  ['a name that is not ours', 'host: evil.example:4620'],
  ['a page of another origin', 'host: 127.0.0.1\r\norigin: http://evil.example'],
  ['a page without an origin', 'host: 127.0.0.1\r\norigin: null'],
  ['a cross-site fetch', 'host: 127.0.0.1\r\nsec-fetch-site: cross-site'],
])('reset is refused to %s', async (_, headers) => {
  const { url } = await mock();
  await client(url)('POST', '/groups', group('kept'));
  const answer = await raw(
    url,
    `POST ${RESET} HTTP/1.1\r\n${headers}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`,
  );
  expect(answer).toMatch(/^HTTP\/1.1 403 /);
  expect(await count(url, 'alice')).toBe(1);
});

test('beyond loopback the admin API wants a token', async () => {
  const open = await mock({ host: '0.0.0.0' });
  const at = open.url.replace('localhost', '127.0.0.1');
  const refused = await client(at)('POST', RESET);
  expect(refused.status).toBe(403);
  expect(refused.body.message).toContain('--admin-token');
  expect((await client(at)('GET', '/_tallystick/v1/health')).status).toBe(200);
});

test('an admin token is wanted wherever one is set, in either header', async () => {
  const { url } = await mock({ adminToken: 'open sesame' });
  const call = client(url);
  const sent = [
    {},
    { authorization: 'Bearer wrong' },
    { authorization: 'Bearer open sesame' },
    { 'x-tallystick-token': 'open sesame' },
  ];
  const statuses = [];
  for (const headers of sent) statuses.push((await call('POST', RESET, undefined, headers)).status);
  expect(statuses).toEqual([403, 403, 204, 204]);
});
