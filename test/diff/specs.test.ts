// What a walk through two documents must not trip over.

import { expect, test } from 'vitest';
import { diffSpecs } from '../../src/diff/specs.ts';
import type { Json } from '../../src/model/json.ts';
import { answers, documentWith, patched, sends } from './document.ts';

/** `id field message` for each change. */
function told(old: Json, now: Json): string[] {
  return diffSpecs(documentWith(old), documentWith(now)).map(
    ({ id, field = '', message }) => `${id} ${field} ${message}`,
  );
}

const tree = (leaf: Json): Json => ({
  ...(answers({ $ref: '#/components/schemas/Tree' }) as object),
  components: {
    schemas: {
      Tree: {
        type: 'object',
        properties: {
          leaf,
          branches: { type: 'array', items: { $ref: '#/components/schemas/Tree' } },
        },
      },
    },
  },
});

test('a schema that holds itself comes to an end, and its change is told once', () => {
  expect(told(tree({ type: 'string' }), tree({ type: 'integer' }))).toEqual([
    'response-type-changed leaf "leaf" of the body of 200 was string, and is integer',
  ]);
});

test('a reference and its text are the same', () => {
  const text = { type: 'object', properties: { a: { type: 'string' } } };
  const named = {
    components: { schemas: { A: text } },
    ...(sends({ $ref: '#/components/schemas/A' }) as object),
  };
  expect(told(sends(text), named)).toEqual([]);
});

test('allOf is what all of it says together', () => {
  const parts = {
    allOf: [{ type: 'object', properties: { a: { type: 'string' } } }, { required: ['a'] }],
  };
  const whole = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] };
  expect(told(sends(parts), sends(whole))).toEqual([]);
});

test('an allOf that holds itself comes to an end', () => {
  const loop = (type: string): Json => ({
    ...(sends({ $ref: '#/components/schemas/A' }) as object),
    components: { schemas: { A: { allOf: [{ $ref: '#/components/schemas/A' }, { type }] } } },
  });
  expect(told(loop('string'), loop('boolean'))).toEqual([
    'request-type-changed  the body was string, and is boolean',
  ]);
});

test('nullable of 3.0 and the null type of 3.1 are the same', () => {
  const old = patched(sends({ type: 'string', nullable: true }), { openapi: '3.0.3' });
  expect(told(old, sends({ type: ['string', 'null'] }))).toEqual([]);
});

test('what only answers hold is no part of a request', () => {
  const id = (readOnly: boolean) => ({
    type: 'object',
    properties: { id: { type: 'string', readOnly } },
  });
  expect(told(sends(id(false)), sends(id(true)))).toEqual([
    'request-property-removed id "id" of the body is gone',
  ]);
  expect(told(answers(id(false)), answers(id(true)))).toEqual([]);
});

test('narrower for requests is compatible for answers, and the other way around', () => {
  const levels = (old: Json, now: Json) =>
    [sends, answers].map(
      (around) => diffSpecs(documentWith(around(old)), documentWith(around(now)))[0]?.level,
    );
  expect(levels({ type: 'number' }, { type: 'integer' })).toEqual([
    'breaking-request',
    'compatible',
  ]);
  expect(levels({ type: 'integer' }, { type: 'number' })).toEqual([
    'compatible',
    'breaking-response',
  ]);
  expect(levels({ enum: ['a'] }, { enum: ['a', 'b'] })).toEqual(['compatible', 'warning']);
});

test('wider formats of numbers are told as wider types', () => {
  const old = { type: 'integer', format: 'int32' };
  expect(told(sends(old), sends({ type: 'integer', format: 'int64' }))).toEqual([
    'request-type-widened  the body was int32, and is int64',
  ]);
});

test('shapes of a union go by the names of their schemas, wherever they stand', () => {
  const schema = (kind: string) => ({ type: 'object', properties: { [kind]: { type: 'string' } } });
  const schemas = { components: { schemas: { A: schema('a'), B: schema('b'), C: schema('c') } } };
  const union = (...names: string[]) => ({
    ...schemas,
    ...(answers({
      oneOf: names.map((name) => ({ $ref: `#/components/schemas/${name}` })),
    }) as object),
  });
  expect(told(union('A', 'B'), union('B', 'A'))).toEqual([]);
  expect(told(union('A', 'B'), union('B', 'C', 'A'))).toEqual([
    'response-union-member-added  the body of 200 can be C',
  ]);
});

test('what stands beside a reference counts, each time', () => {
  const named = (a: number, b: number): Json => ({
    components: { schemas: { Name: { type: 'string' } } },
    ...(sends({
      type: 'object',
      properties: {
        a: { $ref: '#/components/schemas/Name', maxLength: a },
        b: { $ref: '#/components/schemas/Name', maxLength: b },
      },
    }) as object),
  });
  expect(told(named(3, 3), named(4, 2))).toEqual([
    'request-limit-loosened a "a" of the body has maxLength 4, and had 3',
    'request-limit-tightened b "b" of the body has maxLength 2, and had 3',
  ]);
});

test('many operations over schemas that all hold each other are walked through', () => {
  const names = Array.from({ length: 12 }, (_, i) => `S${i}`);
  const ref = (i: number) => ({ $ref: `#/components/schemas/S${i % names.length}` });
  const holding = (leaf: string): Json => ({
    components: {
      schemas: Object.fromEntries(
        names.map((name, i) => [
          name,
          {
            type: 'object',
            properties: {
              leaf: { type: leaf },
              a: ref(i + 1),
              b: { type: 'array', items: ref(i * 7) },
            },
          },
        ]),
      ),
    },
    paths: Object.fromEntries(
      names.map((name, i) => [
        `/${name}`,
        {
          get: {
            operationId: name,
            responses: { '200': { content: { 'application/json': { schema: ref(i) } } } },
          },
        },
      ]),
    ),
  });
  const changes = diffSpecs(documentWith(holding('string')), documentWith(holding('integer')));
  expect(changes).toHaveLength(names.length * names.length);
});
