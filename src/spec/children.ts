// The children of a value that is ours alone, changed where they stand: a large document is walked more than once, and
// a copy of it would be as large again.

import type { Json, JsonObject } from '../model/json.ts';
import { ownField } from '../model/lazy.ts';

/** Puts what `change` gives in place of each entry, or field, that is an object or a list. */
export function changeChildren(
  value: JsonObject | readonly Json[],
  change: (key: string | number, child: Json) => Json,
): void {
  const isArray = Array.isArray(value);
  for (const key in value) {
    const child = (value as JsonObject)[key];
    if (typeof child !== 'object' || child === null) continue;
    const own = change(isArray ? Number(key) : key, child);
    if (own !== child) ownField(value, key, own);
  }
}
