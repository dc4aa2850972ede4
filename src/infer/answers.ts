// What an operation answers with, where that is not just the record: a wrapper around it, another schema of it, or
// a few words on what was done.

import { fieldNames, fieldSchema } from '../contract/contract.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import type { Operation, Spec } from '../spec/spec.ts';
import { typesOf } from '../spec/styles.ts';
import { schemaName } from './document.ts';
import { constant } from './fields.ts';
import { type Found, isPlain } from './guess.ts';
import { type Known, recordIn, successBody } from './shapes.ts';
import { wordsOf } from './words.ts';

/** What stands beside the verb for it; empty where the record itself, or nothing, is answered. */
export function answerOf(spec: Spec, operation: Operation, found: Found): JsonObject {
  const body = successBody(operation);
  const wrapped = recordIn(body, found.place.noun);
  if (body === undefined || wrapped === undefined) return {};
  const { inner, keys } = wrapped;
  const name = schemaName(spec, inner.name);
  if (!isOfRecord(inner, name, found)) return { answer: done(body.schema, found) };
  return {
    ...(name === found.record.name || name === undefined ? {} : { show: name }),
    ...(keys.length === 0 ? {} : { answer: around(body, keys) }),
  };
}

/** Whether the answer is the record, in whichever schema. */
export function answersRecord(spec: Spec, operation: Operation, found: Found): boolean {
  const wrapped = recordIn(successBody(operation), found.place.noun);
  if (wrapped === undefined) return false;
  return isOfRecord(wrapped.inner, schemaName(spec, wrapped.inner.name), found);
}

function isOfRecord(
  { schema }: Known,
  name: string | undefined,
  { record, schemas }: Found,
): boolean {
  if (name === record.name) return true;
  if (name !== undefined && schemas.has(name)) return false;
  const known = fieldNames(record.schema);
  const fields = fieldNames(schema);
  const shared = fields.filter((field) => known.includes(field)).length;
  return shared >= 2 && shared * 2 >= fields.length;
}

function around(body: Known, keys: readonly string[]): Json {
  const [key = ''] = keys;
  return Object.fromEntries(
    fieldNames(body.schema).flatMap((field): [string, Json][] => {
      if (field === key) return [[field, '=self']];
      const value = word(field, fieldSchema(body.schema, field));
      return value === undefined ? [] : [[field, value]];
    }),
  );
}

/** An answer of a few words: the id, that it worked, and what never changes. */
function done(schema: JsonObject, { key, record }: Found): Json {
  const known = fieldNames(record.schema);
  return Object.fromEntries(
    fieldNames(schema).flatMap((field): [string, Json][] => {
      const own = fieldSchema(schema, field);
      const value =
        word(field, own) ??
        (known.includes(field) || field === key ? `=self[${JSON.stringify(field)}]` : undefined);
      return value === undefined ? [] : [[field, value]];
    }),
  );
}

const WORKED = [
  'success',
  'succeeded',
  'ok',
  'deleted',
  'removed',
  'acknowledged',
  'updated',
  'created',
];

function word(field: string, schema: JsonObject | undefined): Json | undefined {
  if (!isObject(schema)) return undefined;
  const fixed = constant(schema);
  if (fixed !== undefined) return isPlain(fixed) ? fixed : undefined;
  const types = typesOf(schema);
  const name = wordsOf(field).join('-');
  if (types.includes('boolean') && WORKED.includes(name)) return true;
  return types.includes('string') && name === 'message' ? 'done' : undefined;
}
