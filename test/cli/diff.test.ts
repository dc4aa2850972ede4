// `tallystick diff` as a user runs it: what it compares, what it prints where, and its exit codes.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CONTRACT, DOCUMENT, folderWith } from '../lint/folder.ts';
import { tallystick } from '../support/cli.ts';

const STRICTER = DOCUMENT.replace(
  'name: { type: string, x',
  'name: { type: string, maxLength: 3, x',
);
const WIDER = DOCUMENT.replace("'400': {", "'409': { description: taken }\n        '400': {");

const shop = (more: Record<string, string> = {}) =>
  folderWith({
    'item.yaml': CONTRACT,
    'shop.yaml': DOCUMENT,
    'strict.yaml': STRICTER,
    'wide.yaml': WIDER,
    ...more,
  });
const run = (folder: string, ...args: string[]) => tallystick(['diff', ...args], {}, folder);

test('a document against itself has nothing to tell', async () => {
  const { code, stdout, stderr } = await run(shop(), 'shop.yaml', 'shop.yaml', '--fail-on', 'any');
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toBe(
    'shop.yaml → shop.yaml: 0 breaking (0 for requests, 0 for responses), 0 warnings, 0 compatible\n',
  );
});

test('what breaks is told with its operation, kind, line and rules, and fails', async () => {
  const { code, stdout, stderr } = await run(shop(), 'item.yaml', 'strict.yaml');
  expect([code, stderr]).toEqual([1, '']);
  expect(stdout).toBe(`Breaking for requests
  createItem: "name" of the body has maxLength 3, and had none  request-limit-tightened strict.yaml:22
    → rule item.name-needed

Compatible
  createItem: "name" of the body of 201 has maxLength 3, and had none  response-limit-tightened strict.yaml:22
    → rule item.name-needed

item.yaml → strict.yaml: 1 breaking (1 for requests, 0 for responses), 0 warnings, 1 compatible
`);
});

test.each([
  ['strict.yaml', 'breaking', 1],
  ['strict.yaml', 'any', 1],
  ['strict.yaml', 'none', 0],
  ['wide.yaml', 'breaking', 0],
  ['wide.yaml', 'any', 1],
])('%s with --fail-on %s is exit code %d', async (now, failOn, code) => {
  expect((await run(shop(), 'shop.yaml', now, '--fail-on', failOn)).code).toBe(code);
});

test('contracts are compared by their rules', async () => {
  const rule = `  item.name-unique:
    says: Names are taken once.
    documented: here
    unique: { of: item, by: name }
`;
  const folder = shop({ 'next.yaml': CONTRACT + rule });
  const { code, stdout } = await run(folder, 'item.yaml', 'next.yaml');
  expect(code).toBe(1);
  expect(stdout).toContain(
    '  rule item.name-unique is new: Names are taken once.  refusing-rule-added next.yaml:18\n',
  );
});

test('fixtures and kept records that no longer fit are counted', async () => {
  const fixture = JSON.stringify({
    item: [
      { id: 'i1', name: 'a' },
      { id: 'i2', name: 'long name' },
    ],
  });
  const folder = shop({ 'start.json': fixture });
  mkdirSync(join(folder, 'data/shop'), { recursive: true });
  const row = { id: 'k1', seq: 1, data: { id: 'k1', name: 'longer' } };
  const kept = { tallystick: 1, resource: 'item', version: 0, scopes: { 'a/b': [row] } };
  writeFileSync(join(folder, 'data/shop/item.json'), JSON.stringify(kept));
  const { code, stdout } = await run(
    folder,
    ...[
      'shop.yaml',
      'strict.yaml',
      '--contract',
      'item.yaml',
      '--fixture',
      'start.json',
      '--data-dir',
      'data',
    ],
  );
  expect(code).toBe(1);
  expect(stdout).toMatch(/fixture item: name .*: 1 record \(i2\) of start\.json/);
  expect(stdout).toMatch(/stored item: name .*: 1 record \(k1\) of data\/shop/);
  expect(readFileSync(join(folder, 'data/shop/item.json'), 'utf8')).toBe(JSON.stringify(kept));
});

test('reports are written to files, and text for people stays out of the way of a document', async () => {
  const folder = shop();
  const { stdout, stderr } = await run(
    folder,
    ...['item.yaml', 'strict.yaml', '--reporter', 'json', '--reporter', 'pretty'],
    ...[
      '--reporter',
      'markdown=out/diff.md',
      '--reporter',
      'junit=diff.xml',
      '--reporter',
      'github',
    ],
  );
  expect(JSON.parse(stdout)).toMatchObject({
    version: 1,
    summary: { 'breaking-request': 1, 'breaking-response': 0, warning: 0, compatible: 1 },
    changes: [{ id: 'request-limit-tightened', operation: 'createItem', field: 'name' }, {}],
    effects: [],
  });
  expect(stderr).toContain('Breaking for requests\n');
  expect(stderr).toContain('::error file=strict.yaml,line=22,');
  expect(readFileSync(join(folder, 'out/diff.md'), 'utf8')).toContain(
    '| createItem | "name" of the body has maxLength 3, and had none | `request-limit-tightened` | rule item.name-needed |',
  );
  expect(readFileSync(join(folder, 'diff.xml'), 'utf8')).toContain('tests="2" failures="1"');
});

test('names in a document are no markup in Markdown, and no command to GitHub', async () => {
  const evil = DOCUMENT.replace(
    'name: { type: string, x',
    "'<b>|x`\\n::error::': { type: string, x",
  );
  const folder = shop({
    'evil.yaml': evil.replace("'<b>|x`\\n::error::'", '"<b>|x`\\n::error::"'),
  });
  const { stdout } = await run(folder, 'shop.yaml', 'evil.yaml', '--reporter', 'markdown');
  expect(stdout).toContain('&lt;b>&#124;x&#96;');
  expect(stdout).not.toContain('<b>');
  const github = await run(folder, 'shop.yaml', 'evil.yaml', '--reporter', 'github');
  expect(github.stdout.split('\n').filter((line) => line.startsWith('::error::'))).toEqual([]);
});

test('every mistake of the command line is told at once', async () => {
  const { code, stderr } = await run(
    shop(),
    ...['flexprise', 'gone.yaml', '--fail-on', 'braking', '--reporter', 'prety'],
  );
  expect(code).toBe(2);
  expect(stderr.split('\n').filter((line) => line !== '')).toEqual([
    'error: --reporter prety: not known (did you mean pretty? known: pretty, json, junit, github, markdown)',
    'error: --fail-on braking: not known (did you mean breaking? known: breaking, any, none)',
    'error: no file and no bundled api "flexprise" (did you mean flexprice? known: dodopayments, flexprice, fynn)',
    'error: no file at gone.yaml',
  ]);
});

test('records without a contract, and a document that is none, are mistakes', async () => {
  const folder = shop({ 'none.yaml': 'a: 1\n' });
  const kept = await run(folder, 'shop.yaml', 'wide.yaml', '--data-dir', '.');
  expect([kept.code, kept.stderr]).toEqual([
    2,
    'error: --data-dir: records belong to a contract: name it with --contract\n',
  ]);
  const none = await run(folder, 'shop.yaml', 'none.yaml');
  expect(none.code).toBe(2);
  expect(none.stderr).toContain('none.yaml is not an OpenAPI 3 document');
});

test('bundled APIs are compared by their names, with their fixtures', async () => {
  const { code, stdout } = await run(shop(), 'flexprice', 'flexprice');
  expect([code, stdout.split('\n').length]).toEqual([0, 2]);
});
