// Schemas by the name that the document gives them, wherever they stand in a body: members of a union,
// entries of a list.

import { isObject, type Json, type JsonObject } from '../model/json.ts';
import type { Schema } from './validate.ts';

/** The key by which a resolved reference says which named schema it was. */
export const SCHEMA_NAME = 'x-tallystick-schema';

const SEVERAL = ['allOf', 'oneOf', 'anyOf'] as const;

/** The schema with every part of that name changed. */
export function changeNamed(
  schema: Schema,
  name: string,
  change: (part: JsonObject) => Schema,
): Schema {
  if (!isObject(schema)) return schema;
  const inside = (child: Json) => changeNamed(child as Schema, name, change) as Json;
  const changed: Record<string, Json> = { ...schema };
  for (const word of SEVERAL) {
    const members = changed[word];
    if (Array.isArray(members)) changed[word] = members.map(inside);
  }
  if (isObject(changed['items'])) changed['items'] = inside(changed['items']);
  if (isObject(changed['properties'])) {
    changed['properties'] = Object.fromEntries(
      Object.entries(changed['properties']).map(([field, child]) => [field, inside(child)]),
    );
  }
  return changed[SCHEMA_NAME] === name ? change(changed) : changed;
}

/** Where in an object of this schema a value of the named one may stand: `price`, `price.meters[]`. */
export function placesNamed(schema: Schema, name: string, path = ''): string[] {
  if (!isObject(schema)) return [];
  if (schema[SCHEMA_NAME] === name) return [path];
  const places = [
    ...SEVERAL.flatMap((word) => (schema[word] ?? []) as Schema[]).flatMap((member) =>
      placesNamed(member, name, path),
    ),
    ...placesNamed((schema['items'] ?? true) as Schema, name, `${path}[]`),
    ...Object.entries((schema['properties'] ?? {}) as JsonObject).flatMap(([field, child]) =>
      placesNamed(child as Schema, name, path === '' ? field : `${path}.${field}`),
    ),
  ];
  return [...new Set(places)];
}
