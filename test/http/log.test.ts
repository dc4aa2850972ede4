import { expect, test } from 'vitest';
import { type LogOptions, makeLog, printable } from '../../src/server/log.ts';
import { client, group, mock } from './mock.ts';

/** A log whose two streams can be read. */
function heard(options: LogOptions = {}) {
  const said = { out: '', err: '' };
  const sink = (name: 'out' | 'err') => ({
    write: (text: string) => {
      said[name] += text;
    },
  });
  return { said, log: makeLog({ ...options, out: sink('out'), err: sink('err') }) };
}

test('with --json the ready line is exactly what scripts wait for', async () => {
  const { said, log } = heard({ json: true });
  const { url } = await mock({ log });
  expect(said.out).toBe(
    `{"ready":true,"url":"${url}","apis":{"flexprice":"${url}/flexprice/v1"}}\n`,
  );
});

test('every request gets a line with method, path, status, time and the rule that refused', async () => {
  const { said, log } = heard({ json: true });
  const { url } = await mock({ log });
  const call = client(url);
  await call('POST', '/groups', group('a'));
  await call('POST', '/flexprice/v1/groups', group('a'));
  log.flush();
  const lines = said.out
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => JSON.parse(line));
  expect(lines).toEqual([
    { method: 'POST', path: '/groups', status: 201, ms: expect.any(Number) },
    {
      method: 'POST',
      path: '/flexprice/v1/groups',
      status: 400,
      ms: expect.any(Number),
      rule: 'group.lookup-key-unique',
    },
  ]);
});

test('people are told the same in words, without colour when it is no terminal', async () => {
  const { said, log } = heard();
  const { url } = await mock({ log });
  await client(url)('DELETE', '/groups/none');
  log.flush();
  expect(said.out).toContain(`tallystick is ready: ${url}\n  flexprice  ${url}/flexprice/v1\n`);
  expect(said.out).toMatch(/^DELETE \/groups\/none 404 [\d.]+ ms$/m);
  expect(said.out).not.toContain('\u001b');
});

test('with --quiet only the ready line is said', async () => {
  const { said, log } = heard({ quiet: true, json: true });
  const { url } = await mock({ log });
  await client(url)('GET', '/groups/none');
  log.flush();
  expect(said.out.trim().split('\n')).toHaveLength(1);
  expect(said.err).toBe('');
});

test('a tenant is announced once, and no secret is ever said', async () => {
  const { said, log } = heard({ json: true });
  const { url } = await mock({ log, adminToken: 'admin-secret' });
  const call = client(url, 'key-secret');
  for (let i = 0; i < 3; i++) await call('GET', '/groups/none?api_key=query-secret');
  await call('POST', '/_tallystick/v1/reset', undefined, { authorization: 'Bearer admin-secret' });
  log.flush();
  expect(said.err.match(/first request of/g)).toHaveLength(1);
  expect(said.out + said.err).not.toContain('secret');
});

test('what a client puts into a path can neither forge a line nor move the cursor', () => {
  expect(printable('/a\n{"ready":true}\u001b[2J\u009b1m')).toBe(
    '/a\\u000a{"ready":true}\\u001b[2J\\u009b1m',
  );
  expect(printable('x'.repeat(5_000)).length).toBeLessThan(400);
});
