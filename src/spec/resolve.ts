// `$ref` inside one document: every reference is replaced by what it names, but for those that close a cycle
// and those that would make a value too large, which stay and are resolved by the validator. Nothing is replaced
// before someone looks at it.

import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { lazyField, ownField } from '../model/lazy.ts';
import { atPointer } from '../model/pointer.ts';
import { UsageError } from '../model/usage-error.ts';
import { SCHEMA_NAME } from '../schema/named.ts';
import { refOf } from './references.ts';
import { Sizes } from './sizes.ts';

/** How a reader of a document wants its schemas, where that is not as they are written. */
export interface Reading {
  /** Those of the names that an object schema is to require. */
  required(names: readonly Json[], schema: JsonObject): Json;
  /** A reference that stays, as it is to be. */
  staying(reference: JsonObject): JsonObject;
}

/** The value that is asked for, and how many references inside each other are replaced in it, once that is known. */
interface Root {
  readonly value: Json;
  levels?: number;
}

/** Resolves the values of one document; throws UsageError for a reference that names nothing, when it gets there. */
export class Resolver {
  readonly #document: JsonObject;
  readonly #file: string;
  readonly #sizes: Sizes;
  readonly #reading: Reading | undefined;
  readonly #named = new Map<string, Json>();

  constructor(document: JsonObject, file: string, sizes = new Sizes(document), reading?: Reading) {
    this.#document = document;
    this.#file = file;
    this.#sizes = sizes;
    this.#reading = reading;
  }

  /** The same document, read in another way. */
  as(reading: Reading): Resolver {
    return new Resolver(this.#document, this.#file, this.#sizes, reading);
  }

  /** The value with its references replaced: the same object each time where the value is one reference. */
  resolved(value: Json): Json {
    const ref = isObject(value) && Object.keys(value).length === 1 ? refOf(value) : undefined;
    const known = ref === undefined ? undefined : this.#named.get(ref);
    if (known !== undefined) return known;
    const whole = this.#whole(value, [], { value });
    if (ref !== undefined) this.#named.set(ref, whole);
    return whole;
  }

  /** What a reference in place of the value names, and so on until it is none; the value itself else. */
  followed(value: Json | undefined): Json {
    let known: Json = value ?? {};
    for (
      let ref = refOf(known), left = 20;
      ref !== undefined && left > 0;
      ref = refOf(known), left--
    ) {
      const found = this.#target(ref);
      const name = nameOf(ref);
      known = name !== undefined && isObject(found) ? { ...found, [SCHEMA_NAME]: name } : found;
    }
    return known;
  }

  /** `open` are the references that are being replaced around the value; an object is always a new one. */
  #whole(value: Json, open: readonly string[], root: Root): Json {
    if (Array.isArray(value)) return value.map((item: Json) => this.#whole(item, open, root));
    if (!isObject(value)) return value;
    const ref = refOf(value);
    if (ref === undefined) return this.#filled({}, value, open, root);
    if (open.includes(ref) || (open.length > 0 && open.length >= this.#levels(root))) {
      return { ...(this.#reading?.staying(value) ?? value) };
    }
    const whole = this.#whole(this.#target(ref), [...open, ref], root);
    if (!isObject(whole)) return whole;
    const name = nameOf(ref);
    if (name !== undefined) ownField(whole, SCHEMA_NAME, name);
    const { $ref: _, ...beside } = value;
    return this.#filled(whole, beside, open, root);
  }

  /** The object with the fields of the node, each resolved when it is first read. */
  #filled(object: object, node: JsonObject, open: readonly string[], root: Root): JsonObject {
    const reading = this.#reading;
    const filled = object as JsonObject;
    for (const [key, child] of Object.entries(node)) {
      if (reading !== undefined && key === 'required' && Array.isArray(child)) {
        lazyField(filled, key, () => reading.required(child, filled));
      } else if (reading !== undefined ? isNested(child) : refers(child)) {
        lazyField(filled, key, () => this.#whole(child, open, root));
      } else ownField(filled, key, child);
    }
    return filled;
  }

  #levels(root: Root): number {
    root.levels ??= this.#sizes.levels(root.value);
    return root.levels;
  }

  #target(ref: string): Json {
    if (!ref.startsWith('#')) {
      throw new UsageError(`${this.#file}: $ref "${ref}" points outside the file`);
    }
    const found = atPointer(this.#document, ref);
    if (found === undefined) throw new UsageError(`${this.#file}: $ref "${ref}" names nothing`);
    return found as Json;
  }
}

function isNested(value: Json): boolean {
  return typeof value === 'object' && value !== null;
}

/** Whether there is a reference in the value: what has none stays as it is, and is shared. */
function refers(value: Json): boolean {
  if (Array.isArray(value)) return value.some(refers);
  if (!isObject(value)) return false;
  if (refOf(value) !== undefined) return true;
  for (const key in value) if (refers(value[key] as Json)) return true;
  return false;
}

const SCHEMAS = '#/components/schemas/';

/** A schema that was named keeps its name, so that a contract can speak of it wherever it is used. */
function nameOf(ref: string): string | undefined {
  return ref.startsWith(SCHEMAS) ? ref.slice(SCHEMAS.length) : undefined;
}
