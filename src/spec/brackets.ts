// Names with brackets as one object: how forms and deep objects in queries write what is nested.

import type { Json, JsonObject } from '../model/json.ts';

/** How deep brackets may nest. */
const MOST_LEVELS = 32;

type Value = string | string[] | Nested;

/** An object or a list that grows: by key, and by the number that the next entry without a key gets. */
interface Nested {
  readonly fields: Map<string, Value>;
  next: number;
}

/**
 * Pairs as one object: `a[b]=1`, `a[]=1`, `a[0][b]=1`. Keys that count from 0 make a list; a name that is given
 * twice is a list too. Brackets that nest too deep are part of the name.
 */
export function nested(pairs: Iterable<readonly [string, string]>): JsonObject {
  const root = empty();
  for (const [key, value] of pairs) put(root, keysOf(key), value);
  return Object.fromEntries([...root.fields].map(([key, value]) => [key, plain(value)]));
}

function empty(): Nested {
  return { fields: new Map(), next: 0 };
}

function keysOf(key: string): string[] {
  const open = key.indexOf('[');
  if (open <= 0 || !key.endsWith(']')) return [key];
  const inner = key.slice(open + 1, -1).split('][', MOST_LEVELS + 1);
  return inner.length > MOST_LEVELS ? [key] : [key.slice(0, open), ...inner];
}

function put(root: Nested, keys: readonly string[], value: string): void {
  let place = root;
  keys.slice(0, -1).forEach((key, i) => {
    const name = i > 0 && key === '' ? String(place.next) : key;
    let child = place.fields.get(name);
    if (child === undefined || typeof child === 'string' || Array.isArray(child)) {
      child = empty();
      set(place, name, child);
    }
    place = child;
  });
  const last = keys.at(-1) ?? '';
  const name = keys.length > 1 && last === '' ? String(place.next) : last;
  const known = place.fields.get(name);
  if (Array.isArray(known)) known.push(value);
  else set(place, name, typeof known === 'string' ? [known, value] : value);
}

function set(place: Nested, name: string, value: Value): void {
  if (!place.fields.has(name)) place.next += 1;
  place.fields.set(name, value);
}

function plain(value: Value): Json {
  if (typeof value === 'string' || Array.isArray(value)) return value;
  const keys = [...value.fields.keys()];
  const entries = [...value.fields].map(([key, child]): [string, Json] => [key, plain(child)]);
  const isList = keys.every((key, i) => key === String(i));
  return isList ? entries.map(([, child]) => child) : Object.fromEntries(entries);
}
