// A value of a document with what its references name in their places. Where that would have no end, or be too large,
// the least that fits there stands: what is required, and nothing else.

import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { atPointer } from '../model/pointer.ts';
import { HOLDS_VALUES, isNames, refOf } from '../spec/references.ts';
import { Sizes } from '../spec/sizes.ts';

/** What requires itself has no value at all: there anything may stand. */
const DEEPEST = 8;

/** The value without a reference; one that names nothing stays. */
export function writtenOut(document: JsonObject, value: Json): Json {
  return new Writer(document, new Sizes(document).levels(value)).whole(value, []);
}

class Writer {
  readonly #document: JsonObject;
  readonly #levels: number;

  constructor(document: JsonObject, levels: number) {
    this.#document = document;
    this.#levels = levels;
  }

  /** `open` are the references that are being replaced around the value, `key` is what it stands under. */
  whole(value: Json, open: readonly string[], key?: string): Json {
    if (Array.isArray(value)) return value.map((item: Json) => this.whole(item, open));
    if (!isObject(value)) return value;
    const ref = refOf(value);
    const found = ref === undefined ? undefined : (atPointer(this.#document, ref) as Json);
    if (ref === undefined || found === undefined) {
      const isData = (name: string) => HOLDS_VALUES.has(name) && !isNames(key);
      return mapFields(value, (child, name) =>
        isData(name) ? child : this.whole(child, open, name),
      );
    }
    const isCut = open.includes(ref) || open.length >= Math.max(1, this.#levels);
    const own = isCut ? this.#least(found, 0) : this.whole(found, [...open, ref]);
    const { $ref: _, ...beside } = value;
    return isObject(own) ? { ...own, ...(this.whole(beside, open) as JsonObject) } : own;
  }

  #least(value: Json, level: number): Json {
    if (Array.isArray(value)) return value.slice(0, 1).map((one: Json) => this.#least(one, level));
    if (!isObject(value)) return value;
    if (level > DEEPEST) return {};
    const ref = refOf(value);
    if (ref !== undefined) {
      return this.#least((atPointer(this.#document, ref) ?? true) as Json, level + 1);
    }
    const required = Array.isArray(value['required']) ? value['required'] : [];
    const inner = (child: Json) => this.#least(child, level + 1);
    return mapFields(value, (child, word) => {
      if (word === 'properties' && isObject(child)) {
        const fields = Object.entries(child).filter(([name]) => required.includes(name));
        return Object.fromEntries(fields.map(([name, field]) => [name, inner(field)]));
      }
      if (word === 'allOf' && Array.isArray(child)) return child.map(inner);
      return SCHEMAS.has(word) ? inner(child) : child;
    });
  }
}

/** Keywords below which other schemas stand, besides `properties` and `allOf`; of a union the first member will do. */
const SCHEMAS = new Set(['items', 'oneOf', 'anyOf', 'additionalProperties']);

function mapFields(value: JsonObject, change: (child: Json, key: string) => Json): JsonObject {
  const fields = Object.entries(value).map(([key, child]) => [key, change(child, key)] as const);
  return Object.fromEntries(fields);
}
