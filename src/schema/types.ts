// The type of a value, as schemas name it.

import type { Json } from '../model/json.ts';

/** The type of these that the value has; else the first that is not null. */
export function typeFor(types: readonly string[], value: Json | undefined): string | undefined {
  const own = jsonType(value);
  if (own === 'null' && types.includes('null')) return 'null';
  if (own !== undefined && types.includes(own)) return own;
  if (own === 'number' && Number.isInteger(value) && types.includes('integer')) return 'integer';
  if (types.length === 0) return own;
  return types.find((type) => type !== 'null') ?? 'null';
}

function jsonType(value: Json | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
