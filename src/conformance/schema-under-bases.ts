// A schema without what does not stand under the chosen bases: what an answer, or a request, may be held to.

import { isObject, type Json, type JsonObject } from '../model/json.ts';
import type { Schema } from '../schema/validate.ts';
import { type Basis, basisOf } from '../spec/spec.ts';

/** The schema with only those properties, and wanted only those, that stand under the bases. */
export function stated(schema: Schema, bases: readonly Basis[]): Schema {
  if (!isObject(schema)) return schema;
  const kept: Record<string, Json> = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties') kept[key] = properties(value as JsonObject, bases);
    else if (key === 'items' || key === 'additionalProperties')
      kept[key] = stated(value as Schema, bases) as Json;
    else if (key === 'allOf' || key === 'anyOf' || key === 'oneOf') {
      kept[key] = (value as Schema[]).map((item) => stated(item, bases) as Json);
    } else kept[key] = value;
  }
  const { required, properties: all } = schema;
  if (Array.isArray(required) && isObject(all)) {
    const dropped = (name: Json) =>
      Object.hasOwn(all, String(name)) && !bases.includes(basisOf(all[String(name)]));
    kept['required'] = required.filter((name) => !dropped(name));
  }
  return kept;
}

function properties(all: JsonObject, bases: readonly Basis[]): JsonObject {
  return Object.fromEntries(
    Object.entries(all)
      .filter(([, schema]) => bases.includes(basisOf(schema)))
      .map(([name, schema]) => [name, stated(schema as Schema, bases) as Json]),
  );
}
