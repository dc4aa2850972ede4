// Credentials are in no report, in whatever form a server sends them back.

import { expect, test } from 'vitest';
import type { Result } from '../../src/conformance/verdict.ts';
import { githubAnnotations, githubSummary } from '../../src/report/github.ts';
import { htmlReport } from '../../src/report/html.ts';
import { jsonReport } from '../../src/report/json.ts';
import { junitReport } from '../../src/report/junit.ts';
import { colorsFor, listSummary } from '../../src/report/list.ts';
import { hiddenReport, hiding } from '../../src/report/redact.ts';
import { sarifReport } from '../../src/report/sarif.ts';
import { report } from './hostile.ts';

const hide = hiding(
  { 'x-api-key': 'k3y/with"quotes&<signs>', 'content-type': 'application/json' },
  {
    authorization: 'Bearer t0ken-of-the-other',
    cookie: 'session=c00kie-value; theme=darkest-of-all',
  },
  {
    authorization: `Basic ${Buffer.from('alice:pa55word!').toString('base64')}`,
    'x-number': '31415926',
  },
  undefined,
);

test.each([
  ['itself', 'k3y/with"quotes&<signs>', '***'],
  ['in a text', 'unknown key k3y/with"quotes&<signs>.', 'unknown key ***.'],
  ['in other letters', 'BEARER T0KEN-OF-THE-OTHER', '***'],
  ['behind its scheme', 'token=t0ken-of-the-other', 'token=***'],
  ['in JSON', '{"k":"k3y/with\\"quotes&<signs>"}', '{"k":"***"}'],
  ['in JSON with escaped slashes', '"k3y\\/with\\"quotes&<signs>"', '"***"'],
  ['in a URL', '?k=k3y%2Fwith%22quotes%26%3Csigns%3E', '?k=***'],
  ['in HTML', '<p>k3y/with"quotes&amp;&lt;signs&gt;</p>', '<p>***</p>'],
  ['in base64', Buffer.from('k3y/with"quotes&<signs>').toString('base64'), '***'],
  ['of a cookie', 'your session is c00kie-value', 'your session is ***'],
  ['of Basic, decoded', 'alice:pa55word!', '***'],
  ['of Basic, the password alone', 'wrong password pa55word!', 'wrong password ***'],
  ['twice', 't0ken-of-the-other t0ken-of-the-other', '*** ***'],
])('a secret %s is hidden', (_, text, shown) => {
  expect(hide(text)).toBe(shown);
});

test('what is plain, or no secret, stays', () => {
  expect(hide('application/json')).toBe('application/json');
  expect(hiding(undefined)('anything')).toBe('anything');
  expect(hiding({ 'x-api-key': '' })('anything')).toBe('anything');
});

test('a short secret is hidden as a word, and one that is hardly any not at all', () => {
  const short = hiding({ 'x-api-key': 'test', 'x-other': 'me' });
  expect(short('test, latest, "test" and test-1: name of me')).toBe(
    '***, latest, "***" and ***-1: name of me',
  );
});

const SECRETS = [
  'k3y/with"quotes',
  'k3y\\/with',
  'k3y%2Fwith',
  't0ken-of-the-other',
  'c00kie-value',
  'pa55word',
  '31415926',
  'made-by-the-server',
];

const secret: Result = {
  ...(report.results[0] as Result),
  reason: 'expected "k3y/with"quotes&<signs>" of Bearer t0ken-of-the-other, got pa55word!',
  requests: [
    {
      operation: 'createGroup',
      request: {
        method: 'POST',
        path: '/groups/t0ken-of-the-other',
        query: new Map([['key', ['k3y/with"quotes&<signs>']]]),
        headers: { 'x-api-key': 'k3y/with"quotes&<signs>', cookie: 'session=c00kie-value' },
        body: {
          token: 't0ken-of-the-other',
          nested: [{ 'c00kie-value': 'k3y/with"quotes&<signs>' }],
        },
      },
      received: {
        status: 500,
        headers: { 'x-echo': 't0ken-of-the-other', 'set-cookie': 'sid=made-by-the-server' },
        body: { echo: ['k3y/with"quotes&<signs>', { 't0ken-of-the-other': 31415926 }], n: 3 },
      },
    },
    {
      request: { method: 'GET', path: '/groups', query: new Map(), headers: {} },
      received: { failure: 'Headers.append: "t0ken-of-the-other" is an invalid header value' },
    },
  ],
};

test('no report holds one', () => {
  const plain = hiddenReport(
    {
      ...report,
      results: [secret, { ...secret, setup: secret.requests ?? [] }],
      cleanup: {
        requests: 1,
        answers: 1,
        removed: 0,
        gone: 0,
        noDelete: {},
        refused: [{ resource: 'group', id: 'group_1', reason: 'no: t0ken-of-the-other' }],
        unknown: 0,
        prefix: 'ts-7',
      },
    },
    hide,
  );
  const texts = {
    json: jsonReport(plain),
    junit: junitReport(plain),
    sarif: sarifReport(plain),
    html: htmlReport(plain),
    annotations: githubAnnotations(plain),
    summary: githubSummary(plain),
    list: listSummary(plain, colorsFor({})),
  };
  for (const [name, text] of Object.entries(texts)) {
    expect(text, name).toContain('***');
    for (const word of SECRETS) expect(text, name).not.toContain(word);
  }
});

test('an answer that is absurdly deep is cut, so that a report can be written', () => {
  let body: unknown = 'deepest';
  for (let depth = 0; depth < 50_000; depth++) body = [body];
  const [first] = secret.requests ?? [];
  if (first === undefined) throw new Error('no request');
  const deep = { ...first, received: { status: 200, headers: {}, body: body as string } };
  const plain = hiddenReport({ ...report, results: [{ ...secret, requests: [deep] }] }, hide);
  expect(jsonReport(plain)).toContain('(deeper)');
});
