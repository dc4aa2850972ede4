// A small document, and what a test changes of it.

import type { Json, JsonObject } from '../../src/model/json.ts';
import { isObject } from '../../src/model/json.ts';
import { parseSpec, type Spec } from '../../src/spec/spec.ts';

const BASE = {
  openapi: '3.1.0',
  info: { title: 'Shop', version: '1' },
  servers: [{ url: 'https://shop.example.test' }],
  paths: {
    '/items/{id}': {
      put: {
        operationId: 'putItem',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        responses: { '200': { description: 'done' } },
      },
    },
  },
};

/** The document with a merge patch; null takes away. */
export function documentWith(patch: Json): Spec {
  return parseSpec(JSON.stringify(patched(BASE, patch)), 'shop.json');
}

export function patched(value: Json, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const copy: Record<string, Json> = isObject(value) ? { ...value } : {};
  for (const [key, child] of Object.entries(patch)) {
    if (child === null) delete copy[key];
    else copy[key] = patched(copy[key] ?? {}, child);
  }
  return copy;
}

/** The same, with more of its one operation. */
export function operationWith(patch: JsonObject): Json {
  return { paths: { '/items/{id}': { put: patch } } };
}

const content = (schema: Json) => ({ 'application/json': { schema } });

/** A body of the schema that is sent. */
export function sends(schema: Json, more: JsonObject = {}): Json {
  return operationWith({ requestBody: { content: content(schema), ...more } });
}

/** A body of the schema that is answered. */
export function answers(schema: Json): Json {
  return operationWith({ responses: { '200': { content: content(schema) } } });
}

/** A query parameter of the schema. */
export function asks(schema: Json, more: JsonObject = {}): Json {
  return operationWith({
    parameters: [
      { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
      { name: 'q', in: 'query', schema, ...more },
    ],
  });
}
