// The reports of `tallystick test`: several at once, files and standard streams, baselines, shards.

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CREDENTIALS, type Mock, OBSERVED, runMock, tallystick } from '../support/cli.ts';

const RULE = 'group.lookup-key-unique';

/** Plays what the service does where it differs from its documents, so that some checks are violated. */
let mock: Mock;
beforeAll(async () => {
  mock = await runMock(OBSERVED);
});
afterAll(() => mock.stop());

const folder = () => mkdtempSync(join(tmpdir(), 'tallystick-'));
const testing = (cwd: string, ...more: string[]) =>
  tallystick(['test', 'flexprice', '--target', mock.api, ...CREDENTIALS, ...more], {}, cwd);
const onlyRule = ['--only', `${RULE}/*`];

test('all reporters at once write their files, in folders that are made', async () => {
  const cwd = folder();
  const files = ['json', 'junit', 'sarif', 'html', 'github'].map((name) => `out/deep/${name}.txt`);
  const reporters = files.flatMap((file) => [
    '--reporter',
    `${/(\w+)\.txt/.exec(file)?.[1]}=${file}`,
  ]);
  const { code, stdout, stderr } = await testing(
    cwd,
    ...onlyRule,
    '--reporter',
    'list',
    ...reporters,
  );
  expect([code, stderr]).toEqual([1, '']);
  expect(stdout).toContain(`✗ ${RULE}/duplicate-create`);
  const begins = [
    '{\n  "version": 1,',
    '<?xml version="1.0"',
    '{\n  "$schema"',
    '<!doctype html>',
    '::error ',
  ];
  for (const [i, file] of files.entries()) {
    const text = readFileSync(join(cwd, file), 'utf8');
    expect(text.startsWith(begins[i] as string), file).toBe(true);
    expect(text, file).toContain(`${RULE}/duplicate-create`);
  }
});

test('beside a document on stdout the list goes to stderr', async () => {
  const { stdout, stderr } = await testing(
    folder(),
    ...onlyRule,
    '--reporter',
    'list',
    '--reporter',
    'sarif',
  );
  expect(JSON.parse(stdout)).toMatchObject({ version: '2.1.0' });
  expect(stderr).toContain(`✗ ${RULE}/duplicate-create`);
});

test('annotations go to stdout, and the summary to the file that GitHub names', async () => {
  const summary = join(folder(), 'summary.md');
  writeFileSync(summary, 'before\n');
  const { stdout } = await tallystick(
    [
      'test',
      'flexprice',
      '--target',
      mock.api,
      ...CREDENTIALS,
      ...onlyRule,
      '--reporter',
      'github',
    ],
    { GITHUB_STEP_SUMMARY: summary },
  );
  expect(stdout).toMatch(
    /^::error file=contracts\/flexprice\.yaml,line=\d+,col=\d+,title=group\.lookup-key-unique\/duplicate-create::/m,
  );
  expect(readFileSync(summary, 'utf8')).toMatch(/^before\n## flexprice at [\s\S]*\| \d+ \| [1-9]/);
});

test('mistakes about reporters are told before anything is sent', async () => {
  const cwd = folder();
  mkdirSync(join(cwd, 'taken'));
  writeFileSync(join(cwd, 'file'), '');
  let asked = 0;
  const server = createServer((_, response) => {
    asked += 1;
    response.end();
  }).listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const target = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  const refused = async (...reporters: string[]) => {
    const flags = reporters.flatMap((reporter) => ['--reporter', reporter]);
    const { code, stderr } = await tallystick(
      ['test', 'flexprice', '--target', target, ...flags],
      {},
      cwd,
    );
    expect(code).toBe(2);
    return stderr;
  };
  expect(await refused('html=taken')).toMatch(/^error: can't write taken: EISDIR/);
  expect(await refused('html=file/report.html')).toMatch(
    /^error: can't write file\/report\.html: /,
  );
  expect(await refused('html=a.html', 'json=./a.html')).toContain('two reports');
  expect(await refused('html', 'junit')).toContain("html and junit can't both go to stdout");
  expect(await refused('junti=a.xml')).toContain('did you mean junit');
  expect(await refused('html=')).toContain('names no file');
  server.close();
  expect(asked).toBe(0);
  expect(readdirSync(cwd).sort()).toEqual(['file', 'taken']);
});

test('a baseline is written, needs reasons, and then what it names fails no run', async () => {
  const cwd = folder();
  const known = join(cwd, 'known.yaml');
  const all = ['--only', 'group.*'];
  const first = await testing(cwd, ...all, '--write-baseline', 'known.yaml', '--reporter', 'json');
  const found = Number(/"violated": (\d+)/.exec(first.stdout)?.[1]);
  expect([first.code, found > 1]).toEqual([1, true]);
  const unsaid = await testing(cwd, ...all, '--baseline', 'known.yaml');
  expect(unsaid.stderr).toMatch(/^error: known\.yaml:\d+:\d+ \S+\/\S+ has no reason yet$/m);
  expect(unsaid.code).toBe(2);

  const written = readFileSync(known, 'utf8');
  writeFileSync(known, written.replaceAll('say why this is accepted', 'ticket 7'));
  const clean = await testing(cwd, ...all, '--baseline', 'known.yaml');
  expect(clean.stdout).toContain(`! ${RULE}/duplicate-create (known until `);
  expect(clean.stdout).toContain(`0 violated, ${found} known`);
  expect(clean.code).toBe(0);

  const text = readFileSync(known, 'utf8').replace(/until: \S+/g, 'until: 2026-01-01');
  writeFileSync(
    known,
    `${text}- { check: group.delete-hides/*, reason: it was, until: 2099-01-01 }\n`,
  );
  const late = await testing(cwd, ...all, '--baseline', 'known.yaml');
  expect(late.stdout).toContain(
    `baseline, expired: ${RULE}/duplicate-create: was accepted until 2026-01-01`,
  );
  expect(late.stdout).toContain('baseline, stale: group.delete-hides/*: conforms now');
  expect(late.code).toBe(1);
});

test('shards are run apart and merged into one report', async () => {
  const cwd = folder();
  const of = 3;
  const shards = await Promise.all(
    [1, 2, 3].map((index) =>
      testing(
        cwd,
        '--only',
        'group.*',
        '--seed',
        '7',
        '--shard',
        `${index}/${of}`,
        '--reporter',
        `json=${index}.json`,
      ),
    ),
  );
  expect(shards.map(({ stderr }) => stderr)).toEqual(['', '', '']);
  const merge = (...args: string[]) => tallystick(['merge-reports', ...args], {}, cwd);
  const merged = await merge(
    '1.json',
    '2.json',
    '3.json',
    '--reporter',
    'json',
    '--reporter',
    'html=all.html',
  );
  const read = (text: string) =>
    JSON.parse(text) as { shard?: object; checks: { id: string; verdict: string }[] };
  const whole = await testing(cwd, '--only', 'group.*', '--seed', '8', '--reporter', 'json');
  const judged = (text: string) =>
    read(text)
      .checks.map(({ id, verdict }) => `${id} ${verdict}`)
      .sort();
  expect(judged(merged.stdout).filter((line) => !line.includes('notExercised'))).toEqual(
    judged(whole.stdout).filter((line) => !line.includes('notExercised')),
  );
  expect([merged.code, whole.code]).toEqual([1, 1]);
  expect(read(readFileSync(join(cwd, '1.json'), 'utf8')).shard).toMatchObject({ index: 1, of });
  expect(read(merged.stdout)).not.toHaveProperty('shard');
  expect(existsSync(join(cwd, 'all.html'))).toBe(true);

  const short = await merge('1.json', '3.json', 'nothing.json');
  expect(short.stderr).toMatch(/^error: can't read nothing\.json: /);
  expect((await merge('1.json', '3.json')).stderr).toBe('error: shard 2/3 is missing\n');
  expect((await merge('1.json', '1.json')).code).toBe(2);
});

test.each([
  [['--shard', '0/4', '--seed', '1'], '--shard 0/4: must be like 1/4'],
  [['--shard', '5/4', '--seed', '1'], '--shard 5/4: must be like 1/4'],
  [['--shard', 'one', '--seed', '1'], '--shard one: must be like 1/4'],
  [['--shard', '1/4'], '--shard needs --seed'],
])('%j is refused', async (flags, message) => {
  const { code, stderr } = await testing(folder(), ...flags);
  expect(stderr).toContain(message);
  expect(code).toBe(2);
});

test('help of merge-reports shows examples', async () => {
  const { stdout } = await tallystick(['merge-reports', '--help']);
  expect(stdout).toContain('Examples:');
  expect(stdout).toContain('--shard 1/2');
});
