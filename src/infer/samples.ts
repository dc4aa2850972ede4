// The smallest body of a create, for the tests to send.

import { fieldSchema, requiredFields } from '../contract/contract.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { completed } from '../schema/complete.ts';
import type { Schema } from '../schema/validate.ts';
import type { Spec } from '../spec/spec.ts';
import { typesOf } from '../spec/styles.ts';
import type { Reference } from './described.ts';
import { bodyExamples } from './document.ts';
import { type Bound, type Found, isPlain } from './guess.ts';
import { wordsOf } from './words.ts';

/** The smallest body that can be sent, which names other records where its fields do; `makable` has their ids. */
export function sampleOf(
  spec: Spec,
  { operation, more }: Bound,
  body: Schema | undefined,
  references: readonly Reference[],
  { name, key }: Found,
  makable: ReadonlyMap<string, string>,
): JsonObject {
  // A text is what the record's own field will be.
  if (typeof more['text'] === 'string') return { [more['text']]: '=fresh()' };
  if (body === undefined) return {};
  const fitted = completed(spec.schemas, body, {});
  const least = isObject(fitted) ? fitted : {};
  // What the members of a union ask for is not said by the body itself.
  const required = [...new Set([...requiredFields(body), ...Object.keys(least)])];
  const [example] = bodyExamples(spec, operation).filter(
    (one): one is JsonObject => isObject(one) && spec.schemas.validator(body)(one).length === 0,
  );
  const given: Record<string, Json> = {};
  for (const field of required) {
    const named = references.find(({ from }) => from === `${name}.${field}`)?.to;
    const to = named !== undefined && makable.has(named) ? named : undefined;
    const value = example?.[field] ?? least[field];
    if (to !== undefined) given[field] = `=${to}.${makable.get(to)}`;
    else if (isOwn(field, key) && isFree(body, field)) given[field] = '=fresh()';
    else if (value !== undefined && isPlain(value)) given[field] = value;
  }
  return given;
}

/** Texts that are the record's own: the tests know their records by them. */
const OWN = [
  'name',
  'title',
  'label',
  'description',
  'summary',
  'subject',
  'slug',
  'key',
  'handle',
];

function isOwn(field: string, key: string): boolean {
  return field === key || OWN.includes(wordsOf(field).at(-1) ?? '');
}

/** What bounds a text so that one that was made up may not fit. */
const BOUNDS = ['enum', 'const', 'pattern', 'format', 'maxLength', 'minLength'];

function isFree(body: Schema, field: string): boolean {
  const schema = fieldSchema(body, field);
  if (schema === undefined || !typesOf(schema).includes('string')) return false;
  const { maxLength, minLength } = schema;
  const bounds = BOUNDS.filter((word) => word in schema);
  const isLong = Number(maxLength ?? 100) >= 60 && Number(minLength ?? 0) <= 8;
  return isLong && bounds.every((word) => word.endsWith('Length'));
}
