// Prism writes out what schemas name, which has no end where they all reach each other: it is given what has one.

import { expect, test } from 'vitest';
import type { JsonObject } from '../../src/model/json.ts';
import { prismAnswer } from '../../src/prism/engine.ts';
import { writtenOut } from '../../src/prism/written-out.ts';
import { parseSpec } from '../../src/spec/spec.ts';
import { largeDocument } from '../infer/large.ts';

test('an operation is answered whose schemas reach 150 others, and each other', async () => {
  const spec = parseSpec(JSON.stringify(largeDocument(1_200)), 'document.json');
  const operation = spec.operations.find(({ id }) => id === 'listThing7');
  if (operation === undefined) throw new Error('there is no such operation');
  const { status, body } = await prismAnswer(spec, operation, {
    method: 'GET',
    path: '/things7',
    query: new Map(),
    headers: {},
  });
  expect(status).toBe(200);
  const schema = operation.answers[0]?.contents.get('application/json') ?? false;
  expect(spec.schemas.validator(schema)(body)).toEqual([]);
});

test('where references have no end stands what is required, and nothing else', () => {
  const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
  const document: JsonObject = {
    components: {
      schemas: {
        Pet: {
          required: ['name', 'home'],
          properties: { name: { type: 'string' }, home: ref('Home'), friend: ref('Pet') },
          example: ref('Home'),
        },
        Home: {
          required: ['city'],
          properties: { city: { enum: ['Bonn', 'Ulm'] }, pets: { items: ref('Pet') } },
        },
      },
    },
  };
  const city = { enum: ['Bonn', 'Ulm'] };
  const least = { required: ['city'], properties: { city } };
  const pet = {
    required: ['name', 'home'],
    properties: { name: { type: 'string' }, home: least },
    example: ref('Home'),
  };
  const home = { required: ['city'], properties: { city, pets: { items: pet } } };
  expect(writtenOut(document, { schema: ref('Pet'), example: ref('Pet') })).toEqual({
    schema: { ...pet, properties: { ...pet.properties, home, friend: pet } },
    example: ref('Pet'),
  });
  expect(writtenOut(document, ref('Nobody'))).toEqual(ref('Nobody'));
});
