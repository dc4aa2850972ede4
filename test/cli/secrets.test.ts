// No credential is in a report, a stream or an error, whatever comes back from the server.

import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tallystick } from '../support/cli.ts';

/** Sends every header and body back in headers, bodies and words: whatever it is given comes into the reports. */
async function echo() {
  const text = async (request: IncomingMessage) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString();
  };
  const server = createServer(async (request, response) => {
    const sent = await text(request);
    const { 'x-api-key': key = '', authorization = '', cookie = '' } = request.headers;
    const secrets = [key, authorization, cookie].join(' ');
    response.writeHead(request.method === 'GET' ? 500 : 201, {
      'content-type': 'application/json',
      'x-echo': secrets,
      'x-encoded': encodeURIComponent(secrets),
      'set-cookie': `session=${encodeURIComponent(secrets)}`,
    });
    const basic = Buffer.from(authorization.split(' ')[1] ?? '', 'base64').toString();
    const body = {
      id: `you are ${secrets}`,
      name: key,
      [secrets]: basic,
      url: `/a?k=${encodeURIComponent(String(key))}`,
      sent,
    };
    response.end(JSON.stringify({ ...body, items: [body], text: JSON.stringify(body) }));
  }).listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, server };
}

const SECRETS = [
  'k3y-of/the first',
  'k3y-of%2Fthe',
  'k3y-of\\/the',
  'alice:pa55word',
  'pa55word',
  'c00kie-value',
  'sec0nd-key',
];
SECRETS.push(
  Buffer.from('alice:pa55word').toString('base64'),
  Buffer.from('k3y-of/the first').toString('base64'),
);

function everythingIn(path: string): string {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
}

test('no credential is in any file or stream, though the server sends all of them back', async () => {
  const { url, server } = await echo();
  const cwd = mkdtempSync(join(tmpdir(), 'tallystick-'));
  const reporters = ['json', 'junit', 'sarif', 'html', 'arazzo', 'github', 'list'].flatMap(
    (name) => ['--reporter', `${name}=out/${name}.txt`],
  );
  const { code, stdout, stderr } = await tallystick(
    [
      'test',
      'flexprice',
      '--target',
      url,
      '--header',
      'x-api-key: k3y-of/the first',
      '--header',
      `authorization: Basic ${Buffer.from('alice:pa55word').toString('base64')}`,
      '--header',
      'cookie: sid=c00kie-value',
      '--other-header',
      'x-api-key: sec0nd-key',
      '--only',
      '*group*',
      '--settle',
      '0',
      '--write-baseline',
      'out/known.yaml',
      '--reporter',
      'list',
      ...reporters,
    ],
    { GITHUB_STEP_SUMMARY: join(cwd, 'summary.md') },
    cwd,
  );
  server.close();
  server.closeAllConnections();
  expect(code).toBe(1);
  expect(readdirSync(join(cwd, 'out'))).toHaveLength(8);
  const all = [stdout, stderr, everythingIn(cwd)].join('\n');
  expect(all).toContain('you are ***');
  for (const secret of SECRETS) expect(all.toLowerCase()).not.toContain(secret.toLowerCase());
});

test.each([
  ['http://alice:pa55word@127.0.0.1:1/v1', 'user name or password'],
  ['http://alice:pa55word@', 'is no URL'],
  ['http://127.0.0.1:1/v1?key=pa55word', 'no "?"'],
])('a target that holds a credential is refused without repeating it', async (target, message) => {
  const { code, stderr, stdout } = await tallystick(['test', 'flexprice', '--target', target]);
  expect(stderr).toContain(message);
  expect(stderr + stdout).not.toContain('pa55word');
  expect(code).toBe(2);
});

test('a header value that HTTP can not carry is refused without repeating it', async () => {
  const { code, stderr } = await tallystick(
    ['test', 'flexprice', '--target', 'http://127.0.0.1:1/v1', '--header', 'env:BROKEN_HEADER'],
    { BROKEN_HEADER: 'x-api-key: pa55word-\u4e1c' },
  );
  expect(stderr).toContain('--header number 1: its value holds a sign that no header can');
  expect(stderr).not.toContain('pa55word');
  expect(code).toBe(2);
});
