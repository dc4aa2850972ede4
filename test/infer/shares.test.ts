// Every GET of an inferred mock answers what its schema says; how many of Prism's do, on the same documents, stands
// beside it in `shares.md`. `npm run docs` writes the page.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isObject, type JsonObject } from '../../src/model/json.ts';
import { forge } from './forge.ts';
import { largeDocument } from './large.ts';
import { payments } from './payments.ts';
import { petstore } from './petstore.ts';
import { type Share, shareOf } from './shares.ts';
import { travel } from './travel.ts';
import { unusual } from './unusual.ts';

const PAGE = join(import.meta.dirname, 'shares.md');

/** The large document without the fields by which its schemas all reach each other. */
function withoutCircles(document: object): object {
  const copy = structuredClone(document) as { components: { schemas: JsonObject } };
  for (const schema of Object.values(copy.components.schemas)) {
    const properties = isObject(schema) ? (schema['properties'] as { [name: string]: object }) : {};
    for (const name of ['next', 'others', 'more']) delete properties[name];
  }
  return copy;
}

const ENDLESS = '1,200 operations whose schemas all reach each other (`large.ts`)';

const DOCUMENTS: readonly (readonly [name: string, document: object])[] = [
  ['a pet shop (`petstore.ts`)', petstore],
  ['train travel (`travel.ts`)', travel],
  ['payments by forms (`payments.ts`)', payments],
  ['a code forge, nested (`forge.ts`)', forge],
  ...Object.entries(unusual).map(
    ([name, { document }]) => [`unusual: ${name} (\`unusual.ts\`)`, document] as const,
  ),
  ['40 operations whose schemas all reach each other (`large.ts`)', largeDocument(40)],
  [ENDLESS, largeDocument(1_200)],
  ['1,200 operations, without the circles (`large.ts`)', withoutCircles(largeDocument(1_200))],
];

const HEAD = `# GET answers that fit their schemas

Each document is played by the mock that is guessed from it, in memory: one record of each resource is made by its
create, or is an example of the document, and then every GET is asked once. Prism gets the same requests. An answer
counts as valid where the document states its status for the operation, and its body fits the schema that is stated.
What the mock does not bind is answered by Prism's engine in all columns; its made-up values come from one seed. Where
a dash stands Prism was not asked: with 160 operations of that kind it came to no end in nine minutes.

| document | GET operations | answered with 2xx | valid, guessed mock | valid, Prism | valid, Prism with \`--dynamic\` |
| --- | --- | --- | --- | --- | --- |
`;

function percent({ length }: Share['ours'], asked: number): string {
  return `${Math.floor((100 * (asked - length)) / asked)} %`;
}

function pageOf(shares: readonly (readonly [string, Share])[]): string {
  const rows = shares.map(
    ([name, { asked, taken, ours, prism, dynamic }]) =>
      `| ${name} | ${asked} | ${taken} | ${percent(ours, asked)} | ${name === ENDLESS ? '– | –' : `${percent(prism, asked)} | ${percent(dynamic, asked)}`} |\n`,
  );
  const listed = (title: string, of: 'ours' | 'prism' | 'dynamic') => {
    const wrong = shares.flatMap(([name, share]) =>
      share[of].map(({ operation, why }) => `| ${name} | \`${operation}\` | ${why} |\n`),
    );
    const table = `| document | operation | why |\n| --- | --- | --- |\n${wrong.join('')}`;
    return `\n## ${title}\n\n${wrong.length === 0 ? 'None.\n' : table}`;
  };
  return [
    HEAD,
    ...rows,
    listed('Not valid, guessed mock', 'ours'),
    listed('Not valid, Prism', 'prism'),
    listed('Not valid, Prism with `--dynamic`', 'dynamic'),
  ].join('');
}

test('the page holds the share of each document, and ours is all of it', async () => {
  const shares: [string, Share][] = [];
  for (const [name, document] of DOCUMENTS)
    shares.push([name, await shareOf(document, ENDLESS === name)]);
  expect(shares.flatMap(([, { ours }]) => ours)).toEqual([]);
  expect(shares.flatMap(([, { prism }]) => prism).length).toBeGreaterThan(0);
  const page = pageOf(shares);
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(PAGE, page);
  else expect(readFileSync(PAGE, 'utf8')).toBe(page);
});
