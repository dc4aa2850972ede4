// Schemas of OpenAPI 3.0, and of documents that are a little wrong, as JSON Schema 2020-12. What can't be kept
// is left out and noted: the reader of the notes tells the user.

import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { isNames, type Path } from './references.ts';

/** Something in the document that is not played, or was mended. */
export interface Note {
  readonly path: Path;
  readonly says: string;
}

type Report = (path: Path, says: string) => void;
type Keywords = Record<string, Json>;

/** The document with its schemas mended; the same object where nothing had to be. */
export function normalise(document: JsonObject, report: Report): JsonObject {
  return walk(document, [], false, report) as JsonObject;
}

const TYPES = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];
const SCHEMA_WORDS = ['properties', 'allOf', 'anyOf', 'oneOf', 'items', 'nullable', 'enum'];
/** What holds values and no schemas. */
const VALUES = ['example', 'examples', 'default', 'enum', 'const'];
/** Keys below which a schema, or names of schemas, or a list of them, stands. */
const ONE = ['schema', 'items', 'not', 'additionalProperties', 'if', 'then', 'else', 'contains'];
const BY_NAME = ['properties', 'patternProperties', 'schemas', '$defs', 'dependentSchemas'];
const LISTED = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];

function walk(value: Json, path: Path, inSchema: boolean, report: Report): Json {
  if (Array.isArray(value)) {
    const items = value.map((item: Json, i: number) => walk(item, [...path, i], inSchema, report));
    return items.every((item, i) => item === value[i]) ? value : items;
  }
  if (!isObject(value)) return value;
  const named = isNames(path.at(-1));
  const entries = Object.entries(value).map(([key, child]): [string, Json] => {
    if (!named && VALUES.includes(key)) return [key, child];
    return [key, walk(child, [...path, key], named || leadsToSchema(key), report)];
  });
  const same = entries.every(([key, child]) => child === value[key]);
  const copy = same ? value : (Object.fromEntries(entries) as JsonObject);
  if (named || path.length === 0 || BY_NAME.includes(String(path.at(-1)))) return copy;
  return inSchema || looksLikeSchema(copy) ? mended(copy, path, report) : copy;
}

function leadsToSchema(key: string): boolean {
  return ONE.includes(key) || LISTED.includes(key);
}

function looksLikeSchema(value: JsonObject): boolean {
  return (
    TYPES.includes(String(value['type'])) || SCHEMA_WORDS.some((word) => Object.hasOwn(value, word))
  );
}

function mended(schema: JsonObject, path: Path, report: Report): JsonObject {
  const steps = [withType, withBounds, withPattern, withLists, withoutIds, withNull];
  return steps.reduce((known, step) => step(known, path, report), schema);
}

const OTHER_TYPES: Readonly<Record<string, JsonObject>> = {
  file: { type: 'string', format: 'binary' },
  int: { type: 'integer' },
  long: { type: 'integer' },
  float: { type: 'number' },
  double: { type: 'number' },
  bool: { type: 'boolean' },
  date: { type: 'string', format: 'date' },
  datetime: { type: 'string', format: 'date-time' },
};

function withType(schema: JsonObject, path: Path, report: Report): JsonObject {
  const { type, ...rest } = schema;
  if (type === undefined || TYPES.includes(String(type))) return schema;
  if (Array.isArray(type) && type.every((one) => TYPES.includes(String(one)))) return schema;
  const other = typeof type === 'string' ? OTHER_TYPES[type] : undefined;
  report([...path, 'type'], `${JSON.stringify(type)} is no type of JSON Schema`);
  return other === undefined ? rest : { ...rest, ...other };
}

const BOUNDS = [
  ['minimum', 'exclusiveMinimum'],
  ['maximum', 'exclusiveMaximum'],
] as const;
const COUNTS = ['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties'];
const NUMBERS = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'];

function withBounds(schema: JsonObject, path: Path, report: Report): JsonObject {
  let copy: Keywords | undefined;
  for (const [bound, exclusive] of BOUNDS) {
    const flag = schema[exclusive];
    if (typeof flag !== 'boolean') continue;
    copy ??= { ...schema };
    delete copy[exclusive];
    if (!flag || typeof schema[bound] !== 'number') continue;
    copy[exclusive] = schema[bound];
    delete copy[bound];
  }
  for (const word of [...NUMBERS, ...COUNTS]) {
    const value = (copy ?? schema)[word];
    const fits = typeof value === 'number' && (NUMBERS.includes(word) || value >= 0);
    if (value === undefined || (fits && (word !== 'multipleOf' || value > 0))) continue;
    copy ??= { ...schema };
    report([...path, word], `${word} is no number that it can be`);
    delete copy[word];
  }
  return copy ?? schema;
}

function withPattern(schema: JsonObject, path: Path, report: Report): JsonObject {
  const { pattern, ...rest } = schema;
  if (pattern === undefined || (typeof pattern === 'string' && compiles(pattern))) return schema;
  // Escapes that mean nothing are errors only in Unicode mode, which JSON Schema asks for.
  const bare = String(pattern).replace(/\\([^A-Za-z\d\s^$\\.*+?()[\]{}|/-])/g, '$1');
  if (compiles(bare)) return { ...rest, pattern: bare };
  report([...path, 'pattern'], 'the pattern is no regular expression that can be checked here');
  return rest;
}

function compiles(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u');
    return true;
  } catch {
    return false;
  }
}

function withLists(schema: JsonObject, path: Path, report: Report): JsonObject {
  const copy: Keywords = { ...schema };
  const { required, items, enum: values } = schema;
  let changed = false;
  const drop = (word: string, says: string) => {
    report([...path, word], says);
    delete copy[word];
    changed = true;
  };
  if (required !== undefined && !isTexts(required)) {
    drop('required', '"required" in a schema must list names');
  }
  if (isTexts(required) && new Set(required).size < required.length) {
    copy['required'] = [...new Set(required)];
    changed = true;
  }
  if (values !== undefined && (!Array.isArray(values) || values.length === 0)) {
    drop('enum', '"enum" must list values');
  }
  if (Array.isArray(items)) {
    delete copy['items'];
    copy['prefixItems'] = items;
    changed = true;
  }
  for (const word of LISTED) {
    const members = schema[word];
    if (members !== undefined && (!Array.isArray(members) || members.length === 0)) {
      drop(word, `"${word}" must list schemas`);
    }
  }
  return changed ? copy : schema;
}

function isTexts(value: Json | undefined): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

const IDS = ['$id', '$anchor', '$dynamicAnchor', '$schema', '$vocabulary'];

/** One document is one space of references here; what names another has no meaning. */
function withoutIds(schema: JsonObject, path: Path, report: Report): JsonObject {
  const dynamic = schema['$dynamicRef'] !== undefined || schema['$recursiveRef'] !== undefined;
  if (!dynamic && !IDS.some((word) => Object.hasOwn(schema, word))) return schema;
  if (dynamic) report(path, '$dynamicRef is not followed: anything fits there');
  const gone = [...IDS, '$dynamicRef', '$recursiveRef'];
  return Object.fromEntries(Object.entries(schema).filter(([key]) => !gone.includes(key)));
}

function withNull(schema: JsonObject): JsonObject {
  const { nullable, ...rest } = schema;
  if (typeof nullable !== 'boolean') return schema;
  if (!nullable) return rest;
  if (['$ref', 'allOf', 'anyOf', 'oneOf'].some((word) => Object.hasOwn(rest, word))) {
    return { anyOf: [rest, { type: 'null' }] };
  }
  const { type, enum: values } = rest;
  const more = Array.isArray(values) && !values.includes(null) ? { enum: [...values, null] } : {};
  return { ...rest, ...(typeof type === 'string' ? { type: [type, 'null'] } : {}), ...more };
}
