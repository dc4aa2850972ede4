// What reports tell to look at first: one cause behind all that was wrong, and nothing where there are several.

import { expect, test } from 'vitest';
import type { Exchange, Report, Result } from '../../src/conformance/verdict.ts';
import { adviceOn } from '../../src/report/advice.ts';
import { githubSummary } from '../../src/report/github.ts';
import { htmlReport } from '../../src/report/html.ts';
import { colorsFor, listSummary } from '../../src/report/list.ts';

type Answer = readonly [status: number, headers?: Readonly<Record<string, string>>];

function exchange([status, headers = {}]: Answer): Exchange {
  const request = { method: 'POST', path: '/groups', query: new Map(), headers: {} };
  return { request, received: { status, headers } };
}

function violated(id: string, requests: readonly Exchange[]): Result {
  const about = { rule: 'spec.accepts', says: 'It is.', basis: 'documented', source: 'x' } as const;
  return { ...about, id, operation: 'createGroup', verdict: 'violated', reason: 'no', requests };
}

/** A report in which each of the lists is the answers of one violation. */
function reportOf(...violations: readonly (readonly Answer[])[]): Report {
  const results = violations.map((answers, i) => violated(`a/${i}`, answers.map(exchange)));
  const summary = { conforms: 0, violated: results.length, notExercised: 0, flaky: 0 };
  const target = 'http://127.0.0.1:8080';
  return { api: 'flexprice', target, seed: 1, requests: 9, summary, results };
}

const HTML = { 'content-type': 'text/html; charset=utf-8' };

test.each<[string, Answer, RegExp]>([
  ['a wrong credential', [401], /401: is the credential in --header right/],
  ['a credential that may not', [403], /403: is the credential in --header right/],
  [
    'a wrong path',
    [404],
    /404: does --target end where .* POST http:\/\/127\.0\.0\.1:8080\/groups was/,
  ],
  ['a web page', [200, HTML], /a web page \(200, text\/html\) and none of an API/],
  ['a page that says so', [404, HTML], /a web page \(404, text\/html\)/],
  [
    'a log-in',
    [302, { location: 'https://sso.test/' }],
    /a redirect \(302 to https:\/\/sso\.test\/\)/,
  ],
  ['a redirect to nowhere', [301], /a redirect \(301\), and redirects are not followed/],
  ['a broken server', [503], /503: is the server well/],
])('%s behind everything is told, in every report for people', (_, answer, words) => {
  const report = reportOf([answer], [answer, answer]);
  const advice = adviceOn(report) ?? '';
  expect(advice).toMatch(words);
  expect(listSummary(report, colorsFor({}))).toContain(`look first: ${advice}`);
  expect(githubSummary(report)).toContain('Look first: every wrong answer is');
  expect(htmlReport(report)).toContain('<b>Look first:</b> every wrong answer is');
});

test.each<[string, Report]>([
  ['no violation', reportOf()],
  ['one answer', reportOf([[401]])],
  ['some that were well', reportOf([[201], [401]], [[401]])],
  ['two causes', reportOf([[401]], [[404]])],
  ['wrong values alone', reportOf([[200]], [[200]])],
  ['violations without requests', reportOf([], [])],
])('%s: there is no one cause', (_, report) => {
  expect(adviceOn(report)).toBeUndefined();
  expect(listSummary(report, colorsFor({}))).not.toContain('look first');
  expect(githubSummary(report)).not.toContain('Look first');
  expect(htmlReport(report)).not.toContain('Look first');
});

test('requests without an answer, and those of others, are no evidence', () => {
  const gone: Exchange = { ...exchange([401]), received: { failure: 'no answer within 10 ms' } };
  const other: Exchange = { ...exchange([401]), by: 'nobody' };
  const report = (requests: readonly Exchange[]): Report => ({
    ...reportOf(),
    results: [violated('a/1', requests)],
  });
  expect(adviceOn(report([exchange([401]), gone, exchange([401])]))).toBeUndefined();
  expect(adviceOn(report([other, other, exchange([401])]))).toBeUndefined();
});

test('a violation that a baseline knows is no evidence', () => {
  const report = reportOf([[401]], [[401]]);
  const known = { reason: 'ticket 7', until: '2999-12-31' };
  const results = report.results.map((result) => ({ ...result, known }));
  expect(adviceOn({ ...report, results })).toBeUndefined();
});
