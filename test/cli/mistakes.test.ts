// A mistake gets one message that says what, where and how to fix it, without a stack, and exit code 2.

import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT, tallystick } from '../support/cli.ts';

/** A copy of the bundled contract with one text replaced, in a folder where its spec can be found. */
function contractWith(before: string, after: string): string {
  const text = readFileSync(join(ROOT, 'contracts/flexprice.yaml'), 'utf8');
  expect(text).toContain(before);
  const folder = mkdtempSync(join(tmpdir(), 'tallystick-'));
  const file = join(folder, 'flexprice.yaml');
  const spec = `spec: ${join(ROOT, 'specs/flexprice.yaml')}`;
  writeFileSync(file, text.replace('spec: ../specs/flexprice.yaml', spec).replace(before, after));
  return file;
}

test('an unknown api is told with the nearest known one', async () => {
  const { code, stderr, stdout } = await tallystick(['mock', 'flexprise']);
  expect(stderr).toBe(
    'error: unknown api "flexprise" (did you mean flexprice? known: dodopayments, flexprice, fynn)\n',
  );
  expect([code, stdout]).toEqual([2, '']);
});

test('a field that the schema lacks is told with file, line, column and the nearest one', async () => {
  const file = contractWith(
    'unique: { of: group, by: lookup_key, among: live }',
    'unique: { of: group, by: lookup_kee }',
  );
  const { code, stderr } = await tallystick(['rules', file]);
  expect(stderr).toMatch(
    /^error: \S+flexprice\.yaml:\d+:\d+ rule group\.lookup-key-unique: field "lookup_kee" is not in GroupResponse \(did you mean lookup_key\?\)\n$/,
  );
  expect(code).toBe(2);
});

test('the line that is told is the line of the mistake', async () => {
  const file = contractWith('clear: price.group_id', 'clear: price.group_ib');
  const { stderr } = await tallystick(['rules', file]);
  const line = Number(/yaml:(\d+):/.exec(stderr)?.[1]);
  expect(readFileSync(file, 'utf8').split('\n')[line - 1]).toContain('price.group_ib');
});

test.each([
  [
    'a kind that does not exist',
    'unique: { of: plan, by: lookup_key',
    'uniqe: { of: plan, by: lookup_key',
    /"uniqe" is neither a key of a rule nor a kind \(did you mean unique\?\)/,
  ],
  [
    'an expression that is none',
    "self.billing_model == 'TIERED'",
    "self.billing_model === 'TIERED'",
    /no CEL expression/,
  ],
  [
    'an operation that the spec lacks',
    'createGroup: { create: group }',
    'createGroop: { create: group }',
    /unknown operation "createGroop" \(did you mean createGroup\?/,
  ],
  [
    'an error that the contract lacks',
    'refuse: key-taken',
    'refuse: key-takn',
    /unknown error "key-takn" \(did you mean key-taken\?/,
  ],
  [
    'a resource that the contract lacks',
    'on-delete: { of: group, list: gone }',
    'on-delete: { of: groop, list: gone }',
    /unknown resource "groop" \(did you mean group\?/,
  ],
  [
    'an option that the kind lacks',
    'among: live }',
    'amongst: live }',
    /amongst|must NOT have additional/,
  ],
  ['text that is no YAML', 'contract: 1', 'contract: [1', /flexprice\.yaml:\d+:\d+ /],
])('%s is told', async (_, before, after, message) => {
  const { code, stderr } = await tallystick(['rules', contractWith(before, after)]);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(code).toBe(2);
});

test('all mistakes of a contract are told at once', async () => {
  const file = contractWith('refuse: key-taken', 'refuse: key-takn');
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace('refuse: no-such-group', 'refuse: no-such-groop'),
  );
  const { stderr } = await tallystick(['rules', file]);
  expect(stderr.trim().split('\n')).toHaveLength(2);
});

test('all mistakes of a command line are told at once', async () => {
  const { code, stderr } = await tallystick([
    'mock',
    'flexprise',
    '--port',
    'x',
    '--clock',
    'noon',
    '--key',
    'secret',
  ]);
  expect(stderr.trim().split('\n')).toHaveLength(4);
  expect(stderr).not.toContain('secret');
  expect(code).toBe(2);
});

test('a port that is in use is told with the ways out', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => taken.once('listening', done));
  const { port } = taken.address() as { port: number };
  const { code, stderr } = await tallystick([
    'mock',
    'flexprice',
    '--ephemeral',
    '--port',
    String(port),
  ]);
  taken.close();
  expect(stderr).toBe(
    `error: port ${port} is in use: stop the other server, or choose one with --port (0 picks a free one)\n`,
  );
  expect(code).toBe(2);
});

test('an unknown command or flag is told with the nearest one', async () => {
  expect(await tallystick(['mok'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('mock'),
  });
  expect(await tallystick(['mock', '--prot', '1'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--port'),
  });
});

test('a test without a target, or with a header that is none, is told', async () => {
  const { code, stderr } = await tallystick([
    'test',
    'flexprice',
    '--header',
    'nonsense',
    '--basis',
    'documentd',
  ]);
  expect(stderr).toContain('--target is missing');
  expect(stderr).toContain("--header number 1: must be 'name: value'");
  expect(stderr).toContain('did you mean documented');
  expect(code).toBe(2);
});

test('a production server of the spec is refused without the explicit flag', async () => {
  const { code, stderr } = await tallystick([
    'test',
    'flexprice',
    '--target',
    'https://us.api.flexprice.io/v1',
  ]);
  expect(stderr).toContain('--i-know-this-is-production');
  expect(code).toBe(2);
});

test('a target that does not answer is exit code 3', async () => {
  const free = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => free.once('listening', done));
  const { port } = free.address() as { port: number };
  await new Promise((done) => free.close(done));
  const { code, stderr } = await tallystick([
    'test',
    'flexprice',
    '--target',
    `http://127.0.0.1:${port}/v1`,
  ]);
  expect(stderr).toContain('does not answer');
  expect(code).toBe(3);
});

/** A server that answers a few requests and then does what it is told to. */
async function failing(after: number, fail: (response: ServerResponse) => void) {
  let answered = 0;
  const server = createHttpServer((_, response) => {
    answered += 1;
    if (answered > after) fail(response);
    else response.writeHead(200, { 'content-type': 'application/json' }).end('{"items": []}');
  }).listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address() as { port: number };
  return { url: `http://127.0.0.1:${port}/v1`, close: () => server.close() };
}

test.each([
  ['closes its connections', (response: ServerResponse) => void response.destroy()],
  ['hangs', () => undefined],
  ['sends without end', (response: ServerResponse) => void response.write('x'.repeat(17_000_000))],
  [
    'lies about its length',
    (response: ServerResponse) =>
      void response.writeHead(200, { 'content-length': '10' }).end('{}'),
  ],
])('a target that %s in the middle is exit code 3', async (_, fail) => {
  const { url, close } = await failing(3, fail);
  const { code, stderr } = await tallystick([
    'test',
    'flexprice',
    '--target',
    url,
    '--timeout',
    '2000',
  ]);
  close();
  expect(stderr).toContain('stopped answering');
  expect(code).toBe(3);
});

test('a target that answers in HTML, or redirects in circles, is full of findings', async () => {
  for (const headers of [{ 'content-type': 'text/html' }, { location: '/v1/groups' }]) {
    const { url, close } = await failing(0, (response) => {
      response.writeHead('location' in headers ? 302 : 200, headers).end('<p>hello</p>');
    });
    const { code } = await tallystick([
      'test',
      'flexprice',
      '--target',
      url,
      '--settle',
      '0',
      '--only',
      'createGroup/*',
    ]);
    close();
    expect(code).toBe(1);
  }
});

test.each([[], ['mock'], ['test'], ['mutate'], ['rules']])(
  'help of "%s" shows examples',
  async (...command) => {
    const { code, stdout } = await tallystick([...command, '--help']);
    expect(stdout).toContain('Examples:');
    expect(code).toBe(0);
  },
);
