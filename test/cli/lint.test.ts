// `tallystick lint` as a user runs it: what it looks at, what it prints where, and its exit codes.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CONTRACT, DOCUMENT, folderWith } from '../lint/folder.ts';
import { tallystick } from '../support/cli.ts';

const UNUSED = '  gone: { status: 400, basis: documented }\nresources:';

/** The contract with a warning, and one with an error. */
const WARNING = CONTRACT.replace('resources:', UNUSED);
const WRONG = CONTRACT.replace('create: item', 'create: itme');

const run = (folder: string, ...args: string[]) => tallystick(['lint', ...args], {}, folder);

test('without names it looks at the contracts and documents of the folder', async () => {
  const folder = folderWith({ 'package.json': '{}', 'notes.yaml': 'a: 1\n' });
  for (const name of ['contracts', 'specs']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'specs/shop.yaml'), DOCUMENT);
  const contract = CONTRACT.replace('shop.yaml', '../specs/shop.yaml');
  writeFileSync(join(folder, 'contracts/item.yaml'), contract);
  const { code, stdout, stderr } = await run(folder);
  expect([code, stdout, stderr]).toEqual([0, '2 files: 0 errors, 0 warnings\n', '']);
});

test('without any it looks at the bundled contracts', async () => {
  const { code, stdout } = await run(folderWith({}));
  expect(code).toBe(0);
  expect(stdout).toMatch(/^6 files: 0 errors, /m);
});

test('a broken contract is a finding of lint, and a mistake for every other command', async () => {
  const folder = folderWith({ 'item.yaml': WRONG, 'shop.yaml': DOCUMENT });
  const { code, stdout, stderr } = await run(folder, 'item.yaml');
  expect(stdout).toContain(
    'item.yaml\n  12:17  error    unknown resource "itme" (did you mean item? known: item)  contract/names\n',
  );
  expect([code, stderr]).toEqual([1, '']);
  const other = await tallystick(['rules', 'item.yaml'], {}, folder);
  expect(other.code).toBe(2);
  expect(other.stderr).toContain('item.yaml:12:17 unknown resource "itme"');
});

test('warnings fail only beyond --max-warnings', async () => {
  const folder = folderWith({ 'item.yaml': WARNING, 'shop.yaml': DOCUMENT });
  const codes = [];
  for (const args of [[], ['--max-warnings', '1'], ['--max-warnings', '0']]) {
    codes.push((await run(folder, 'item.yaml', ...args)).code);
  }
  expect(codes).toEqual([0, 0, 1]);
});

test('reports go to files and to stdout, and text for people out of their way', async () => {
  const folder = folderWith({ 'item.yaml': WARNING, 'shop.yaml': DOCUMENT });
  const reporters = ['pretty', 'json', 'sarif=out/lint.sarif', 'junit=lint.xml', 'github'];
  const { code, stdout, stderr } = await run(
    folder,
    'item.yaml',
    ...reporters.flatMap((name) => ['--reporter', name]),
  );
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ files: ['item.yaml', 'shop.yaml'] });
  expect(stderr).toContain('2 files: 0 errors, 1 warning\n');
  expect(stderr).toContain('::warning file=item.yaml,line=9,col=3,title=contract/error-used::');
  expect(JSON.parse(readFileSync(join(folder, 'out/lint.sarif'), 'utf8')).runs).toHaveLength(1);
  expect(readFileSync(join(folder, 'lint.xml'), 'utf8')).toMatch(/^<\?xml[\s\S]*<\/testsuites>\n$/);
});

test('aliases that multiply, and brackets without end, end in a finding', async () => {
  const rows = [...'abcdefgh'].map(
    (name, i, all) => `${name}: &${name} [${Array(10).fill(i === 0 ? 'x' : `*${all[i - 1]}`)}]`,
  );
  const bomb = `contract: 1\n${rows.join('\n')}\n`;
  const folder = folderWith({
    'bomb.yaml': bomb,
    'deep.yaml': `contract: 1\na: ${'['.repeat(1e5)}`,
  });
  const { code, stdout, stderr } = await run(folder, 'bomb.yaml', 'deep.yaml');
  expect([code, stderr]).toEqual([1, '']);
  expect(stdout.match(/contract\/syntax/g)).toHaveLength(2);
  const other = await tallystick(['rules', 'bomb.yaml'], {}, folder);
  expect([other.code, other.stderr]).toEqual([2, expect.stringContaining('its aliases make it')]);
});

test.each([
  [['flexprise'], 'no file and no bundled api "flexprise" (did you mean flexprice?'],
  [['nowhere.yaml'], 'no file at nowhere.yaml'],
  [['.'], 'no contract and no OpenAPI document in .'],
  [['--max-warnings', 'few'], '--max-warnings few: not a whole number'],
  [['--reporter', 'prety'], '--reporter prety: not known (did you mean pretty?'],
  [['--reporter', 'json', '--reporter', 'sarif'], "json and sarif can't both go to stdout"],
])('%j is a mistake that is told', async (args, message) => {
  const { code, stdout, stderr } = await run(folderWith({}), ...args);
  expect(stderr).toContain(`error: ${message}`);
  expect([code, stdout]).toEqual([2, '']);
});

test('the help has examples and exit codes', async () => {
  const { code, stdout } = await tallystick(['lint', '--help']);
  expect(code).toBe(0);
  expect(stdout).toContain('Examples:\n  tallystick lint ');
  expect(stdout).toContain('Exit codes: 0 no errors');
});
