// The schemas of a document: those of OpenAPI 3.0, those that can't be kept as they are, circles, and directions.

import { expect, test } from 'vitest';
import type { JsonObject } from '../../src/model/json.ts';
import { parseSpec } from '../../src/spec/spec.ts';
import { faults } from './faults.ts';

const withSchema = (schema: object, openapi = '3.0.3') =>
  JSON.stringify({
    openapi,
    info: { title: 'T', version: '1' },
    paths: { '/x': {} },
    components: { schemas: { S: schema } },
  });

test.each<[schema: object, fits: unknown[], fails: unknown[]]>([
  [{ type: 'string', nullable: true }, [null, 'x'], [1]],
  [{ type: 'string', nullable: true, enum: ['a'] }, [null, 'a'], ['b']],
  [{ nullable: true }, [null, 1], []],
  [{ nullable: true, allOf: [{ type: 'object' }] }, [null, {}], [1]],
  [{ type: 'object', nullable: true, allOf: [{ required: ['a'] }] }, [null, { a: 1 }], [{}]],
  [{ type: 'integer', minimum: 1, exclusiveMinimum: true }, [2], [1]],
  [{ type: 'integer', minimum: 1, exclusiveMinimum: false }, [1], [0]],
  [{ type: 'number', maximum: 5, exclusiveMaximum: true }, [4.9], [5]],
  [{ type: 'file' }, ['x'], [1]],
  [{ type: 'string', pattern: '^a\\_b\\@$' }, ['a_b@'], ['b']],
  [
    {
      type: 'object',
      properties: { nullable: { type: 'boolean' }, example: { type: 'string', nullable: true } },
    },
    [{ nullable: true, example: null }],
    [{ nullable: 1 }],
  ],
])('the schema %j of OpenAPI 3.0', (schema, fits, fails) => {
  const spec = parseSpec(withSchema(schema), 'api.json');
  for (const value of fits) expect(faults(spec, value)).toEqual([]);
  for (const value of fails) expect(faults(spec, value)).not.toEqual([]);
});

test.each<[schema: JsonObject, line: string]>([
  [{ type: 'anything' }, '"anything" is no type of JSON Schema'],
  [{ type: 'string', required: true }, '"required" in a schema must list names'],
  [
    { type: 'string', pattern: '(' },
    'the pattern is no regular expression that can be checked here',
  ],
  [{ type: 'string', enum: [] }, '"enum" must list values'],
  [{ type: 'integer', minimum: 'one' }, 'minimum is no number that it can be'],
  [{ $dynamicRef: '#x' }, '$dynamicRef is not followed: anything fits there'],
])('what can not be kept of %j is said, and the rest is read', (schema, line) => {
  const spec = parseSpec(
    withSchema({ type: 'object', properties: { a: schema } }, '3.1.0'),
    'api.json',
  );
  expect(spec.notes.map(({ message }) => message)).toEqual([line]);
  expect(spec.notes[0]?.pointer).toMatch(/^\/components\/schemas\/S\/properties\/a/);
  expect(faults(spec, { a: 'x' }).length).toBeLessThan(2);
});

test('schemas that multiply beyond all bounds are read, and still hold', () => {
  const schemas = Object.fromEntries(
    Array.from({ length: 40 }, (_, i) => {
      const next = { $ref: `#/components/schemas/S${i + 1}` };
      return [`S${i}`, { type: 'object', properties: { a: next, b: next } }];
    }),
  );
  const components = { schemas: { ...schemas, S40: { type: 'string' } } };
  const document = { openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: {}, components };
  const spec = parseSpec(JSON.stringify(document), 'api.json');
  const check = spec.schemas.validator(spec.schema('S0') ?? false);
  const deep = (leaf: unknown) =>
    Array.from({ length: 40 }).reduce((inner) => ({ a: inner }), leaf);
  expect(check(deep('x'))).toEqual([]);
  expect(check(deep(1))).toMatchObject([{ says: 'must be string' }]);
});

test('what is only read or only written is not asked for in the other direction, however deep', () => {
  const person = {
    type: 'object',
    required: ['id', 'name', 'secret'],
    properties: {
      id: { type: 'string', readOnly: true },
      name: { type: 'string' },
      secret: { type: 'string', writeOnly: true },
      friend: { $ref: '#/components/schemas/Person' },
    },
  };
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/Person' } } };
  const spec = parseSpec(
    JSON.stringify({
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      paths: {
        '/p': {
          post: { requestBody: { content }, responses: { '200': { description: '', content } } },
        },
      },
      components: { schemas: { Person: person } },
    }),
    'api.json',
  );
  const [post] = spec.operations;
  const request = spec.schemas.validator(post?.body?.contents.get('application/json') ?? false);
  const answer = spec.schemas.validator(
    post?.answers[0]?.contents.get('application/json') ?? false,
  );
  const sent = {
    name: 'a',
    secret: 's',
    friend: { name: 'b', secret: 's', friend: { name: 'c', secret: 's' } },
  };
  const shown = {
    id: '1',
    name: 'a',
    friend: { id: '2', name: 'b', friend: { id: '3', name: 'c' } },
  };
  expect(request(sent)).toEqual([]);
  expect(request(shown).map(({ field }) => field)).toContain('friend.friend.secret');
  expect(answer(shown)).toEqual([]);
  expect(answer(sent).map(({ field }) => field)).toContain('friend.friend.id');
});
