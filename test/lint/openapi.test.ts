// The half of Redocly: its recommended rules, or the user's; what it ignores; what contracts ignore for it.

import { expect, test } from 'vitest';
import { atPointer } from '../../src/model/pointer.ts';
import { parseYaml } from '../../src/spec/yaml.ts';
import { CONTRACT, DOCUMENT, folderWith, linted, told } from './folder.ts';

const NO_SUMMARY = DOCUMENT.replace('      summary: Create an item\n', '');
const SUMMARY = 'openapi/operation-summary 7:5 Operation object should contain `summary` field.';

test('a document that is right, our extensions included, has no findings', async () => {
  const report = await linted(folderWith({ 'shop.yaml': DOCUMENT }), 'shop.yaml');
  expect(told(report)).toEqual([]);
  expect(report.files).toHaveLength(1);
});

test('a finding stands where it is told, and its pointer resolves, whatever Redocly points at', async () => {
  const text = NO_SUMMARY.replace('license: { name: MIT, identifier: MIT } }', 'x: 1 }').replace(
    'type: string, x-tally',
    'type: strnig, x-tally',
  );
  const { findings } = await linted(folderWith({ 'shop.yaml': text }), 'shop.yaml');
  expect(findings.map(({ check }) => check).sort()).toEqual([
    'openapi/info-license',
    'openapi/operation-summary',
    'openapi/struct',
    'openapi/struct',
  ]);
  const { value } = parseYaml(text);
  for (const { pointer = '' } of findings) expect(atPointer(value, pointer)).toBeDefined();
});

test("a user's redocly.yaml is honoured: severities, rules, and settings for one document", async () => {
  const off = 'extends: [recommended]\nrules: { operation-summary: off }\n';
  expect(told(await linted(folderWith({ 'shop.yaml': NO_SUMMARY }), 'shop.yaml'))).toEqual([
    SUMMARY,
  ]);
  const quiet = folderWith({ 'shop.yaml': NO_SUMMARY, 'redocly.yaml': off });
  expect(told(await linted(quiet, 'shop.yaml'))).toEqual([]);
  const warn = folderWith({ 'shop.yaml': NO_SUMMARY, 'redocly.yaml': off.replace('off', 'warn') });
  expect((await linted(warn, 'shop.yaml')).findings.map(({ severity }) => severity)).toEqual([
    'warning',
  ]);
  const one = `extends: [recommended]\napis: { shop: { root: ./shop.yaml, rules: { operation-summary: off } } }\n`;
  const two = { 'shop.yaml': NO_SUMMARY, 'other.yaml': NO_SUMMARY, 'redocly.yaml': one };
  const report = await linted(folderWith(two), 'shop.yaml', 'other.yaml');
  expect(report.findings.map(({ place }) => place?.file.split('/').at(-1))).toEqual(['other.yaml']);
});

test('a redocly.yaml that is broken is a mistake of the call', async () => {
  const folder = folderWith({
    'shop.yaml': DOCUMENT,
    'redocly.yaml': 'extends: [nothing-like-it]\n',
  });
  await expect(linted(folder, 'shop.yaml')).rejects.toThrow(/redocly\.yaml: /);
});

test.each([[{}], [{ 'redocly.yaml': 'extends: [recommended]\n' }]])(
  "what Redocly's ignore file names is ignored, beside %j",
  async (config) => {
    const ignore = "shop.yaml:\n  operation-summary:\n    - '#/paths/~1items/post/summary'\n";
    const files = { 'shop.yaml': NO_SUMMARY, '.redocly.lint-ignore.yaml': ignore, ...config };
    const report = await linted(folderWith(files), 'shop.yaml');
    expect(told(report)).toEqual([]);
    expect(report.ignored.map(({ finding }) => finding.check)).toEqual([
      'openapi/operation-summary',
    ]);
  },
);

test('a contract is linted with its document, each once, and can ignore what is found there', async () => {
  const folder = folderWith({ 'item.yaml': CONTRACT, 'shop.yaml': NO_SUMMARY });
  const report = await linted(folder, 'shop.yaml', 'item.yaml', 'item.yaml');
  expect(report.files).toHaveLength(2);
  expect(told(report)).toEqual([SUMMARY]);
  const entry = `{ rule: openapi/operation-summary, at: /paths/~1items, reason: theirs, until: 2026-07-01 }`;
  const ignoring = `${CONTRACT}lint: { ignore: [${entry}] }\n`;
  const quiet = folderWith({ 'item.yaml': ignoring, 'shop.yaml': NO_SUMMARY });
  const other = await linted(quiet, 'shop.yaml', 'item.yaml');
  expect(told(other)).toEqual([]);
  expect(other.ignored.map(({ reason }) => reason)).toEqual(['theirs']);
});

test('everything that is wrong is found at once, with the nearest name', async () => {
  const text = CONTRACT.replace('create: item', 'create: itme')
    .replace('at: createItem', 'at: createItm')
    .replace('schema: Item', 'schema: Itme');
  const folder = folderWith({ 'item.yaml': text, 'shop.yaml': DOCUMENT });
  expect(told(await linted(folder, 'item.yaml'))).toEqual([
    'contract/names 10:11 unknown schema "Itme" (did you mean Item? known: Item)',
    'contract/names 12:17 unknown resource "itme" (did you mean item? known: item)',
    'contract/names 17:14 rule item.name-needed: unknown operation or resource "createItm" (did you mean createItem? known: createItem, item)',
  ]);
});
