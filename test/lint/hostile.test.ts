// Files that are meant to break whoever reads them, and files that are merely broken: each is a finding with a
// place, and never a crash or an endless wait.

import { expect, test } from 'vitest';
import { CONTRACT, DOCUMENT, folderWith, linted, told } from './folder.ts';

/** Ten times ten times ten ... : a few lines that become a hundred million values. */
function bomb(head: string): string {
  const names = [...'abcdefgh'];
  const rows = names.map((name, i) => {
    const entry = i === 0 ? 'x' : `*${names[i - 1]}`;
    return `${name}: &${name} [${Array.from({ length: 10 }, () => entry).join(', ')}]`;
  });
  return `${head}\n${rows.join('\n')}\n`;
}

const CONTRACTS: Record<string, [text: string, ...findings: RegExp[]]> = {
  'aliases that multiply': [bomb('contract: 1'), /^contract\/syntax 1:1 its aliases make it many/],
  'a node inside itself': [
    'contract: 1\napi: &a [*a]\n',
    /^contract\/syntax 1:1 nests deeper than 200 levels$/,
  ],
  'an alias of nothing': ['contract: 1\napi: *nobody\n', /^contract\/syntax 1:1 Unresolved alias/],
  'brackets without end': [
    `contract: 1\napi: ${'['.repeat(100_000)}`,
    /^contract\/syntax 2:1 nests deeper than 500 brackets$/,
  ],
  'dashes without end': [
    `contract: 1\napi:\n${'- '.repeat(50_000)}x`,
    /^contract\/syntax 3:1 nests too deep$/,
  ],
  'keys in keys': [
    `contract: 1\n${Array.from({ length: 300 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')}`,
    /^contract\/syntax 1:1 nests deeper than 200 levels$/,
  ],
  'a key twice': [
    'contract: 1\napi: x\napi: y\n',
    /^contract\/syntax 3:1 Map keys must be unique$/,
  ],
  tabs: ['contract: 1\nrules:\n\ta: 1\n', /^contract\/syntax 3:1 Tabs are not allowed/],
  'two mistakes': [
    'contract: 1\napi: x\napi: y\nspec: [\n',
    /^contract\/syntax 3:1/,
    /^contract\/syntax \d:\d/,
  ],
  'a list for a map': [
    CONTRACT.replace(/rules:[\s\S]*/, 'rules: []\n'),
    /^contract\/shape 13:1 rules/,
  ],
  'a null for a map': [
    CONTRACT.replace(/rules:[\s\S]*/, 'rules:\n'),
    /^contract\/shape 13:1 rules/,
  ],
  'only its head': [
    'contract: 1\n',
    ...Array.from({ length: 7 }, () => /^contract\/shape 1:1 .* required$/),
  ],
  'a spec that is not there': [
    CONTRACT.replace('shop.yaml', 'nowhere.yaml'),
    /^contract\/spec 3:1 can't read the spec .*nowhere\.yaml/,
  ],
  'a spec that is a folder': [
    CONTRACT.replace('shop.yaml', '..'),
    /^contract\/spec 3:1 can't read/,
  ],
};

test.each(Object.entries(CONTRACTS))('%s', async (_, [text, ...expected]) => {
  const folder = folderWith({ 'item.yaml': text, 'shop.yaml': DOCUMENT });
  const found = told(await linted(folder, 'item.yaml'));
  expect(found).toHaveLength(expected.length);
  for (const [i, pattern] of expected.entries()) expect(found[i]).toMatch(pattern);
});

/** Schemas of which each names the next one twice: forty of them are a million million values. */
function references(): string {
  const schemas = Array.from({ length: 40 }, (_, i) => {
    const next = { $ref: `#/components/schemas/S${i + 1}` };
    return `S${i}: ${JSON.stringify({ type: 'object', properties: { a: next, b: next } })}`;
  });
  return [...schemas, 'S40: { type: string }'].join('\n');
}

const withSchemas = (text: string) =>
  DOCUMENT.replace('    Item:', `${text.replace(/^/gm, '    ')}\n    Item:`);

const DOCUMENTS: Record<
  string,
  [text: string, inDocument: RegExp | undefined, inContract?: RegExp]
> = {
  'references that multiply': [
    withSchemas(references()).replace(
      'name: { type: string, x-tally',
      "more: { $ref: '#/components/schemas/S0' }, name: { type: string, x-tally",
    ),
    undefined,
  ],
  'a schema inside itself': [
    DOCUMENT.replace(
      'id: { type: string },',
      "id: { type: string }, in: { $ref: '#/components/schemas/Item' },",
    ),
    undefined,
  ],
  'a reference to itself': [
    withSchemas("Loop: { $ref: '#/components/schemas/Loop' }"),
    /^openapi\/syntax 1:1 .*circular/i,
  ],
  'a reference to nothing': [
    DOCUMENT.replaceAll('#/components/schemas/Item', '#/components/schemas/Nothing'),
    /^openapi\/no-unresolved-refs 12:/,
    /^contract\/spec 3:1 .*names nothing/,
  ],
  'aliases that multiply': [
    bomb('openapi: 3.1.0'),
    /^openapi\/syntax 1:1 its aliases make it many/,
    /^contract\/spec 3:1 .*its aliases/,
  ],
  'a key twice': [
    `${DOCUMENT}openapi: 3.1.0\n`,
    /^openapi\/syntax 23:1 Map keys must be unique$/,
    /^contract\/spec 3:1 .*Map keys/,
  ],
  'another version': [
    'swagger: "2.0"\n',
    /^openapi\/version 1:1 this is neither a contract/,
    /^contract\/spec 3:1 .*not an OpenAPI 3 document/,
  ],
  'bytes that are no text': [
    '\u0000\u0001\ufffd',
    /^openapi\/version 1:1/,
    /^contract\/spec 3:1 .*not an OpenAPI 3 document/,
  ],
};

test.each(Object.entries(DOCUMENTS))('a document with %s', async (_, [text, own, contract]) => {
  const folder = folderWith({ 'item.yaml': CONTRACT, 'shop.yaml': text });
  const alone = told(await linted(folder, 'shop.yaml'));
  if (own === undefined)
    expect(alone.filter((one) => !one.includes('no-unused-components'))).toEqual([]);
  else expect(alone[0]).toMatch(own);
  const both = told(await linted(folder, 'item.yaml')).filter((one) => one.startsWith('contract/'));
  if (contract === undefined) expect(both).toEqual([]);
  else expect(both.join('\n')).toMatch(contract);
});

test('a text of four thousand lines is linted to its end', async () => {
  const schemas = Array.from(
    { length: 1_000 },
    (_, i) => `S${i}:\n  type: object\n  properties:\n    a: { type: string }`,
  );
  const folder = folderWith({ 'shop.yaml': withSchemas(schemas.join('\n')) });
  const { findings } = await linted(folder, 'shop.yaml');
  expect(new Set(findings.map(({ check }) => check))).toEqual(
    new Set(['openapi/no-unused-components']),
  );
  expect(findings).toHaveLength(1_000);
});
