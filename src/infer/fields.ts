// Fields guessed by their names and schemas: which is the id and how new ones look, which are times, which name
// another record.

import { fieldNames, fieldSchema, requiredFields } from '../contract/contract.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { ByName } from '../model/lazy.ts';
import type { Schema } from '../schema/validate.ts';
import { typesOf } from '../spec/styles.ts';
import { schemaExamples } from './document.ts';
import { isPlain } from './guess.ts';
import { nameKey, singular, wordKey, wordsOf } from './words.ts';

const ID_WORDS = ['id', 'uuid', 'guid', 'slug', 'key', 'code', 'name', 'number', 'sku', 'handle'];

export interface Key {
  readonly field: string;
  readonly why: string;
}

/** The field that holds the id of a record which a path names by this parameter. */
export function keyOf(record: Schema, parameter: string | undefined, noun: string): Key {
  // Only a field of that name is looked at: what the others refer to need not be resolved.
  const first = (isIt: (field: string) => boolean) =>
    fieldNames(record).find((field) => isIt(field) && isScalar(fieldSchema(record, field)));
  const said = (field: string, why: string): Key => ({ field, why });
  if (parameter !== undefined) {
    const own = first((field) => field === parameter);
    if (own !== undefined) return said(own, `the path's {${parameter}} is a field of the record`);
    const same = first((field) => wordKey(field) === wordKey(parameter));
    if (same !== undefined) return said(same, `the path's {${parameter}} is the field ${same}`);
    const last = wordsOf(parameter).at(-1) ?? '';
    const byWord = ID_WORDS.includes(last)
      ? first((field) => [last, `_${last}`].includes(field.toLowerCase()))
      : undefined;
    if (byWord !== undefined)
      return said(byWord, `{${parameter}} ends in "${last}", a field of the record`);
  }
  const owned = [`${nameKey(noun)}-id`, `${nameKey(noun)}-uuid`, `${nameKey(noun)}-key`];
  const usual =
    first((field) => ['id', '_id', 'ID', 'Id'].includes(field)) ??
    first((field) => owned.includes(wordKey(field))) ??
    first((field) => ['uuid', 'guid', 'slug', 'key', 'code', 'sid', 'token'].includes(field)) ??
    (parameter === undefined ? undefined : first((field) => field === 'name'));
  if (usual !== undefined) return said(usual, `the record has the field ${usual}`);
  const field = parameter ?? 'id';
  return said(field, `no field of the record looks like an id, so it is kept beside them`);
}

function isScalar(schema: Schema | undefined): boolean {
  return (
    schema !== undefined && !typesOf(schema).some((type) => type === 'object' || type === 'array')
  );
}

/** The template of a new id, and in words where it comes from. */
export function idOf(record: JsonObject, key: string, body: Schema | undefined): [string, string] {
  const schema = fieldSchema(record, key);
  const made = newId(schema);
  const sent = body === undefined ? undefined : fieldSchema(body, key);
  if (sent === undefined || sent['readOnly'] === true) return [`=${made}`, words(made)];
  const input = `input[${JSON.stringify(key)}]`;
  if (requiredFields(body).includes(key)) return [`=${input}`, 'sent by the caller'];
  return [`=${input} == null ? ${made} : ${input}`, `sent by the caller, else ${words(made)}`];
}

function words(made: string): string {
  if (made.includes('next()')) return 'counting up';
  return made.startsWith('uuid') ? 'a UUID' : 'a random text';
}

function newId(schema: JsonObject | undefined): string {
  if (schema === undefined) return 'uuid()';
  const types = typesOf(schema);
  if (types.includes('integer') || types.includes('number')) return 'next()';
  if (schema['format'] === 'uuid') return 'uuid()';
  const examples = schemaExamples(schema).filter((one): one is string => typeof one === 'string');
  const pattern = typeof schema['pattern'] === 'string' ? schema['pattern'] : undefined;
  const most = Number(schema['maxLength'] ?? Number.POSITIVE_INFINITY);
  const tried: [template: string, looks: string][] = [
    ...examples.flatMap((one) => looksLike(one)),
    ...prefixOf(pattern).map((prefix): [string, string] => [
      `nanoid('${prefix}')`,
      `${prefix}${'a1B'.repeat(7)}`,
    ]),
    ['uuid()', '3f2b8a10-5c1d-4e7a-9b0e-2a6c4d8e1f35'],
    ["nanoid('')", 'a1B'.repeat(7)],
    ["ulid('')", '01HZY3V5Q4T8W9X2K7M6N5P3R1'],
  ];
  const fits = ([, looks]: [string, string]) =>
    looks.length <= most && (pattern === undefined || tests(pattern, looks));
  return tried.find(fits)?.[0] ?? 'string(next())';
}

function looksLike(example: string): [string, string][] {
  if (/^[\da-f]{8}-[\da-f]{4}-/i.test(example)) return [['uuid()', example]];
  if (/^\d+$/.test(example)) return [['string(next())', example]];
  const prefix = /^([A-Za-z]{1,12}[_-])[\w-]*\w$/.exec(example)?.[1];
  return prefix === undefined ? [] : [[`nanoid('${prefix}')`, prefix + 'a1B'.repeat(7)]];
}

function prefixOf(pattern: string | undefined): string[] {
  const prefix = /^\^([A-Za-z]+[_-])/.exec(pattern ?? '')?.[1];
  return prefix === undefined ? [] : [prefix];
}

function tests(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(text);
  } catch {
    return false;
  }
}

const MADE = /^(created|creation|inserted|added|registered)/;
const CHANGED = /^(updated|modified|last-?updated|last-?modified|changed)/;
const TIME = /^(at|on|date|time|timestamp|datetime|utc)$/;

/** What the field's name says of a time: that of the creation, or of the last change; undefined for others. */
export function timeOf(field: string): 'created' | 'updated' | undefined {
  return times.get(field);
}

const times = new ByName((field) => {
  const all = wordsOf(field);
  const bare = all.filter((word) => !TIME.test(word)).join('-');
  if (bare === '' || bare.split('-').length > 2) return undefined;
  if (
    /^(created|creation|inserted|date-created)$/.test(bare) ||
    (MADE.test(bare) && all.length > 1 && !/-by|-from/.test(bare))
  ) {
    return bare.split('-').length === 1 ? 'created' : undefined;
  }
  return CHANGED.test(bare) && !/-by$/.test(bare) ? 'updated' : undefined;
});

/** The template of the time now in the field's type; undefined when it can hold none. */
export function nowFor(schema: JsonObject): string | undefined {
  const types = typesOf(schema);
  if (types.includes('integer') || types.includes('number')) return '=int(instant(now) / 1000.0)';
  if (!types.includes('string')) return undefined;
  if (schema['format'] === 'date') return '=now.substring(0, 10)';
  return schema['format'] === undefined || schema['format'] === 'date-time' ? '=now' : undefined;
}

/** What every new record begins with and what every change sets, by the names and defaults of the fields. */
export function startOf(record: JsonObject, key: string, body: Schema | undefined) {
  const start: Record<string, Json> = {};
  const touch: Record<string, Json> = {};
  for (const field of fieldNames(record)) {
    const schema = fieldSchema(record, field);
    if (!isObject(schema) || field === key) continue;
    const sent = body === undefined ? undefined : fieldSchema(body, field);
    const isOwn = sent === undefined || sent['readOnly'] === true;
    const time = timeOf(field);
    const now = time === undefined ? undefined : nowFor(schema);
    if (now !== undefined) {
      start[field] = now;
      if (time === 'updated' && isOwn) touch[field] = now;
      continue;
    }
    const value = constant(schema) ?? sent?.['default'] ?? schema['default'];
    if (value !== undefined && value !== null && isPlain(value)) start[field] = value;
  }
  return { start, touch };
}

/** The one value that the schema takes; undefined when it takes more. */
export function constant(schema: JsonObject): Json | undefined {
  if (schema['const'] !== undefined) return schema['const'];
  const values = schema['enum'];
  return Array.isArray(values) && values.length === 1 ? (values[0] as Json) : undefined;
}

/** What a field names by its own name: `customer_id` -> `customer`; undefined when its name is not of that kind. */
export function namedBy(field: string): string | undefined {
  const words = wordsOf(field);
  if (!['id', 'uuid', 'key'].includes(words.at(-1) ?? '')) return undefined;
  const wanted = [...words.slice(0, -2), ...words.slice(-2, -1).map(singular)].join('-');
  return wanted === '' ? undefined : wanted;
}
