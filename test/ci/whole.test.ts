// The action from its first step to its last, as a runner goes through it, against servers that keep the rules, that
// break one, and that do not answer.

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startReference } from '../reference/flexprice.ts';
import { type Mock, runMock } from '../support/cli.ts';
import { ACTION, readmeWorkflow, workspace } from './action.ts';
import { type Contexts, evaluated, isRun, substituted } from './expression.ts';
import { runAction } from './whole.ts';

const HEADERS = { header: 'x-api-key: one-that-nobody-may-see', 'other-header': 'x-api-key: two' };
const ONE_RULE = '--only\ngroup.lookup-key-unique/*';
const ALL = ['Set up Node', 'Lint the contract', 'Test the server', 'Keep the reports'];

/** The inputs of the actions of others that are used here, by their major version. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  'actions/setup-node@v6': ['node-version'],
  'actions/upload-artifact@v6': ['name', 'path', 'if-no-files-found', 'retention-days'],
  'actions/checkout@v6': ['ref', 'fetch-depth', 'persist-credentials'],
};

let mock: Mock;
beforeAll(async () => {
  mock = await runMock(['flexprice', '--ephemeral', '--quiet']);
});
afterAll(() => mock.stop());

test('a server that keeps the rules: all steps, no annotation, the reports as an artifact', async () => {
  const folder = workspace();
  const asked = { ...HEADERS, contract: 'flexprice', target: mock.api, args: ONE_RULE };
  const ran = await runAction(folder, asked);
  expect(ran).toMatchObject({
    conclusion: 'success',
    steps: ALL,
    used: [
      { uses: 'actions/setup-node@v6', with: { 'node-version': '24' } },
      {
        uses: 'actions/upload-artifact@v6',
        with: {
          name: 'tallystick-report',
          path: 'tallystick-report',
          'if-no-files-found': 'ignore',
        },
      },
    ],
    outputs: { 'exit-code': '0', reports: 'tallystick-report' },
  });
  expect(ran.output).not.toContain('::error');
  expect(ran.summary).toMatch(/^## flexprice at /m);
  const reports = readdirSync(join(folder, 'tallystick-report')).sort();
  expect(reports).toEqual(['junit.xml', 'report.html', 'report.json']);
});

test('a server that breaks a rule: it fails, says where, and keeps the reports all the same', async () => {
  const folder = workspace();
  const server = await startReference({ fault: 'group-duplicate-accepted' });
  const about = { ...HEADERS, contract: 'flexprice', target: server.url };
  const ran = await runAction(folder, { ...about, args: ONE_RULE, reports: 'out/of the run' });
  await server.close();
  expect([ran.conclusion, ran.steps]).toEqual(['failure', ALL]);
  expect(ran.outputs).toEqual({ 'exit-code': '1', reports: 'out/of the run' });
  const found = /^::error file=(\S+),line=(\d+),col=\d+,title=group\.lookup-key-unique\//m.exec(
    ran.output,
  );
  const line = readFileSync(found?.[1] ?? '', 'utf8').split('\n')[Number(found?.[2]) - 1];
  expect(line).toContain('group.lookup-key-unique');
  expect(ran.summary).toContain('group.lookup-key-unique');
  expect(ran.used.at(-1)?.with).toMatchObject({ path: 'out/of the run' });
  const page = readFileSync(join(folder, 'out/of the run/report.html'), 'utf8');
  expect(page).toContain('group.lookup-key-unique/duplicate-create');
  expect(page + ran.output + ran.summary).not.toContain('nobody-may-see');
});

test('a contract of the workflow: what lint finds stands on its line, and the tests are run all the same', async () => {
  const folder = workspace();
  const file = 'contracts/own.yaml';
  mkdirSync(dirname(join(folder, file)));
  writeFileSync(join(folder, file), 'contract: 1\napi: own\n');
  const ran = await runAction(folder, { ...HEADERS, contract: file, target: mock.api });
  expect([ran.conclusion, ran.steps]).toEqual(['failure', ALL]);
  expect(ran.output).toMatch(/^::error file=contracts\/own\.yaml/m);
  // There was nothing to test with.
  expect(ran.outputs['exit-code']).toBe('2');
});

test('without lint the other steps are run', async () => {
  const asked = { ...HEADERS, contract: 'flexprice', target: mock.api, args: ONE_RULE };
  const ran = await runAction(workspace(), { ...asked, lint: 'false' });
  expect([ran.conclusion, ran.steps]).toEqual([
    'success',
    ALL.filter((name) => !/^Lint/.test(name)),
  ]);
});

test('a server that does not answer: it fails with 3, and says what to look at', async () => {
  const asked = { ...HEADERS, contract: 'flexprice', target: 'http://127.0.0.1:9/v1' };
  const ran = await runAction(workspace(), asked);
  expect([ran.conclusion, ran.outputs['exit-code']]).toEqual(['failure', '3']);
  expect(ran.output).toContain('does not answer');
});

test('two shards have artifacts of their own, which merge-reports puts together', async () => {
  const folder = workspace();
  const names: string[] = [];
  for (const shard of ['1/2', '2/2']) {
    const reports = `report-${shard[0]}`;
    const asked = {
      ...HEADERS,
      contract: 'flexprice',
      target: mock.api,
      seed: '5',
      shard,
      reports,
    };
    const ran = await runAction(folder, { ...asked, args: '--only\ngroup.*' });
    expect(ran.conclusion).toBe('success');
    names.push(ran.used.at(-1)?.with['name'] ?? '');
    expect(existsSync(join(folder, reports, 'report.json'))).toBe(true);
  }
  expect(names).toEqual(['tallystick-report-1-2', 'tallystick-report-2-2']);
});

test('actions of others are given what they have inputs for', () => {
  const steps = [
    ...ACTION.runs.steps,
    ...Object.values(readmeWorkflow().jobs).flatMap((job) => job.steps),
  ].filter(({ uses = '' }) => uses.startsWith('actions/'));
  expect(steps).toHaveLength(3);
  for (const { uses = '', with: given = {} } of steps) {
    expect(Object.keys(KNOWN)).toContain(uses);
    for (const name of Object.keys(given)) expect(KNOWN[uses]).toContain(name);
  }
});

const contexts: Contexts = {
  isFailed: true,
  value: (path) => ({ 'inputs.a': 'Yes', 'steps.x.outputs.y': null })[path] ?? null,
};

test.each([
  ["inputs.a == 'yes'", true],
  ["steps.x.outputs.y != ''", false],
  ["!cancelled() && inputs.a != 'no'", true],
  ["success() || (failure() && 'it''s')", "it's"],
])('the expression %s is %j', (text, value) => {
  expect(evaluated(text, contexts)).toBe(value);
});

test('expressions that a runner would refuse, or that are not known here, are refused', () => {
  for (const text of ["inputs.a = 'x'", 'inputs.a ==', 'hashFiles()', "('x'", "'x' 'y'"]) {
    expect(() => evaluated(text, { ...contexts, value: (path) => missing(path) })).toThrow();
  }
  const text = `<${expression('inputs.a')}${expression('steps.x.outputs.y')}>`;
  expect(substituted(text, contexts)).toBe('<Yes>');
  expect(isRun(expression("inputs.a == 'yes'"), contexts)).toBe(false);
  expect(isRun('always()', contexts)).toBe(true);
});

function expression(text: string): string {
  return `$\{{ ${text} }}`;
}

function missing(path: string): never {
  throw new Error(`no ${path} here`);
}
