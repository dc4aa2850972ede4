// What a path says, in all styles, and what becomes of a value that can be none: it names no record, or, where the
// document states that, the request is wrong.

import { expect, test } from 'vitest';
import { guessed } from './guessed.ts';

const whole = { type: 'integer', minimum: 1 };
const thing = {
  type: 'object',
  required: ['id', 'name'],
  properties: { id: { type: 'integer' }, name: { type: 'string' } },
};
const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const said = (...statuses: string[]) => ({
  responses: {
    '200': { description: 'It', ...json(thing) },
    ...Object.fromEntries(statuses.map((status) => [status, { description: 'No' }])),
  },
});
const made = {
  requestBody: {
    required: true,
    ...json({ type: 'object', properties: { name: { type: 'string' } } }),
  },
  responses: { '201': { description: 'Made', ...json(thing) } },
};
const inPath = (name: string, more: object = {}) => ({
  ...{ name, in: 'path', required: true, schema: whole },
  ...more,
});

/** One collection by each style, and one in something that is no resource. */
const document = {
  openapi: '3.1.0',
  info: { title: 'Paths', version: '1' },
  paths: {
    '/plain': { post: { operationId: 'addPlain', ...made } },
    '/plain/{id}': {
      parameters: [inPath('id')],
      get: { operationId: 'getPlain', ...said('404') },
      delete: { operationId: 'dropPlain', ...said('400', '404') },
    },
    '/labels': { post: { operationId: 'addLabel', ...made } },
    '/labels/{id}': {
      parameters: [inPath('id', { style: 'label' })],
      get: { operationId: 'getLabel', ...said('404') },
    },
    '/matrix': { post: { operationId: 'addMatrix', ...made } },
    '/matrix/{id}': {
      parameters: [inPath('id', { style: 'matrix', explode: true })],
      get: { operationId: 'getMatrix', ...said('404') },
    },
    '/halls/{hall}/seats': {
      parameters: [inPath('hall')],
      post: { operationId: 'addSeat', ...made },
      get: {
        operationId: 'listSeats',
        responses: { '200': { description: 'All', ...json({ type: 'array', items: thing }) } },
      },
    },
  },
};

test('a value that is no id names nothing, or is refused where the document says that it can be', async () => {
  const { ask } = guessed(document);
  const { id } = (await ask('POST /plain', { name: 'a' })).body;
  expect((await ask(`GET /plain/${id}`)).body).toEqual({ id, name: 'a' });
  for (const value of ['abc', '0', '1.5', '%20', 'null'])
    expect((await ask(`GET /plain/${value}`)).status).toBe(404);
  for (const value of ['abc', '0', '1.5'])
    expect((await ask(`DELETE /plain/${value}`)).status).toBe(400);
  expect((await ask('DELETE /plain/999')).status).toBe(404);
  expect((await ask(`DELETE /plain/${id}`)).status).toBe(200);
});

test('what its style puts around a value is no part of it', async () => {
  const { ask } = guessed(document);
  const label = (await ask('POST /labels', { name: 'a' })).body;
  expect((await ask(`GET /labels/.${label.id}`)).body).toEqual(label);
  const matrix = (await ask('POST /matrix', { name: 'b' })).body;
  expect((await ask(`GET /matrix/;id=${matrix.id}`)).body).toEqual(matrix);
  expect((await ask('GET /matrix/;id=abc')).status).toBe(404);
});

test('a value that names no record must fit all the same', async () => {
  const { ask } = guessed(document);
  const seat = (await ask('POST /halls/1/seats', { name: 'A1' })).body;
  expect((await ask('GET /halls/1/seats')).body).toEqual([seat]);
  expect((await ask('GET /halls/2/seats')).body).toEqual([]);
  expect((await ask('POST /halls/first/seats', { name: 'A1' })).status).toBe(400);
  expect((await ask('GET /halls/first/seats')).status).toBe(400);
});
