// A report whose every text tries to break out of the form that it is put into.

import type { Exchange, Report, Result } from '../../src/conformance/verdict.ts';

/** Markup, ends of CDATA, comments and scripts, a command of a CI's log, control characters, a lone surrogate. */
export const HOSTILE = [
  '</pre></details></script><script>alert(1)</script>',
  '<img src=x onerror=alert(1)> " onmouseover="alert(1)" \' autofocus',
  ']]> --> &lt; &#0; &bogus; %0A::error::',
  '\n::set-output name=a::b\n| a | b | `code` [x](http://evil.test) ![i](http://evil.test/i.png) @everyone',
  '\u0000\u0001\u0008\u000b\u001b[2J\u007f\u0085\u2028\u202e\ufffe\uffff\ud800 \udc00 \ud83d\ude00',
].join('');

export const exchange: Exchange = {
  operation: 'createGroup',
  request: {
    method: 'POST',
    path: '/groups',
    query: new Map([['q', [HOSTILE]]]),
    headers: { 'content-type': 'application/json', 'x-api-key': '***' },
    body: { name: HOSTILE },
  },
  received: {
    status: 500,
    headers: { 'x-note': HOSTILE },
    body: { [HOSTILE]: HOSTILE },
  },
};

const check = {
  rule: 'group.key-unique',
  says: `A key is unique. ${HOSTILE}`,
  basis: 'documented',
  source: `Guide, ${HOSTILE}`,
  operation: 'createGroup',
  place: { file: 'contracts/a,b:c%.yaml', line: 12, column: 3 },
} as const;

export const results: readonly Result[] = [
  {
    ...check,
    id: 'group.key-unique/duplicate',
    verdict: 'violated',
    reason: `a second one: expected 400, got 500 ${HOSTILE}`,
    requests: [exchange],
  },
  {
    ...check,
    id: 'group.key-unique/race',
    verdict: 'violated',
    reason: 'two won',
    requests: [{ request: exchange.request, received: { failure: HOSTILE } }],
    known: { reason: `mended in May ${HOSTILE}`, until: '2026-12-31' },
  },
  { ...check, id: 'group.key-unique/freed', verdict: 'flaky', reason: `once ${HOSTILE}` },
  { ...check, id: 'group.key-unique/other', verdict: 'notExercised', reason: HOSTILE },
  {
    id: 'createGroup/server-error',
    rule: 'spec.server-error',
    says: 'No request is answered with a server error.',
    basis: 'protocol',
    source: 'specs/my spec.yaml',
    operation: 'createGroup',
    verdict: 'violated',
    reason: 'answered 500',
    requests: [exchange],
  },
  {
    id: 'createGroup/status',
    rule: 'spec.status',
    says: 'A success has the status that the operation documents.',
    basis: 'documented',
    source: 'some document',
    operation: 'createGroup',
    verdict: 'violated',
    reason: 'answered 202, documented is 201',
  },
  {
    id: 'list.pages/whole',
    rule: 'list.pages',
    says: 'Pages are the whole list.',
    basis: 'protocol',
    source: 'Guide',
    operation: 'queryGroup',
    verdict: 'conforms',
  },
];

export const report: Report = {
  api: 'flexprice',
  target: 'http://127.0.0.1:1/v1',
  seed: 7,
  requests: 99,
  summary: { conforms: 1, violated: 4, notExercised: 1, flaky: 1 },
  results,
  baseline: {
    expired: [`x/*: was accepted until 2026-01-01 ${HOSTILE}`],
    stale: ['y/z: conforms now'],
  },
};
