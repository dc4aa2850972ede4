// How parameters are written: every style, with and without explode, each read back into its schema's types.

import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../src/model/json.ts';
import { parseQuery } from '../../src/server/request.ts';
import { nested } from '../../src/spec/brackets.ts';
import { parseSpec } from '../../src/spec/spec.ts';
import { readParameter } from '../../src/spec/styles.ts';

const numbers = { type: 'array', items: { type: 'integer' } };
const words = { type: 'array', items: { type: 'string' } };
const point = { type: 'object', properties: { x: { type: 'integer' }, y: { type: 'integer' } } };

function parameterOf(item: JsonObject) {
  const path = item['in'] === 'path' ? '/x/{p}' : '/x';
  const spec = parseSpec(
    JSON.stringify({
      openapi: '3.1.0',
      info: { title: 'One', version: '1' },
      paths: { [path]: { get: { parameters: [{ name: 'p', ...item }], responses: {} } } },
    }),
    'one.json',
  );
  const [parameter] = spec.operations[0]?.parameters ?? [];
  if (parameter === undefined) throw new Error('the document has one parameter');
  return parameter;
}

describe('a query', () => {
  test.each<[schema: JsonObject, style: JsonObject, query: string, value: Json | undefined]>([
    [{ type: 'integer' }, {}, 'p=3', 3],
    [{ type: 'number' }, {}, 'p=1e3', 1000],
    [{ type: 'boolean' }, {}, 'p=true', true],
    [{ type: 'string' }, {}, 'p=3', '3'],
    [{ type: 'string' }, {}, 'p=a&p=b', 'b'],
    [{ type: 'integer' }, {}, 'p=x', 'x'],
    [{ type: 'integer' }, {}, 'q=1', undefined],
    [{ enum: [1, 2] }, {}, 'p=2', 2],
    [{ anyOf: [{ type: 'integer' }, { type: 'null' }] }, {}, 'p=2', 2],
    [numbers, {}, 'p=1&p=2', [1, 2]],
    [numbers, {}, 'p=1', [1]],
    [words, {}, 'p=a,b', ['a,b']],
    [words, { explode: false }, 'p=a,b', ['a', 'b']],
    [numbers, { style: 'spaceDelimited', explode: false }, 'p=1%202', [1, 2]],
    [numbers, { style: 'pipeDelimited', explode: false }, 'p=1|2', [1, 2]],
    [point, {}, 'x=1&y=2', { x: 1, y: 2 }],
    [point, {}, 'z=1', undefined],
    [point, { explode: false }, 'p=x,1,y,2', { x: 1, y: 2 }],
    [point, { style: 'deepObject', explode: true }, 'p[x]=1&p[y]=2', { x: 1, y: 2 }],
    [
      { type: 'object', properties: { a: { type: 'object', properties: { b: numbers } } } },
      { style: 'deepObject' },
      'p[a][b][]=1&p[a][b][]=2',
      { a: { b: [1, 2] } },
    ],
  ])('of %j written %j as %s', (schema, style, query, value) => {
    const parameter = parameterOf({ in: 'query', schema, ...style });
    expect(readParameter(parameter, parseQuery(query))).toEqual(value);
  });

  test('with a content is JSON', () => {
    const content = { 'application/json': { schema: point } };
    const parameter = parameterOf({ in: 'query', content });
    expect(readParameter(parameter, parseQuery('p=%7B%22x%22%3A1%7D'))).toEqual({ x: 1 });
  });
});

test.each<[where: string, schema: JsonObject, style: JsonObject, text: string, value: Json]>([
  ['header', words, {}, 'a,b', ['a', 'b']],
  ['header', point, {}, 'x,1,y,2', { x: 1, y: 2 }],
  ['header', point, { explode: true }, 'x=1,y=2', { x: 1, y: 2 }],
  ['cookie', words, { explode: false }, 'a,b', ['a', 'b']],
  ['path', numbers, {}, '1,2', [1, 2]],
  ['path', numbers, { style: 'label', explode: true }, '.1.2', [1, 2]],
  ['path', numbers, { style: 'label' }, '.1,2', [1, 2]],
  ['path', { type: 'integer' }, { style: 'matrix' }, ';p=5', 5],
  ['path', numbers, { style: 'matrix' }, ';p=1,2', [1, 2]],
  ['path', numbers, { style: 'matrix', explode: true }, ';p=1;p=2', [1, 2]],
  ['path', point, { style: 'matrix', explode: true }, ';x=1;y=2', { x: 1, y: 2 }],
])('a %s of %j written %j as %s', (where, schema, style, text, value) => {
  const parameter = parameterOf({ in: where, schema, ...style });
  expect(readParameter(parameter, new Map([['p', [text]]]))).toEqual(value);
});

test.each<[pairs: [string, string][], value: JsonObject]>([
  [[['a', '1']], { a: '1' }],
  [
    [
      ['a[b]', '1'],
      ['a[c][d]', '2'],
    ],
    { a: { b: '1', c: { d: '2' } } },
  ],
  [
    [
      ['a[]', '1'],
      ['a[]', '2'],
    ],
    { a: ['1', '2'] },
  ],
  [
    [
      ['a[0][x]', '1'],
      ['a[1][x]', '2'],
    ],
    { a: [{ x: '1' }, { x: '2' }] },
  ],
  [[['a[2]', 'x']], { a: { 2: 'x' } }],
  [
    [
      ['a', '1'],
      ['a', '2'],
      ['a', '3'],
    ],
    { a: ['1', '2', '3'] },
  ],
  [
    [
      ['a[', '1'],
      ['[b]', '2'],
    ],
    { 'a[': '1', '[b]': '2' },
  ],
  [
    [
      ['a', '1'],
      ['a[b]', '2'],
    ],
    { a: { b: '2' } },
  ],
])('the pairs %j are %j', (pairs, value) => {
  expect(nested(pairs)).toEqual(value);
});

test('names are only names, and brackets without end are one', () => {
  const read = nested([
    ['__proto__[x]', '1'],
    [`a${'[b]'.repeat(100)}`, '2'],
  ]);
  expect(Object.keys(read)).toEqual(['__proto__', `a${'[b]'.repeat(100)}`]);
  expect(({} as Record<string, unknown>)['x']).toBeUndefined();
});
