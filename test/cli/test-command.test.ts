// `tallystick test` against our own mock over a real port, with two keys: everything conforms.

import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { equivalents } from '../../src/conformance/equivalents.ts';
import { CREDENTIALS, type Mock, OBSERVED, runMock, TENANTS, tallystick } from '../support/cli.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await runMock(['flexprice', '--ephemeral', '--quiet', ...TENANTS]);
});
afterAll(() => mock.stop());

interface Json {
  version: number;
  api: string;
  target: string;
  seed: number;
  requests: number;
  summary: Record<string, number>;
  checks: { id: string; rule: string; basis: string; operation: string; verdict: string }[];
}

test('our mock conforms, in at most 600 requests', async () => {
  const { code, stdout, stderr } = await tallystick([
    'test',
    'flexprice',
    '--target',
    mock.api,
    ...CREDENTIALS,
    '--reporter',
    'json',
    '--seed',
    '5',
  ]);
  const report = JSON.parse(stdout) as Json;
  expect(report.checks.filter(({ verdict }) => verdict !== 'conforms')).toEqual([]);
  expect(report).toMatchObject({ version: 1, api: 'flexprice', target: mock.api, seed: 5 });
  expect(report.summary).toEqual({
    conforms: report.checks.length,
    violated: 0,
    notExercised: 0,
    flaky: 0,
  });
  expect(report.requests).toBeLessThanOrEqual(600);
  expect(new Set(report.checks.map(({ id }) => id)).size).toBe(report.checks.length);
  expect([code, stderr]).toEqual([0, '']);
});

test('the observed rules conform too', async () => {
  const { code } = await tallystick([
    'test',
    'flexprice',
    '--target',
    mock.api,
    ...CREDENTIALS,
    '--basis',
    'documented,protocol,observed',
    '--reporter',
    'json',
  ]);
  expect(code).toBe(0);
});

test('the base path may be left out of the target', async () => {
  const { code, stdout } = await tallystick([
    'test',
    'flexprice',
    '--target',
    mock.api.replace(/\/v1$/, ''),
    ...CREDENTIALS,
    '--only',
    'group.fields-required/*',
    '--reporter',
    'json',
  ]);
  expect((JSON.parse(stdout) as Json).target).toBe(mock.api);
  expect(code).toBe(0);
});

test('without a second tenant what needs one is not exercised, and says why', async () => {
  const { stdout } = await tallystick([
    'test',
    'flexprice',
    '--target',
    mock.api,
    ...CREDENTIALS.slice(0, 2),
    '--only',
    'scope.isolated/group-read',
    '--reporter',
    'json',
  ]);
  const { checks } = JSON.parse(stdout) as { checks: { verdict: string; reason: string }[] };
  expect(checks[0]).toMatchObject({
    verdict: 'notExercised',
    reason: expect.stringContaining('--other-header'),
  });
});

test('the list goes to stdout, plain when it is no terminal, and the JSON to its file, without credentials', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'tallystick-')), 'report.json');
  const { stdout, code } = await tallystick([
    'test',
    'flexprice',
    '--target',
    mock.api,
    ...CREDENTIALS,
    '--only',
    'plan.*',
    '--reporter',
    'list',
    '--reporter',
    `json=${file}`,
  ]);
  expect(stdout).toMatch(/^ {2}✓ plan\.name-required\/name-required-broken/m);
  expect(stdout).not.toContain('\x1b');
  expect(readFileSync(file, 'utf8') + stdout).not.toContain('s3cret');
  expect(code).toBe(0);
});

test('a violation is told with rule, source, line, requests and exit code 1', async () => {
  const other = await runMock(OBSERVED);
  const { stdout, code } = await tallystick([
    'test',
    'flexprice',
    '--target',
    other.api,
    ...CREDENTIALS,
    '--only',
    'group.lookup-key-unique/duplicate-create',
  ]);
  await other.stop();
  expect(stdout).toContain(
    "rule  A published group's lookup key is unique in its tenant and environment.",
  );
  expect(stdout).toMatch(
    /documented {2}Groups guide, Validation\n +at {2}contracts\/flexprice\.yaml:\d+:\d+/,
  );
  expect(stdout).toContain('expected a refusal (any 4xx), got 500');
  expect(stdout).toContain('ask -X POST "$BASE/groups"');
  expect(stdout).not.toContain('s3cret');
  expect(code).toBe(1);
});

test('--list prints the checks and sends nothing', async () => {
  const { stdout, code } = await tallystick(['test', 'flexprice', '--list']);
  expect(stdout).toMatch(/^group\.lookup-key-unique\/race {2}A published group's/m);
  expect(code).toBe(0);
});

/** What a whole run may send; Dodo Payments has 28 operations, and parts inside parts. */
const REQUESTS = [
  ['fynn', 600],
  ['dodopayments', 1000],
] as const;

test.each(REQUESTS)('our mock of %s conforms too, in at most %i requests', async (api, most) => {
  const mock = await runMock([api, '--ephemeral', '--quiet', ...TENANTS]);
  const headers = ['--header', 'authorization: Bearer first-s3cret'];
  headers.push('--other-header', 'authorization: Bearer second-s3cret');
  const { code, stdout } = await tallystick([
    'test',
    api,
    '--target',
    mock.api,
    ...headers,
    '--reporter',
    'json',
  ]);
  await mock.stop();
  const report = JSON.parse(stdout) as Json;
  expect(report.checks.filter(({ verdict }) => verdict !== 'conforms')).toEqual([]);
  expect(report.requests).toBeLessThanOrEqual(most);
  expect(code).toBe(0);
});

test('mutate kills every mutant of every API, and excuses only what is on the list', async () => {
  const excused: string[] = [];
  for (const [api, least] of [
    ['flexprice', 80],
    ['dodopayments', 200],
    ['fynn', 60],
  ] as const) {
    const { stdout, code } = await tallystick(['mutate', api, '--json']);
    const { mutants } = JSON.parse(stdout) as { mutants: { id: string; verdict: string }[] };
    expect(mutants.filter(({ verdict }) => verdict === 'survived')).toEqual([]);
    expect(mutants.length).toBeGreaterThan(least);
    expect(code).toBe(0);
    excused.push(...mutants.filter(({ verdict }) => verdict === 'equivalent').map(({ id }) => id));
  }
  expect(excused.sort()).toEqual(Object.keys(equivalents).sort());
});
