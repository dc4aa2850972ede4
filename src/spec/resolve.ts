// `$ref` inside one document: every reference is replaced by what it names, but for those that close
// a cycle, which stay and are resolved by the validator.

import { isObject, type Json } from '../model/json.ts';
import { atPointer } from '../model/pointer.ts';
import { UsageError } from '../model/usage-error.ts';
import { SCHEMA_NAME } from '../schema/named.ts';

/** What one value may grow to: each of ten schemas that names the next one twice doubles it. */
const MOST_NODES = 2_000_000;

/**
 * The value with its references replaced. Throws UsageError for a reference that names nothing, and for
 * references that make it too large.
 */
export function resolve(
  document: Json,
  value: Json,
  file: string,
  open: readonly string[] = [],
  left: { nodes: number } = { nodes: MOST_NODES },
): Json {
  left.nodes -= 1;
  if (left.nodes < 0) {
    throw new UsageError(`${file}: its references multiply beyond what can be read`);
  }
  if (Array.isArray(value))
    return value.map((item: Json) => resolve(document, item, file, open, left));
  if (!isObject(value)) return value;
  const ref = value['$ref'];
  if (typeof ref === 'string') {
    if (open.includes(ref)) return value;
    if (!ref.startsWith('#'))
      throw new UsageError(`${file}: $ref "${ref}" points outside the file`);
    const target = atPointer(document, ref);
    if (target === undefined) throw new UsageError(`${file}: $ref "${ref}" names nothing`);
    const { $ref: _, ...beside } = value;
    const resolved = named(ref, resolve(document, target as Json, file, [...open, ref], left));
    return Object.keys(beside).length > 0 && isObject(resolved)
      ? { ...resolved, ...(resolve(document, beside, file, open, left) as object) }
      : resolved;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, resolve(document, child, file, open, left)]),
  );
}

const SCHEMAS = '#/components/schemas/';

/** A schema that was named keeps its name, so that a contract can speak of it wherever it is used. */
function named(ref: string, value: Json): Json {
  if (!ref.startsWith(SCHEMAS) || !isObject(value)) return value;
  return { ...value, [SCHEMA_NAME]: ref.slice(SCHEMAS.length) };
}
