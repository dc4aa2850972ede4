// Fields of one direction (OpenAPI 3.1, readOnly and writeOnly): what only answers hold is never required of a
// request, and what only requests hold is never required of an answer.

import { isObject, type Json, type JsonObject } from '../model/json.ts';
import type { Schema } from '../schema/validate.ts';

type Mark = 'readOnly' | 'writeOnly';

/** Where the components stand as they are for one direction, in what validators look references up in. */
const PLACES = { readOnly: 'x-tallystick-request', writeOnly: 'x-tallystick-answer' } as const;

export interface Directions {
  /** The components of the document as they are for requests and answers; empty where that makes no difference. */
  readonly components: JsonObject;
  /** A schema as it is for requests; references that stay in it lead to schemas of the same kind. */
  request(schema: Schema): Schema;
  answer(schema: Schema): Schema;
}

/** The two readings of a document's schemas. */
export function directions({ components = {} }: JsonObject): Directions {
  const found: Record<string, Json> = {};
  const reading = (mark: Mark) => {
    const changed = without(components, mark);
    const isSame = changed === components;
    const read = (value: Json) => (isSame ? value : moved(value, PLACES[mark]));
    if (!isSame) found[PLACES[mark]] = read(changed);
    // Named schemas are shared by operations.
    const known = new WeakMap<JsonObject, Schema>();
    return (schema: Schema) => {
      if (!isObject(schema)) return schema;
      const done = known.get(schema) ?? (read(without(schema, mark)) as Schema);
      known.set(schema, done);
      return done;
    };
  };
  return { request: reading('readOnly'), answer: reading('writeOnly'), components: found };
}

const COMPONENTS = '#/components/';

/** The same with references into the components of that direction. */
function moved(value: Json, place: string): Json {
  if (Array.isArray(value)) {
    const items = value.map((item: Json) => moved(item, place));
    return items.every((item, i) => item === value[i]) ? value : items;
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, child]): [string, Json] => {
    const isRef = key === '$ref' && typeof child === 'string' && child.startsWith(COMPONENTS);
    return [key, isRef ? `#/${place}/${child.slice(COMPONENTS.length)}` : moved(child, place)];
  });
  return entries.every(([key, child]) => child === value[key])
    ? value
    : Object.fromEntries(entries);
}

/** The same object where nothing is marked: schemas are compared by identity. */
function without(value: Json, mark: Mark): Json {
  if (Array.isArray(value)) {
    const items = value.map((item: Json) => without(item, mark));
    return items.every((item, i) => item === value[i]) ? value : items;
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, child]): [string, Json] => [
    key,
    without(child, mark),
  ]);
  const same = entries.every(([key, child]) => child === value[key]);
  const copy: JsonObject = same ? value : Object.fromEntries(entries);
  const { required } = copy;
  const marked = Array.isArray(required) ? markedIn(copy, mark) : [];
  if (!Array.isArray(required) || !required.some((name: Json) => marked.includes(String(name)))) {
    return copy;
  }
  return { ...copy, required: required.filter((name: Json) => !marked.includes(String(name))) };
}

/** The marked fields of an object schema, those of its `allOf` members too. */
function markedIn(schema: JsonObject, mark: Mark): string[] {
  const { properties, allOf } = schema;
  const own = Object.entries(isObject(properties) ? properties : {})
    .filter(([, child]) => isObject(child) && child[mark] === true)
    .map(([name]) => name);
  const members = Array.isArray(allOf) ? allOf.filter(isObject) : [];
  return [...own, ...members.flatMap((member) => markedIn(member, mark))];
}
