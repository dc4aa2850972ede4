// What `tallystick test` leaves on its target: nothing that can be removed, after a run, after Ctrl-C, and after a
// crash and `tallystick cleanup`; and what others have there is as it was.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MAIN, type Mock, runMock, tallystick } from '../support/cli.ts';

const KEYS = ['first-s3cret', 'second-s3cret'] as const;
const [FIRST, SECOND] = KEYS;
const HEADERS = ['--header', `x-api-key: ${FIRST}`, '--other-header', `x-api-key: ${SECOND}`];

let mock: Mock;
/** What others have on the target, as the mock shows it before any run. */
let theirs: string;

beforeAll(async () => {
  const keys = KEYS.flatMap((key, i) => ['--key', `tenant${i}=${key}`]);
  mock = await runMock(['flexprice', '--ephemeral', '--quiet', '--fixture', 'demo', ...keys]);
  theirs = await held();
  expect(theirs.length).toBeGreaterThan(1000);
});
afterAll(() => mock.stop());

/** All records of both tenants that count as present, as their lists show them. */
async function held({ api } = mock): Promise<string> {
  const lists = KEYS.flatMap((key) =>
    ['groups', 'plans', 'prices'].map(async (name) => {
      const answer = await fetch(`${api}/${name}/search`, {
        method: 'POST',
        headers: { 'x-api-key': key, 'content-type': 'application/json' },
        body: JSON.stringify({ limit: 1000, status: 'published' }),
      });
      expect(answer.status).toBe(200);
      const { items } = (await answer.json()) as { items: { id: string; status: string }[] };
      // Plans are listed when they are archived too.
      return items
        .filter(({ status }) => status === 'published')
        .sort((a, b) => (a.id < b.id ? -1 : 1));
    }),
  );
  return JSON.stringify(await Promise.all(lists));
}

function folder(): string {
  return mkdtempSync(join(tmpdir(), 'tallystick-'));
}

function ledgers(cwd: string): string[] {
  const where = join(cwd, '.tallystick');
  return existsSync(where) ? readdirSync(where).map((name) => join(where, name)) : [];
}

interface Running {
  readonly child: ChildProcess;
  /** Comes back when so many checks were told. */
  told(checks: number): Promise<void>;
  end(): Promise<{ code: number | null; stdout: string; stderr: string }>;
}

function start(cwd: string, more: readonly string[] = [], { api } = mock): Running {
  const args = [MAIN, 'test', 'flexprice', '--target', api, ...HEADERS, ...more];
  const child = spawn(process.execPath, args, { cwd });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const closed = once(child, 'close');
  return {
    child,
    async told(checks) {
      while (stdout.split('\n').length <= checks) await once(child.stdout, 'data');
    },
    async end() {
      const [code] = (await closed) as [number | null];
      return { code, stdout, stderr };
    },
  };
}

// Copies of a cloned plan's prices are named by no answer: without those checks, nothing at all may be left.
const ALL = ['--only', '*r*p.*'];

test('a run leaves nothing, and says so in the list and in the report', async () => {
  const cwd = folder();
  const { code, stdout } = await start(cwd, [
    ...ALL,
    '--reporter',
    'list',
    '--reporter',
    'json=report.json',
  ]).end();
  const { requests, cleanup } = JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8'));
  expect(cleanup).toMatchObject({
    refused: [],
    noDelete: {},
    unknown: 0,
    answers: cleanup.requests,
  });
  expect(cleanup.removed).toBeGreaterThan(30);
  expect(stdout).toContain(`clean-up: ${cleanup.removed} removed`);
  expect(stdout).toContain(`${requests} requests`);
  expect([code, ledgers(cwd)]).toEqual([0, []]);
  expect(await held()).toBe(theirs);
});

test.each(['SIGINT', 'SIGTERM'] as const)('a run that %s stops leaves nothing', async (signal) => {
  const cwd = folder();
  const run = start(cwd, ALL);
  await run.told(20);
  run.child.kill(signal);
  const { code, stdout, stderr } = await run.end();
  expect(stderr).toBe('stopping, then removing what the run made; once more stops at once\n');
  expect(stdout).toMatch(/ended early: interrupted, after \d+ of \d+ checks/);
  expect(stdout).toMatch(/clean-up: \d+ removed/);
  expect([code, ledgers(cwd)]).toEqual([130, []]);
  expect(await held()).toBe(theirs);
});

test('the second Ctrl-C stops at once and leaves a ledger without credentials, which cleanup works off', async () => {
  const cwd = folder();
  const run = start(cwd, [...ALL, '--rate', '20/s']);
  await run.told(8);
  run.child.kill('SIGINT');
  while (run.child.exitCode === null && run.child.signalCode === null) {
    await new Promise((done) => setTimeout(done, 300));
    run.child.kill('SIGINT');
  }
  expect((await run.end()).code).toBe(130);
  const [ledger = ''] = ledgers(cwd);
  expect(readFileSync(ledger, 'utf8')).not.toContain('s3cret');
  expect(await held()).not.toBe(theirs);
  const { code } = await tallystick(['cleanup', ...HEADERS], {}, cwd);
  expect([code, ledgers(cwd)]).toEqual([0, []]);
  expect(await held()).toBe(theirs);
});

test('what a killed run left is shown by a dry run, not touched by a wrong key, and removed by cleanup', async () => {
  const cwd = folder();
  const other = await runMock(['flexprice', '--ephemeral', '--quiet']);
  const empty = await held(other);
  const run = start(cwd, [...ALL, '--rate', '20/s', '--workers', '1'], other);
  await run.told(30);
  run.child.kill('SIGKILL');
  await run.end();
  const [ledger = ''] = ledgers(cwd);
  const before = readFileSync(ledger, 'utf8');
  // As a crash in the middle of a line leaves it.
  writeFileSync(ledger, `${before}{"asked": 7`);
  expect(await held(other)).not.toBe(empty);

  const dry = await tallystick(['cleanup', '--dry-run'], {}, cwd);
  expect(dry.stdout).toMatch(/^\.tallystick\S+: \d+ to remove at http/);
  expect(dry.stdout).toMatch(/\n {2}group group_/);
  const missing = await tallystick(['cleanup'], {}, cwd);
  expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining('x-api-key')]);
  const wrong = await tallystick(['cleanup', '--header', 'x-api-key: wrong'], {}, cwd);
  expect(wrong.code).toBe(1);
  expect(wrong.stdout).not.toContain('wrong');
  expect(await held(other)).not.toBe(empty);

  const headers = {
    TALLYSTICK_HEADER: `x-api-key: ${FIRST}`,
    TALLYSTICK_OTHER_HEADER: `x-api-key: ${SECOND}`,
  };
  const { code, stdout } = await tallystick(['cleanup'], headers, cwd);
  expect(stdout).toMatch(/clean-up: \d+ removed/);
  expect([code, ledgers(cwd)]).toEqual([0, []]);
  // A create that was under way has no id in the ledger: it is told, and no other record is there.
  const count = (word: string) => before.split(word).length - 1;
  const unknown = count('{"asked"') - count('{"answered"');
  const left = (await held(other)).split('"id":"').length - 1;
  expect(left).toBeLessThanOrEqual(unknown);
  if (unknown > 0) expect(stdout).toContain(`${unknown} did not say what they made`);
  const again = await tallystick(['cleanup'], headers, cwd);
  expect([again.code, again.stdout]).toEqual([0, 'no ledger in .tallystick: nothing was left\n']);
  await other.stop();
});

test('a run that is going on is left alone', async () => {
  const cwd = folder();
  // So slow that it is still going on when the clean-up looks.
  const run = start(cwd, [...ALL, '--rate', '15/s']);
  await run.told(5);
  const { stdout, code } = await tallystick(['cleanup', ...HEADERS], {}, cwd);
  expect(stdout).toContain(`belongs to a run that is going on (process ${run.child.pid})`);
  expect(code).toBe(0);
  const finished = await run.end();
  expect([finished.code, ledgers(cwd)]).toEqual([0, []]);
});

test('--no-cleanup keeps what the run makes, and --ledger names where the ledger lies', async () => {
  const cwd = folder();
  const kept = ['--only', 'plan.name-required/*', '--reporter', 'json'];
  const without = await start(cwd, [...kept, '--no-cleanup']).end();
  expect(JSON.parse(without.stdout).cleanup).toBeUndefined();
  expect(ledgers(cwd)).toEqual([]);
  const unwritable = await start(cwd, [...kept, '--ledger', '/dev/null/x']).end();
  expect([unwritable.code, unwritable.stderr]).toEqual([
    2,
    expect.stringContaining('--no-cleanup'),
  ]);
  const named = start(cwd, ['--only', 'record.stamped/*', '--ledger', 'here.jsonl']);
  while (!existsSync(join(cwd, 'here.jsonl'))) await new Promise((done) => setTimeout(done, 20));
  expect((await named.end()).code).toBe(0);
  expect(existsSync(join(cwd, 'here.jsonl'))).toBe(false);
});

test('the ledger of a production server is worked off only when told so; what is no ledger is told', async () => {
  const cwd = folder();
  const file = join(cwd, 'ledger.jsonl');
  const head = {
    ledger: 1,
    contract: 'flexprice',
    target: 'https://us.api.flexprice.io/v1',
    prefix: 'ts-1',
  };
  const rest = { started: '', headers: [], otherHeaders: [], host: 'elsewhere', process: 1 };
  const made = { answered: 1, made: [{ resource: 'plan', operation: 'createPlan', id: 'plan_1' }] };
  writeFileSync(file, `${JSON.stringify({ ...head, ...rest })}\n${JSON.stringify(made)}\n`);
  const refused = await tallystick(['cleanup', file], {}, cwd);
  expect([refused.code, refused.stderr]).toEqual([
    2,
    expect.stringContaining('--i-know-this-is-production'),
  ]);
  const dry = await tallystick(
    ['cleanup', file, '--dry-run', '--i-know-this-is-production'],
    {},
    cwd,
  );
  expect(dry.stdout).toContain('1 to remove at https://us.api.flexprice.io/v1\n  plan plan_1\n');
  for (const text of ['', 'hello\n', '{"ledger": 2}\n', '[]\n']) {
    writeFileSync(file, text);
    const { code, stderr } = await tallystick(['cleanup', file], {}, cwd);
    expect([code, stderr]).toEqual([2, expect.stringContaining('is no ledger')]);
  }
});

test('a target that is gone is exit code 3, and the ledger stays', async () => {
  const cwd = folder();
  const other = await runMock(['flexprice', '--ephemeral', '--quiet']);
  const args = ['test', 'flexprice', '--target', other.api, ...HEADERS, '--timeout', '2000'];
  const child = spawn(process.execPath, [MAIN, ...args], { cwd });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  await once(child.stdout, 'data');
  await other.stop();
  const [code] = await once(child, 'close');
  expect(code).toBe(3);
  expect(stderr).toContain('stopped answering');
  expect(stderr).toContain('what is left stands in');
  expect(ledgers(cwd)).toHaveLength(1);
  const { code: later } = await tallystick(['cleanup', ...HEADERS], {}, cwd);
  expect([later, ledgers(cwd).length]).toEqual([3, 1]);
});

test('what is wrong with the flags of a run is told at once', async () => {
  const { code, stderr } = await tallystick([
    'test',
    'flexprice',
    '--target',
    'https://me:s3cret@staging.example.test',
    ...[
      '--workers',
      '0',
      '--rate',
      'fast',
      '--max-failures',
      'x',
      '--given',
      'metre=1',
      '--given',
      'plan=',
    ],
  ]);
  expect(stderr).toContain('--workers 0: must be at least 1');
  expect(stderr).toContain('--rate fast: must be like 10/s');
  expect(stderr).toContain('--max-failures x');
  expect(stderr).toContain('--given metre=1: no resource "metre" (did you mean meter');
  expect(stderr).toContain('--given plan=: must be like plan=ID');
  expect(stderr).toContain('--target must hold no user name or password');
  expect(stderr).not.toContain('s3cret');
  expect(code).toBe(2);
});

test('--max-failures ends a run, with exit code 1', async () => {
  const broken = await runMock(['flexprice', '--ephemeral', '--quiet', '--profile', 'observed']);
  const { code, stdout } = await tallystick([
    ...['test', 'flexprice', '--target', broken.api, ...HEADERS],
    ...['--max-failures', '1', '--workers', '1', '--only', 'group.*', '--reporter', 'json'],
  ]);
  await broken.stop();
  const { ended, cleanup } = JSON.parse(stdout);
  expect(ended).toMatch(/^1 violations, after \d+ of \d+ checks$/);
  expect(cleanup.removed).toBeGreaterThan(0);
  expect(code).toBe(1);
});
