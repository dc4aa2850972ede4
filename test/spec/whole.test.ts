// What is told of a document without walking through it: whether it refers to itself alone, and which words it has.

import { expect, test } from 'vitest';
import { mentions } from '../../src/spec/mentions.ts';
import { isWhole } from '../../src/spec/references.ts';

const THINGS = { components: { schemas: { Thing: { type: 'object' }, 'a b': {} } } };

/** The verdict on a document with the reference in it, written as JSON writes it. */
function withReference(written: string): boolean {
  const document = { ...THINGS, x: { $ref: JSON.parse(`"${written}"`) } };
  const text = JSON.stringify({ ...document, x: { $ref: '#HERE' } }).replace('#HERE', written);
  return isWhole(text, document);
}

test('a JSON document whose references all lead into itself is whole', () => {
  expect(isWhole(JSON.stringify(THINGS), THINGS)).toBe(true);
  expect(withReference('#/components/schemas/Thing')).toBe(true);
});

test.each([
  ['another file', 'things.json#/Thing'],
  ['the net', 'https://example.test/things.json'],
  ['an anchor', '#thing'],
  ['the whole document', '#'],
  ['nothing', '#/components/schemas/Thin'],
  ['a name with an escape of URLs', '#/components/schemas/a%20b'],
  ['a name with an escape of JSON', '#/components/schemas/\\u0054hing'],
])('one that refers to %s is for a reader that walks through it', (_, written) => {
  expect(withReference(written)).toBe(false);
});

test('a key may be written with an escape, and YAML has no such marks: neither is told from the text', () => {
  expect(isWhole('{"x":{"\\u0024ref":"other.json"}}', { x: { $ref: 'other.json' } })).toBe(false);
  expect(isWhole('x:\n  $ref: other.json\n', { x: { $ref: 'other.json' } })).toBe(false);
});

test('a word is mentioned wherever it is a key, and nowhere as a value', () => {
  const deep = { paths: { '/things': { get: [{ schema: { readOnly: true } }] } } };
  expect(mentions(deep, 'readOnly')).toBe(true);
  expect(mentions(deep, 'writeOnly')).toBe(false);
  expect(mentions({ info: { title: 'example' } }, 'example')).toBe(false);
});
