// The action that tests a server from GitHub: it is well made, and its scripts do what they say.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startReference } from '../reference/flexprice.ts';
import { type Mock, runMock, tallystick } from '../support/cli.ts';
import { ACTION, readmeWorkflow, runStep, type Step, workspace } from './action.ts';

const { inputs, outputs, runs } = ACTION;
const scripts = runs.steps.filter(({ run }) => run !== undefined);
const [lint, tests] = scripts as [Step, Step];
const HEADERS = { header: 'x-api-key: one-that-nobody-may-see', 'other-header': 'x-api-key: two' };

let mock: Mock;
let folder: string;
beforeAll(async () => {
  mock = await runMock(['flexprice', '--ephemeral']);
  folder = workspace();
});
afterAll(() => mock.stop());

test('the action is composite, and each of its scripts says its shell', () => {
  expect(runs.using).toBe('composite');
  expect(scripts.length).toBe(2);
  for (const { shell } of scripts) expect(shell).toBe('bash');
  for (const { description } of Object.values(inputs)) expect(description).toMatch(/\.$/);
});

test('no expression stands in a script: inputs are variables', () => {
  for (const { run } of scripts) expect(run).not.toContain('${{');
});

test('every input is used, and every input and step that is named exists', () => {
  const text = JSON.stringify([runs, outputs]);
  const used = [...text.matchAll(/inputs\.([\w-]+)/g)].map(([, name]) => name);
  expect([...new Set(used)].sort()).toEqual(Object.keys(inputs).sort());
  const ids = runs.steps.map(({ id }) => id);
  for (const [, id] of text.matchAll(/steps\.([\w-]+)\./g)) expect(ids).toContain(id);
});

test('every other action that is used has a version', () => {
  const all = [
    ...runs.steps,
    ...Object.values(readmeWorkflow().jobs).flatMap(({ steps }) => steps),
  ];
  const used = all.flatMap(({ uses }) => uses ?? []);
  expect(used.length).toBe(4);
  for (const name of used) expect(name).toMatch(/@v\d+$/);
});

test.each([
  ['lint', () => lint],
  ['test', () => tests],
])('every flag of %s is one that the program has', async (command, step) => {
  const { stdout } = await tallystick([command, '--help']);
  const text = step().run ?? '';
  expect(text).toMatch(new RegExp(`^.*npx .* ${command} "\\$CONTRACT"`, 'm'));
  const flags = [...text.replaceAll('npx --yes', '').matchAll(/--[a-z-]+/g)].map(([flag]) => flag);
  expect(flags.length).toBeGreaterThan(0);
  for (const flag of flags) expect(stdout).toContain(`  ${flag} `);
});

test('lint says what it finds, and ends with its exit code', async () => {
  const well = await runStep(folder, lint, { contract: 'flexprice', version: '1.2.3' });
  expect(well).toMatchObject({ code: 0, packages: ['tallystick@1.2.3'] });
  writeFileSync(join(folder, 'broken.yaml'), 'contract: 1\n');
  const broken = await runStep(folder, lint, { contract: 'broken.yaml' });
  expect(broken.code).toBe(1);
  expect(broken.output).toMatch(/^::error file=broken\.yaml/m);
  expect(broken.packages).toEqual(['tallystick']);
});

test('a server that keeps the rules ends with 0, a summary and all reports', async () => {
  const ran = await runStep(folder, tests, {
    ...HEADERS,
    contract: 'flexprice',
    target: mock.api,
    args: '--only\ngroup.lookup-key-unique/*\n\n--settle\n100',
    seed: '7',
    reports: 'kept reports',
  });
  expect(ran.output).toContain('group.lookup-key-unique/race');
  expect(ran.output).not.toContain('::error');
  expect(ran.output).toContain('seed 7');
  expect(ran.summary).toMatch(/^## flexprice at /);
  expect(ran.outputs).toEqual({ artifact: 'tallystick-report', 'exit-code': '0' });
  expect(ran.code).toBe(0);
  for (const name of ['report.html', 'report.json', 'junit.xml']) {
    const text = readFileSync(join(folder, 'kept reports', name), 'utf8');
    expect(text).toContain('group.lookup-key-unique');
    expect(text).not.toContain('nobody-may-see');
  }
});

test('a violation ends with 1 and an annotation; one that the baseline knows does not', async () => {
  const server = await startReference({ fault: 'group-duplicate-accepted' });
  const asked = {
    ...HEADERS,
    contract: 'flexprice',
    target: server.url,
    args: '--only\ngroup.lookup-key-unique/*',
  };
  const ran = await runStep(folder, tests, asked);
  expect(ran.output).toMatch(
    /^::error file=\S+flexprice\.yaml,line=\d+,col=\d+,title=group\.lookup-key-unique\/duplicate-create::/m,
  );
  expect(ran.summary).toContain('duplicate');
  expect(ran).toMatchObject({ code: 1, outputs: { 'exit-code': '1' } });
  writeFileSync(
    join(folder, 'known baseline.yaml'),
    '- { check: group.lookup-key-unique/*, reason: ticket 7, until: 2999-12-31 }\n',
  );
  const known = await runStep(folder, tests, { ...asked, baseline: 'known baseline.yaml' });
  await server.close();
  expect(known.output).not.toContain('::error');
  expect(known.output).toMatch(/^::notice .*ticket 7/m);
  expect(known).toMatchObject({ code: 0, outputs: { 'exit-code': '0' } });
});

test('a shard has an artifact of its own, and what no name can hold is taken out', async () => {
  const ran = await runStep(folder, tests, {
    ...HEADERS,
    contract: 'flexprice',
    target: mock.api,
    shard: '2/9',
    seed: '7',
    artifact: 'a\nexit-code=0/b',
  });
  expect(ran.outputs).toEqual({ artifact: 'a-exit-code-0-b-2-9', 'exit-code': '0' });
  expect(ran.output).toContain('shard 2 of 9');
});

test('inputs are never read as shell', async () => {
  const evil = '$(touch evil)`touch evil`"; touch evil; "';
  const ran = await runStep(folder, tests, {
    ...Object.fromEntries(Object.keys(inputs).map((name) => [name, evil])),
    contract: 'flexprice',
  });
  expect(ran).toMatchObject({ code: 2, outputs: { 'exit-code': '2' } });
  expect((await runStep(folder, lint, { contract: evil, version: evil })).code).toBe(2);
  expect(existsSync(join(folder, 'evil'))).toBe(false);
});

test('a server that does not answer ends with 3', async () => {
  const asked = { ...HEADERS, contract: 'flexprice', target: 'http://127.0.0.1:9/v1' };
  const ran = await runStep(folder, tests, asked);
  expect(ran).toMatchObject({ code: 3, outputs: { 'exit-code': '3' } });
});

test("the README's workflow gives the action what it has inputs for, and secrets to nothing else", () => {
  const { on, permissions, jobs } = readmeWorkflow();
  expect(Object.keys(on)).toEqual(['pull_request', 'schedule', 'workflow_dispatch']);
  expect(permissions).toEqual({ contents: 'read' });
  const [job, ...others] = Object.values(jobs);
  expect(others).toEqual([]);
  expect(job?.['timeout-minutes']).toBeGreaterThan(0);
  expect(job?.if).toContain('head.repo.full_name == github.repository');
  const [checkout, step] = job?.steps ?? [];
  expect(checkout?.uses).toMatch(/^actions\/checkout@/);
  expect(step?.uses).toMatch(/^OWNER\/REPO\/\.github\/actions\/tallystick@v\d+$/);
  const given = step?.with ?? {};
  for (const name of Object.keys(given)) expect(Object.keys(inputs)).toContain(name);
  for (const [name, { required }] of Object.entries(inputs)) {
    if (required === true) expect(Object.keys(given)).toContain(name);
  }
  expect(given['header']).toMatch(/^\$\{\{ secrets\.\w+ \}\}$/);
  expect(given['other-header']).toMatch(/^\$\{\{ secrets\.\w+ \}\}$/);
  expect(JSON.stringify({ ...job, steps: [checkout] })).not.toContain('secrets.');
});
