// Answers read as records: what one entry looks like, what a list of them, and what is wrapped around either.

import { fieldNames, fieldSchema } from '../contract/contract.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { ByName } from '../model/lazy.ts';
import { pointer } from '../model/pointer.ts';
import { SCHEMA_NAME } from '../schema/named.ts';
import type { Schema } from '../schema/validate.ts';
import { bodyKind } from '../spec/contents.ts';
import type { Answer, Operation } from '../spec/spec.ts';
import { sameName } from './words.ts';

/** A schema with the name, or the pointer, by which the document knows it. */
export interface Known {
  readonly schema: JsonObject;
  readonly name: string;
}

/** What is wrapped around a record or a list of them: the keys that lead to it. */
export interface Wrapped {
  readonly keys: readonly string[];
  readonly inner: Known;
}

/** The answer of a request that is accepted; undefined when the document has none. */
export function successAnswer({ answers }: Operation): Answer | undefined {
  return (
    answers.find(({ status }) => /^2\d\d$/.test(status)) ??
    answers.find(({ status }) => /^2xx$/i.test(status)) ??
    answers.find(({ status }) => status === 'default')
  );
}

/** The JSON schema of the accepted answer's body; undefined when it has no such body. */
export function successBody(operation: Operation): Known | undefined {
  if (!bodies.has(operation)) bodies.set(operation, bodyOf(operation));
  return bodies.get(operation);
}

/** Whoever guesses asks again and again. */
const bodies = new WeakMap<Operation, Known | undefined>();

function bodyOf(operation: Operation): Known | undefined {
  const answer = successAnswer(operation);
  for (const [type, schema] of answer?.contents ?? []) {
    if (bodyKind(type) !== 'json' || !isObject(schema)) continue;
    const at = ['paths', operation.path, operation.method.toLowerCase(), 'responses'];
    return named(schema, `#${pointer(...at, answer?.status ?? '', 'content', type, 'schema')}`);
  }
  return undefined;
}

/** The schema by its own name, if it has one; a union with null by that of its other member. */
export function named(schema: JsonObject, at: string): Known {
  const name = schema[SCHEMA_NAME];
  if (typeof name === 'string') return { schema, name };
  for (const word of ['anyOf', 'oneOf'] as const) {
    const members = schema[word];
    if (!Array.isArray(members)) continue;
    const i = members.findIndex((member: Json) => isObject(member) && member['type'] !== 'null');
    const other = members.filter((member: Json) => isObject(member) && member['type'] === 'null');
    const member = members[i];
    if (members.length === 2 && other.length === 1 && isObject(member)) {
      return named(member, `${at}/${word}/${i}`);
    }
  }
  return { schema, name: at };
}

function isList(schema: Schema | undefined): schema is JsonObject {
  if (!isObject(schema)) return false;
  const { type } = schema;
  if (Array.isArray(type) && type.length > 0) return type.includes('array');
  return type === 'array' || (type === undefined && schema['items'] !== undefined);
}

/** The entries of a list: of the array itself, or of the one array field of an object. */
export function listIn(body: Known | undefined, noun: string): Wrapped | undefined {
  if (body === undefined) return undefined;
  const known = lists.get(body) ?? new ByName((name) => listOf(body, name));
  lists.set(body, known);
  return known.get(noun);
}

/** By body and noun: a list is looked at when its resource is found, and again when it is bound. */
const lists = new WeakMap<Known, ByName<Wrapped | undefined>>();

function listOf(body: Known, noun: string): Wrapped | undefined {
  if (isList(body.schema)) return entries(body, []);
  const fields = fieldNames(body.schema);
  const lists = fields.filter((field) => isEntries(fieldSchema(body.schema, field)));
  const field =
    lists.find((one) => sameName(one, noun)) ??
    lists.find((one) => USUAL.includes(one)) ??
    (lists.length === 1 && !looksLikeRecord(fields) ? lists[0] : undefined);
  if (field !== undefined) {
    const inner = fieldSchema(body.schema, field) as JsonObject;
    return entries({ schema: inner, name: `${ref(body)}/properties/${field}` }, [field]);
  }
  // One level down: `{ data: { items: [] } }`, `{ _embedded: { pets: [] } }`.
  for (const outer of fields.filter((one) => OUTER.includes(one))) {
    const inner = fieldSchema(body.schema, outer);
    if (inner === undefined || isList(inner)) continue;
    const found = listIn(named(inner, `${ref(body)}/properties/${outer}`), noun);
    if (found !== undefined) return { ...found, keys: [outer, ...found.keys] };
  }
  return undefined;
}

const USUAL = [
  'data',
  'items',
  'results',
  'records',
  'entries',
  'values',
  'rows',
  'content',
  'list',
  'elements',
  'hits',
  'member',
  'resources',
  'Resources',
  'value',
];
const OUTER = ['data', 'result', 'response', 'payload', '_embedded', 'body'];

function ref({ name }: Known): string {
  return name.startsWith('#') ? name : `#${pointer('components', 'schemas', name)}`;
}

/** An object with an id is a record that has a list in it, not a list. */
function looksLikeRecord(fields: readonly string[]): boolean {
  return fields.some((field) => ['id', 'uuid', '_id', 'slug'].includes(field));
}

function isEntries(schema: JsonObject | undefined): boolean {
  if (!isList(schema)) return false;
  const items = schema['items'];
  return isObject(items) && (fieldNames(items).length > 0 || items['$ref'] !== undefined);
}

function entries(list: Known, keys: readonly string[]): Wrapped | undefined {
  const items = list.schema['items'];
  if (!isObject(items)) return undefined;
  const inner = named(items, `${ref(list)}/items`);
  return fieldNames(inner.schema).length === 0 ? undefined : { keys, inner };
}

/** Whether it is an object with fields. */
function isWhole(schema: JsonObject | undefined): boolean {
  return schema !== undefined && !isList(schema) && fieldNames(schema).length > 0;
}

/** The record in an answer: the whole body, or the one object that it is wrapped in. */
export function recordIn(body: Known | undefined, noun: string): Wrapped | undefined {
  if (body === undefined || isList(body.schema)) return undefined;
  const fields = fieldNames(body.schema);
  if (fields.length === 0) return undefined;
  const wraps = (field: string) =>
    (OUTER.includes(field) && fields.length <= 4) || (fields.length <= 3 && sameName(field, noun));
  const isRecord = fields.length > 4 || looksLikeRecord(fields);
  const wrapper = isRecord
    ? undefined
    : fields.find((field) => wraps(field) && isWhole(fieldSchema(body.schema, field)));
  if (wrapper === undefined) return { keys: [], inner: body };
  const schema = fieldSchema(body.schema, wrapper) as JsonObject;
  return { keys: [wrapper], inner: named(schema, `${ref(body)}/properties/${wrapper}`) };
}
