// JSON as plain data: its types and the few questions everyone asks of a value.

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Whether the value is a JSON object: not null, not an array. */
export function isObject(value: unknown): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether the two values are the same JSON, the order of an object's keys aside. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, i) => sameJson(item, b[i]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
  );
}

/**
 * Every value that a path like `price.meters[].meter_id` reaches in the record; `[]` steps into each
 * element of an array. Absent parts reach nothing, so the answer may be empty.
 */
export function valuesAt(value: Json | undefined, path: string): Json[] {
  if (path === '') return value === undefined ? [] : [value];
  const dot = path.indexOf('.');
  const head = dot < 0 ? path : path.slice(0, dot);
  const rest = dot < 0 ? '' : path.slice(dot + 1);
  const each = head.endsWith('[]');
  const key = each ? head.slice(0, -2) : head;
  if (!isObject(value) || !Object.hasOwn(value, key)) return [];
  const child = value[key];
  if (!each) return valuesAt(child, rest);
  return Array.isArray(child) ? child.flatMap((item: Json) => valuesAt(item, rest)) : [];
}

/** The value with another one at a path, `[]` being the first entry of a list; undefined takes it away. */
export function valueWith(value: Json | undefined, path: string, leaf: Json | undefined): Json {
  if (path.startsWith('[]')) {
    const [first = {}, ...others] = Array.isArray(value) ? value : [];
    const rest = path.slice(path[2] === '.' ? 3 : 2);
    return [rest === '' ? (leaf ?? null) : valueWith(first, rest, leaf), ...others];
  }
  const end = path.search(/[.[]/);
  const head = end < 0 ? path : path.slice(0, end);
  const copy: Record<string, Json> = isObject(value) ? { ...value } : {};
  if (end >= 0) {
    copy[head] = valueWith(copy[head], path.slice(path[end] === '.' ? end + 1 : end), leaf);
  } else if (leaf === undefined) delete copy[head];
  else copy[head] = leaf;
  return copy;
}

/** How deep the value nests; reading stops at `limit`, which is then the answer. */
export function depth(value: unknown, limit: number): number {
  if (typeof value !== 'object' || value === null || limit === 0) return 0;
  let deepest = 0;
  for (const key in value) {
    const item = (value as Record<string, unknown>)[key];
    if (typeof item !== 'object') continue;
    deepest = Math.max(deepest, depth(item, limit - 1));
    if (deepest >= limit - 1) break;
  }
  return deepest + 1;
}

/** The values of an option that may be one or several. */
export function asList<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]) as readonly T[];
}
