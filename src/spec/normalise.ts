// Schemas of OpenAPI 3.0, and of documents that are a little wrong, as JSON Schema 2020-12. What can't be kept
// is left out and noted: the reader of the notes tells the user.

import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { changeChildren } from './children.ts';
import { isNames, type Path } from './references.ts';

type Report = (path: Path, says: string) => void;
type Keywords = Record<string, Json>;

/** The document with its schemas mended, where they stand. */
export function normalise(document: JsonObject, report: Report): JsonObject {
  return walk(document, [], false, report) as JsonObject;
}

const TYPES = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];
const SCHEMA_WORDS = new Set([
  ...['properties', 'allOf', 'anyOf', 'oneOf', 'items', 'nullable', 'enum'],
]);
/** What holds values and no schemas. */
const VALUES = new Set(['example', 'examples', 'default', 'enum', 'const']);
/** Keys below which a schema, or names of schemas, or a list of them, stands. */
const ONE = ['schema', 'items', 'not', 'additionalProperties', 'if', 'then', 'else', 'contains'];
const BY_NAME = new Set([
  'properties',
  'patternProperties',
  'schemas',
  '$defs',
  'dependentSchemas',
]);
const LISTED = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const LEADING = new Set([...ONE, ...LISTED]);

/** `path` leads to the value, and does again when it is walked. */
function walk(value: Json, path: (string | number)[], inSchema: boolean, report: Report): Json {
  if (!isObject(value) && !Array.isArray(value)) return value;
  const last = path.at(-1);
  const named = isNames(last);
  changeChildren(value, (key, child) => {
    const word = typeof key === 'number' ? undefined : key;
    if (word !== undefined && !named && VALUES.has(word)) return child;
    path.push(key);
    const isSchema = word === undefined ? inSchema : named || LEADING.has(word);
    const own = walk(child, path, isSchema, report);
    path.pop();
    return own;
  });
  if (!isObject(value) || named || last === undefined || BY_NAME.has(String(last))) return value;
  return inSchema || looksLikeSchema(value) ? mended(value, path, report) : value;
}

function looksLikeSchema(value: JsonObject): boolean {
  for (const key in value) if (SCHEMA_WORDS.has(key)) return true;
  return TYPES.includes(String(value['type']));
}

const STEPS = [withType, withBounds, withPattern, withLists, withoutIds, withNull];

function mended(schema: JsonObject, path: Path, report: Report): JsonObject {
  for (const word in schema) {
    if (!IS_PLAIN.has(word) && !(word === 'type' && TYPES.includes(String(schema.type)))) {
      return STEPS.reduce((known, step) => step(known, path, report), schema);
    }
  }
  return schema;
}

/** Words that no step looks at: most schemas have no others beside their type. */
const IS_PLAIN = new Set([
  ...['$ref', 'properties', 'additionalProperties', 'title', 'description', 'format'],
  ...['default', 'example', 'readOnly', 'writeOnly', 'deprecated'],
]);

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
  const { type } = schema;
  if (type === undefined || TYPES.includes(String(type))) return schema;
  if (Array.isArray(type) && type.every((one) => TYPES.includes(String(one)))) return schema;
  const { type: _, ...rest } = schema;
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
const BOUNDED = [...NUMBERS, ...COUNTS];

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
  for (const word of BOUNDED) {
    const value = (copy ?? schema)[word];
    if (value === undefined) continue;
    const fits = typeof value === 'number' && (NUMBERS.includes(word) || value >= 0);
    if (fits && (word !== 'multipleOf' || value > 0)) continue;
    copy ??= { ...schema };
    report([...path, word], `${word} is no number that it can be`);
    delete copy[word];
  }
  return copy ?? schema;
}

function withPattern(schema: JsonObject, path: Path, report: Report): JsonObject {
  const { pattern } = schema;
  if (pattern === undefined || (typeof pattern === 'string' && compiles(pattern))) return schema;
  // Escapes that mean nothing are errors only in Unicode mode, which JSON Schema asks for.
  const { pattern: _, ...rest } = schema;
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
  let copy: Keywords | undefined;
  const put = (word: string, value?: Json) => {
    copy ??= { ...schema };
    if (value === undefined) delete copy[word];
    else copy[word] = value;
  };
  const drop = (word: string, says: string) => {
    report([...path, word], says);
    put(word);
  };
  const { required, items, enum: values } = schema;
  if (required !== undefined && !isTexts(required)) {
    drop('required', '"required" in a schema must list names');
  }
  if (isTexts(required) && new Set(required).size < required.length) {
    put('required', [...new Set(required)]);
  }
  if (values !== undefined && (!Array.isArray(values) || values.length === 0)) {
    drop('enum', '"enum" must list values');
  }
  if (Array.isArray(items)) {
    put('items');
    put('prefixItems', items);
  }
  for (const word of LISTED) {
    const members = schema[word];
    if (members !== undefined && (!Array.isArray(members) || members.length === 0)) {
      drop(word, `"${word}" must list schemas`);
    }
  }
  return copy ?? schema;
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
  if (typeof schema['nullable'] !== 'boolean') return schema;
  const { nullable, ...rest } = schema;
  if (!nullable) return rest;
  if (['$ref', 'allOf', 'anyOf', 'oneOf'].some((word) => Object.hasOwn(rest, word))) {
    return { anyOf: [rest, { type: 'null' }] };
  }
  const { type, enum: values } = rest;
  const more = Array.isArray(values) && !values.includes(null) ? { enum: [...values, null] } : {};
  return { ...rest, ...(typeof type === 'string' ? { type: [type, 'null'] } : {}), ...more };
}
