// The children of a value that is ours alone, changed where they stand: a large document is walked more than once, and
// a copy of it would be as large again.

import type { Json, JsonObject } from '../model/json.ts';
import { ownField } from '../model/lazy.ts';

/** Puts what `change` gives in place of each entry, or field, that is an object or a list. */
export function changeChildren(
  value: JsonObject | readonly Json[],
  change: (key: string | number, child: Json) => Json,
): void {
  const put = (key: string | number, child: Json | undefined) => {
    if (typeof child !== 'object' || child === null) return;
    const own = change(key, child);
    if (own !== child) ownField(value, String(key), own);
  };
  if (Array.isArray(value)) for (let i = 0; i < value.length; i++) put(i, value[i]);
  else for (const key in value) put(key, (value as JsonObject)[key]);
}
