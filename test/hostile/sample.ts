// Bodies that are taken, or look as if: made from records that are shown, or from the schema.

import fc from 'fast-check';
import { isObject, type Json, type JsonObject } from '../../src/model/json.ts';
import type { Schema } from '../../src/schema/validate.ts';
import type { Operation } from '../../src/spec/spec.ts';
import { TEXTS } from './values.ts';

/** The schema of the operation's body, and its fields. */
export function bodyOf({
  body,
}: Operation): { schema: JsonObject; fields: JsonObject } | undefined {
  const [schema] = body?.contents.values() ?? [];
  if (!isObject(schema)) return undefined;
  const members = [schema, ...((schema['allOf'] ?? []) as JsonObject[])];
  const fields = members.map((member) => (member['properties'] ?? {}) as JsonObject);
  return { schema, fields: Object.assign({}, ...fields) };
}

/**
 * For each record a body of its fields, those with the most of them first. Where it lacks some that a
 * body must have, each of the ids takes their place in turn.
 */
export function rowBodies(
  operation: Operation,
  rows: readonly JsonObject[],
  ids: readonly string[] = [],
): JsonObject[] {
  const body = bodyOf(operation);
  if (body === undefined) return [];
  const required = (body.schema['required'] ?? []) as string[];
  return rows
    .map((row) => withOnly(row, body.fields))
    .filter((own) => Object.keys(own).length > 0)
    .flatMap((own) => {
      const lacking = required.filter((field) => own[field] === undefined);
      if (lacking.length === 0) return [own];
      if (lacking.length === required.length) return [];
      return ids.map((id) => ({ ...own, ...Object.fromEntries(lacking.map((key) => [key, id])) }));
    })
    .sort((a, b) => Object.keys(b).length - Object.keys(a).length);
}

function withOnly(row: JsonObject, fields: JsonObject): JsonObject {
  const own = Object.entries(row).filter(([field]) => Object.hasOwn(fields, field));
  return Object.fromEntries(own.filter(([, value]) => value !== null));
}

/** The body with the mark in every text that may be any text, before the @ of an address. */
export function marked(
  operation: Operation,
  body: JsonObject,
  mark: string,
  ids: ReadonlySet<string>,
): JsonObject {
  const fields: JsonObject = bodyOf(operation)?.fields ?? {};
  const isFree = (field: string, value: Json) => {
    const schema = fields[field];
    if (typeof value !== 'string' || !isObject(schema) || ids.has(value)) return false;
    if (!/name|key|title|description|number$|email/i.test(field)) return false;
    return !('enum' in schema || 'pattern' in schema);
  };
  return Object.fromEntries(
    Object.entries(body).map(([field, value]) => [
      field,
      isFree(field, value) ? `${value}`.replace(/(?=@)|$/, mark) : value,
    ]),
  );
}

/** Values that fit the schema; texts come from the words, and from the hostile ones now and then. */
export function fitting(schema: Schema, words: readonly string[]): fc.Arbitrary<Json> {
  if (!isObject(schema)) return fc.constant(null);
  const oneOf = (schema['oneOf'] ?? schema['anyOf']) as Schema[] | undefined;
  if (oneOf !== undefined) return fc.oneof(...oneOf.map((member) => fitting(member, words)));
  if (schema['const'] !== undefined) return fc.constant(schema['const']);
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as Json[]));
  const types = [schema['type'] ?? 'object'].flat() as string[];
  return fc.oneof(...types.map((type) => ofType(type, schema, words)));
}

function ofType(type: string, schema: JsonObject, words: readonly string[]): fc.Arbitrary<Json> {
  const from = Number(schema['minimum'] ?? schema['exclusiveMinimum'] ?? -5);
  const to = Math.max(from, Number(schema['maximum'] ?? 1_000));
  switch (type) {
    case 'object':
      return ofObject(schema, words);
    case 'array':
      return fc.array(fitting((schema['items'] ?? true) as Schema, words), { maxLength: 3 });
    case 'integer':
      return fc.integer({ min: Math.ceil(from), max: to });
    case 'number':
      return fc.double({ min: from, max: to, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'string':
      return ofText(schema, words);
    default:
      return fc.constant(null);
  }
}

function ofText({ format }: JsonObject, words: readonly string[]): fc.Arbitrary<Json> {
  const date = { min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true };
  if (format === 'date-time') return fc.date(date).map((at) => at.toISOString());
  if (format === 'date') return fc.date(date).map((at) => at.toISOString().slice(0, 10));
  return fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...words) },
    { weight: 3, arbitrary: fc.string({ maxLength: 12 }) },
    { weight: 1, arbitrary: fc.constantFrom(...TEXTS) },
  );
}

function ofObject(schema: JsonObject, words: readonly string[]): fc.Arbitrary<Json> {
  const { required = [], additionalProperties } = schema;
  const members = [schema, ...((schema['allOf'] ?? []) as JsonObject[])];
  const fields = members.flatMap((member) =>
    Object.entries((member['properties'] ?? {}) as object),
  );
  const known = fc.record(
    Object.fromEntries(fields.map(([name, child]) => [name, fitting(child as Schema, words)])),
    { requiredKeys: (required as string[]).filter((name) => fields.some(([own]) => own === name)) },
  ) as fc.Arbitrary<JsonObject>;
  if (!isObject(additionalProperties)) return known;
  const value = fitting(additionalProperties, words);
  const more = fc.array(fc.tuple(fc.constantFrom(...TEXTS, ...words), value), { maxLength: 3 });
  return fc
    .tuple(known, more)
    .map(([own, others]) => ({ ...Object.fromEntries(others), ...own }) as JsonObject);
}
