// `tallystick test --explore` and `--replay`, as a user goes about it: what random sequences find on a faulty
// server is kept; played again it is found again there, and not once the server is mended.

import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startReference } from '../reference/flexprice.ts';
import { type Finished, tallystick } from '../support/cli.ts';

const HEADERS = ['--header', 'x-api-key: one', '--other-header', 'x-api-key: two'];

/** `tallystick test` in the folder, against a reference server of its own. */
async function tested(
  folder: string,
  fault: string | undefined,
  args: readonly string[],
): Promise<Finished> {
  const server = await startReference({ fault });
  try {
    const all = ['test', 'flexprice', '--target', server.url, ...HEADERS, ...args];
    return await tallystick(all, {}, folder);
  } finally {
    await server.close();
  }
}

interface Check {
  readonly id: string;
  readonly rule: string;
  readonly verdict: string;
  readonly source: string;
}

function checksOf({ stdout }: Finished): Check[] {
  return (JSON.parse(stdout) as { checks: Check[] }).checks;
}

const EXPLORE = ['--only', 'group.fields-required/*', '--explore', '25', '--seed', '1'];

/** What is kept in the folder after a faulty server was explored. */
async function kept(folder: string, fault: string, ...more: string[]): Promise<string[]> {
  const ran = await tested(folder, fault, [...EXPLORE, ...more]);
  expect(ran.code).toBe(1);
  return [...ran.stderr.matchAll(/^kept as (.*)$/gm)].map(([, file = '']) => file);
}

test('what is found is kept, found again while the fault is there, and not once it is mended', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tallystick-replay-'));
  const file = '.tallystick/explore/flexprice-createGroup-1.yaml';
  expect(await kept(folder, 'group-key-not-freed')).toContain(file);
  const text = readFileSync(join(folder, file), 'utf8');
  expect(text).toContain('found by tallystick test flexprice --explore 25 --seed 1');
  expect(text).toContain('--replay');
  const replay = ['--replay', file, '--seed', '5'];

  const faulty = await tested(folder, 'group-key-not-freed', replay);
  expect(faulty.stdout).toMatch(/^ {2}✗ explore\/createGroup {2}1\/1$/m);
  expect(faulty.stdout).toContain(`protocol  ${file}`);
  expect(faulty.stdout).toContain('expected a 2xx, got 400');
  expect(faulty.stdout).toMatch(/: 0 conform, 1 violated, 0 not exercised, 0 flaky$/m);
  expect([faulty.code, faulty.stderr]).toEqual([1, '']);

  const mended = await tested(folder, undefined, replay);
  expect(mended.stdout).toMatch(/^ {2}✓ explore\/createGroup {2}1\/1$/m);
  expect(mended.stdout).toMatch(/: 1 conform, 0 violated, 0 not exercised, 0 flaky$/m);
  expect([mended.code, mended.stderr]).toEqual([0, '']);
  // Nothing but the kept sequence is left: what was made is removed, and the ledgers with it.
  expect(readdirSync(join(folder, '.tallystick'))).toEqual(['explore']);
});

test.each([
  ['group-delete-hard', /^flexprice-getGroup-1\.yaml$/],
  ['group-delete-still-listed', /^flexprice-queryGroup-1\.yaml$/],
  ['price-create-unknown-group-accepted', /^flexprice-createPrice-1\.yaml$/],
])(
  '%s: each file that is kept finds it again, and conforms on a server without',
  async (fault, name) => {
    const folder = mkdtempSync(join(tmpdir(), 'tallystick-replay-'));
    const files = await kept(folder, fault, '--save', 'found here');
    expect(readdirSync(join(folder, 'found here')).sort()).toEqual(
      files.map((file) => file.slice('found here/'.length)).sort(),
    );
    expect(files.filter((file) => name.test(file.slice('found here/'.length)))).toHaveLength(1);
    for (const file of files) {
      const replay = ['--replay', file, '--settle', '300', '--reporter', 'json'];
      const again = await tested(folder, fault, replay);
      const mended = await tested(folder, undefined, replay);
      const of = { rule: 'explore', source: file };
      expect([again.code, checksOf(again)]).toMatchObject([1, [{ ...of, verdict: 'violated' }]]);
      expect([mended.code, checksOf(mended)]).toMatchObject([0, [{ ...of, verdict: 'conforms' }]]);
    }
  },
);

test('the same seed keeps the same sequence', async () => {
  const texts: string[] = [];
  for (const folder of ['a', 'b'].map(() => mkdtempSync(join(tmpdir(), 'tallystick-replay-')))) {
    const [file = ''] = await kept(folder, 'group-delete-hard');
    texts.push(readFileSync(join(folder, file), 'utf8').replace(/^#.*\n/gm, ''));
  }
  expect(texts[0]).toBe(texts[1]);
  expect(texts[0]).toContain('deleteGroup');
});

test('a healthy server: nothing is kept', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tallystick-replay-'));
  const ran = await tested(folder, undefined, [...EXPLORE]);
  expect(ran.stdout).toMatch(/^ {2}✓ explore\/sequences/m);
  expect([ran.code, ran.stderr]).toEqual([0, '']);
  expect(existsSync(join(folder, '.tallystick', 'explore'))).toBe(false);
});

test.each([
  [['--replay', 'nowhere.yaml'], 'nowhere.yaml: '],
  [['--replay', 'x.yaml', '--explore', '3'], '--explore has no place beside it'],
  [['--replay', 'x.yaml', '--only', 'group.*'], '--only has no place beside it'],
  [['--explore', '0'], '--explore 0: must be at least 1'],
  [['--explore', '3', '--seed', '1', '--shard', '1/2'], 'leave out --shard'],
])('a mistake is told before anything is sent: %j', async (args, words) => {
  const folder = mkdtempSync(join(tmpdir(), 'tallystick-replay-'));
  const target = ['--target', 'http://127.0.0.1:9/v1'];
  const ran = await tallystick(['test', 'flexprice', ...target, ...HEADERS, ...args], {}, folder);
  expect(ran.stderr).toContain(words);
  expect([ran.code, ran.stdout]).toEqual([2, '']);
});
