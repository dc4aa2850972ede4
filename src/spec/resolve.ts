// `$ref` inside one document: every reference is replaced by what it names, but for those that close a cycle
// and those that would make a value too large, which stay and are resolved by the validator.

import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { atPointer } from '../model/pointer.ts';
import { UsageError } from '../model/usage-error.ts';
import { SCHEMA_NAME } from '../schema/named.ts';
import { refOf } from './references.ts';

/** What one value may grow to with all its references replaced: each of ten schemas that names the next twice doubles it. */
const MOST_NODES = 4_000;

/** What it may grow to where some have to stay. */
const MOST_CUT_NODES = 1_000;

/** How many references inside each other are replaced: all, or else fewer and fewer until the value is small. */
const LEVELS = [Number.POSITIVE_INFINITY, 4, 3, 2];

class TooLarge extends Error {}

interface Left {
  nodes: number;
  readonly levels: number;
}

/** The value with its references replaced. Throws UsageError for a reference that names nothing. */
export function resolve(document: JsonObject, value: Json, file: string): Json {
  for (const levels of LEVELS) {
    try {
      const nodes = levels === Number.POSITIVE_INFINITY ? MOST_NODES : MOST_CUT_NODES;
      return inlined(document, value, file, [], { nodes, levels });
    } catch (error) {
      if (!(error instanceof TooLarge)) throw error;
    }
  }
  return inlined(document, value, file, [], { nodes: Number.POSITIVE_INFINITY, levels: 1 });
}

/** What a reference in place of the value names, and so on until it is none; the value itself else. */
export function followed(document: JsonObject, value: Json | undefined, file: string): Json {
  let known: Json = value ?? {};
  for (
    let ref = refOf(known), left = 20;
    ref !== undefined && left > 0;
    ref = refOf(known), left--
  ) {
    known = named(ref, target(document, ref, file));
  }
  return known;
}

function inlined(
  document: JsonObject,
  value: Json,
  file: string,
  open: readonly string[],
  left: Left,
): Json {
  left.nodes -= 1;
  if (left.nodes < 0) throw new TooLarge();
  if (Array.isArray(value)) {
    return value.map((item: Json) => inlined(document, item, file, open, left));
  }
  if (!isObject(value)) return value;
  const ref = refOf(value);
  if (ref !== undefined) {
    if (open.includes(ref) || open.length >= left.levels) return value;
    const { $ref: _, ...beside } = value;
    const found = target(document, ref, file);
    const whole = named(ref, inlined(document, found, file, [...open, ref], left));
    return Object.keys(beside).length > 0 && isObject(whole)
      ? { ...whole, ...(inlined(document, beside, file, open, left) as object) }
      : whole;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, inlined(document, child, file, open, left)]),
  );
}

function target(document: JsonObject, ref: string, file: string): Json {
  if (!ref.startsWith('#')) throw new UsageError(`${file}: $ref "${ref}" points outside the file`);
  const found = atPointer(document, ref);
  if (found === undefined) throw new UsageError(`${file}: $ref "${ref}" names nothing`);
  return found as Json;
}

const SCHEMAS = '#/components/schemas/';

/** A schema that was named keeps its name, so that a contract can speak of it wherever it is used. */
function named(ref: string, value: Json): Json {
  if (!ref.startsWith(SCHEMAS) || !isObject(value)) return value;
  return { ...value, [SCHEMA_NAME]: ref.slice(SCHEMAS.length) };
}
