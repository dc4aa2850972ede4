// Schema -> values: one that fits, those just inside a bound, and those that break one keyword alone.
// The values that must be refused are such that no lenient reader could take them.

import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { RULE_MARK } from './faults.ts';
import { tagsOf } from './unions.ts';
import type { Schema } from './validate.ts';

/** A value at a field that breaks, or just satisfies, one keyword of its schema. */
export interface Variation {
  /** Dotted; the top-level field comes first. */
  readonly field: string;
  readonly keyword: string;
  /** undefined: the field is left out. */
  readonly value: Json | undefined;
  /** Whether the value still fits. */
  readonly fits: boolean;
}

/** All variations of the object's fields, each keyword of each field alone. */
export function variations(schema: Schema): Variation[] {
  return parts(schema).flatMap((part) => {
    const required = ((part['required'] ?? []) as string[]).map(
      (field): Variation => ({ field, keyword: 'required', value: undefined, fits: false }),
    );
    const fields = Object.entries((part['properties'] ?? {}) as JsonObject).flatMap(
      ([field, child]) => ofField(field, child as Schema),
    );
    return [...required, ...fields];
  });
}

/** The schema, the members of its `allOf`, and what it asks of anything but null. */
function parts(schema: Schema): JsonObject[] {
  if (typeof schema !== 'object') return [];
  const unlessNull = JSON.stringify(schema['if']) === UNLESS_NULL ? [schema['then'] as Schema] : [];
  return [schema, ...[...((schema['allOf'] ?? []) as Schema[]), ...unlessNull].flatMap(parts)];
}

const UNLESS_NULL = JSON.stringify({ not: { type: 'null' } });

/** The variations of an object inside the body: of that member of its union which the value's tag names. */
export function variationsInside(field: string, schema: Schema, value: JsonObject): Variation[] {
  const members = parts(schema).flatMap(({ oneOf, discriminator }) => {
    const tag = isObject(discriminator) ? String(discriminator['propertyName']) : '';
    const isOwn = (member: Json) => tagsOf(member, tag).includes(value[tag] ?? null);
    return Array.isArray(oneOf) ? (oneOf.filter(isOwn) as Schema[]) : [];
  });
  return [schema, ...members]
    .flatMap(variations)
    .filter(({ field: inner }) => inner in value)
    .map((variation) => ({ ...variation, field: `${field}.${variation.field}` }));
}

function ofField(field: string, schema: Schema): Variation[] {
  return parts(schema).flatMap((part) =>
    Object.keys(part).flatMap((keyword) =>
      (BREAKERS[keyword]?.(part[keyword] as Json, part) ?? []).map((variation) => ({
        field,
        keyword,
        ...variation,
      })),
    ),
  );
}

type Pair = Pick<Variation, 'value' | 'fits'>;

const BREAKERS: Readonly<Record<string, (limit: Json, schema: JsonObject) => Pair[]>> = {
  type: (type) => wrongTypes([type].flat() as string[]).map((value) => ({ value, fits: false })),
  const: (value) => [{ value: outside([value]), fits: false }],
  enum: (values) => [
    { value: outside(values as Json[]), fits: false },
    ...((values as Json[]).every((value) => typeof value === 'string' && value !== '')
      ? [{ value: '', fits: false }]
      : []),
    ...(values as Json[]).filter((v) => v !== null).map((value) => ({ value, fits: true })),
  ],
  minLength: (limit) => [{ value: 'x'.repeat(Math.max(0, Number(limit) - 1)), fits: false }],
  maxLength: (limit) => [
    { value: 'x'.repeat(Number(limit) + 1), fits: false },
    { value: 'x'.repeat(Number(limit)), fits: true },
  ],
  maxProperties: (limit) => [
    { value: pairs(Number(limit) + 1), fits: false },
    { value: pairs(Number(limit)), fits: true },
  ],
  minimum: (limit) => [
    { value: Number(limit) - 1, fits: false },
    { value: limit, fits: true },
  ],
  maximum: (limit) => [
    { value: Number(limit) + 1, fits: false },
    { value: limit, fits: true },
  ],
  exclusiveMinimum: (limit) => [
    { value: limit, fits: false },
    { value: Number(limit) - 1, fits: false },
    { value: Number(limit) + 1, fits: true },
  ],
  exclusiveMaximum: (limit) => [
    { value: limit, fits: false },
    { value: Number(limit) - 1, fits: true },
  ],
};

/** A string beside the known ones that is not merely another spelling of one. */
function outside(values: readonly Json[]): Json {
  return values.some((value) => typeof value === 'string') ? 'no_such_value' : { not: 'known' };
}

/** A map with so many texts. */
function pairs(count: number): JsonObject {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`key${i}`, 'value']));
}

/** A value of a type that none of these is, and that no reader could turn into one. */
function wrongTypes(types: readonly string[]): Json[] {
  const takes = (type: string) => types.includes(type);
  if (takes('object')) return takes('array') ? ['x'] : [['x']];
  if (takes('array')) return [{ x: 'y' }];
  return takes('string') || !takes('boolean') ? [{ x: 'y' }] : ['x'];
}

/** The smallest value that fits, as far as types, enums, bounds and lengths say. */
export function example(schema: Schema): Json {
  if (typeof schema !== 'object') return 'x';
  const all = Object.assign({}, ...parts(schema)) as JsonObject;
  if (all['const'] !== undefined) return all['const'];
  if (Array.isArray(all['examples'])) return all['examples'][0] as Json;
  if (Array.isArray(all['enum'])) return all['enum'][0] as Json;
  const union = (all['oneOf'] ?? all['anyOf']) as Schema[] | undefined;
  if (union?.[0] !== undefined) return example(union[0]);
  const type = [all['type'] ?? 'string'].flat().find((name) => name !== 'null');
  switch (type) {
    case 'object':
      return exampleObject(schema);
    case 'array':
      return [];
    case 'boolean':
      return true;
    case 'integer':
    case 'number':
      return Number(all['minimum'] ?? Number(all['exclusiveMinimum'] ?? 0) + 1);
    default:
      return exampleString(all);
  }
}

function exampleObject(schema: JsonObject): JsonObject {
  const members = parts(schema);
  const required = new Set(members.flatMap((part) => (part['required'] ?? []) as string[]));
  const properties = Object.assign({}, ...members.map((part) => part['properties'] ?? {}));
  return Object.fromEntries([...required].map((name) => [name, example(properties[name] ?? true)]));
}

function exampleString(schema: JsonObject): string {
  if (schema['format'] === 'date-time') return '2026-01-15T10:00:00Z';
  if (schema['format'] === 'date') return '2026-01-15';
  if (schema['format'] === 'email') return 'someone@example.test';
  if (schema['format'] === 'uuid') return '3f2b8a10-5c1d-4e7a-9b0e-2a6c4d8e1f35';
  return 'x'.repeat(Math.max(1, Number(schema['minLength'] ?? 1)));
}

/** The schema with another object merged into it at a field's place, or at its top for ''. */
export function narrowAt(schema: Schema, field: string, member: JsonObject): Schema {
  const whole: JsonObject = typeof schema === 'object' ? schema : {};
  if (field === '') {
    return { ...whole, allOf: [...((whole['allOf'] ?? []) as Json[]), member] };
  }
  const [head, rest] = firstStep(field);
  if (head === '[]') {
    return { ...whole, items: narrowAt((whole['items'] ?? {}) as Schema, rest, member) as Json };
  }
  const properties = (whole['properties'] ?? {}) as JsonObject;
  const child = narrowAt((properties[head] ?? {}) as Schema, rest, member);
  return { ...whole, properties: { ...properties, [head]: child as Json } };
}

/** `groups[].name` -> `groups` and `[].name`; `[].name` -> `[]` and `name`. */
function firstStep(path: string): [head: string, rest: string] {
  if (path.startsWith('[]')) return ['[]', path.slice(path[2] === '.' ? 3 : 2)];
  const end = path.search(/[.[]/);
  if (end < 0) return [path, ''];
  return [path.slice(0, end), path.slice(path[end] === '.' ? end + 1 : end)];
}

/** The schema with the rule's mark on it and on every field and entry in it, so that a fault tells whose it is. */
export function marked(schema: JsonObject, rule: string): JsonObject {
  const { properties, items } = schema;
  const fields = Object.entries((properties ?? {}) as JsonObject).map(([name, child]) => [
    name,
    isObject(child) ? marked(child, rule) : child,
  ]);
  return {
    ...schema,
    [RULE_MARK]: rule,
    ...(properties === undefined ? {} : { properties: Object.fromEntries(fields) }),
    ...(isObject(items) ? { items: marked(items, rule) } : {}),
  };
}

/** The schema without a keyword at a field's place, the members of `allOf` included. */
export function widenAt(
  schema: Schema,
  field: string,
  change: (part: JsonObject) => JsonObject,
): Schema {
  if (!isObject(schema)) return schema;
  if (field === '') return everyPart(schema, change);
  const [head, rest] = firstStep(field);
  return everyPart(schema, (part) => {
    if (head === '[]') {
      const items = part['items'] as Schema | undefined;
      return items === undefined ? part : { ...part, items: widenAt(items, rest, change) as Json };
    }
    const properties = part['properties'] as JsonObject | undefined;
    const child = properties?.[head] as Schema | undefined;
    if (properties === undefined || child === undefined) return part;
    const widened = widenAt(child, rest, change);
    return { ...part, properties: { ...properties, [head]: widened as Json } };
  });
}

function everyPart(schema: JsonObject, change: (part: JsonObject) => JsonObject): JsonObject {
  const members = schema['allOf'] as Schema[] | undefined;
  if (members === undefined) return change(schema);
  const widened = members.map((member) => (isObject(member) ? everyPart(member, change) : member));
  return change({ ...schema, allOf: widened as Json[] });
}
