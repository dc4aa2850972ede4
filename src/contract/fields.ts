// The fields that an object schema declares.

import { isObject, type Json, type JsonObject } from '../model/json.ts';
import type { Schema } from '../schema/validate.ts';

/** A field's schema inside an object schema, through `allOf` and unions; undefined when it declares none. */
export function fieldSchema(schema: Schema, path: string): JsonObject | undefined {
  if (typeof schema !== 'object') return undefined;
  const known = found.get(schema) ?? new Map<string, JsonObject | undefined>();
  found.set(schema, known);
  if (!known.has(path)) known.set(path, lookUp(schema, path));
  return known.get(path);
}

/** What was looked up: every request asks the same of schemas that never change. */
const found = new WeakMap<JsonObject, Map<string, JsonObject | undefined>>();

function lookUp(schema: JsonObject, path: string): JsonObject | undefined {
  if (!/\.|\[\]$/.test(path)) return property(schema, path);
  let place: JsonObject | undefined = schema;
  for (const part of path.split('.')) {
    if (place === undefined) return undefined;
    const each = part.endsWith('[]');
    place = property(place, each ? part.slice(0, -2) : part);
    if (each) place = itemsOf(place);
  }
  return place;
}

function itemsOf(schema: JsonObject | undefined): JsonObject | undefined {
  return schema?.['items'] as JsonObject | undefined;
}

/** Whether the schema lets the value be null. */
export function takesNull(schema: Json | undefined): boolean {
  if (!isObject(schema)) return schema === true;
  const types = [schema['type'] ?? []].flat() as string[];
  const union = [...((schema['anyOf'] ?? []) as Json[]), ...((schema['oneOf'] ?? []) as Json[])];
  return types.includes('null') || union.some(takesNull);
}

function property(schema: JsonObject, name: string): JsonObject | undefined {
  const own = (schema['properties'] as JsonObject | undefined)?.[name];
  if (own !== undefined) return own as JsonObject;
  for (const word of MEMBERS) {
    for (const part of (schema[word] ?? []) as readonly JsonObject[]) {
      const found = property(part, name);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** Where the members of a schema stand that say more of the same object. */
const MEMBERS = ['allOf', 'oneOf', 'anyOf'] as const;

/** The fields an object schema declares, through `allOf` and unions, each once. */
export function fieldNames(schema: Schema | undefined): readonly string[] {
  if (typeof schema !== 'object') return [];
  const known = declared.get(schema);
  if (known !== undefined) return known;
  const names = declaredIn(schema);
  declared.set(schema, names);
  return names;
}

const declared = new WeakMap<JsonObject, readonly string[]>();

function declaredIn(schema: JsonObject): readonly string[] {
  const own = Object.keys((schema['properties'] ?? {}) as JsonObject);
  const members = MEMBERS.flatMap((word) => (schema[word] ?? []) as Schema[]);
  return members.length === 0 ? own : [...new Set([...own, ...members.flatMap(fieldNames)])];
}

/** The fields that an object schema requires, through `allOf`. */
export function requiredFields(schema: Schema | undefined): string[] {
  if (typeof schema !== 'object') return [];
  return [
    ...((schema['required'] ?? []) as string[]),
    ...((schema['allOf'] ?? []) as JsonObject[]).flatMap(requiredFields),
  ];
}
