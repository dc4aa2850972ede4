// How large a value would be with its references replaced, counted without replacing any: each of ten schemas that
// names the next one twice doubles it.

import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { atPointer } from '../model/pointer.ts';
import { refOf } from './references.ts';

/** What one value may grow to with all its references replaced. */
const MOST_NODES = 4_000;

/** What it may grow to where some have to stay. */
const MOST_CUT_NODES = 1_000;

/** How many references inside each other are replaced: all, or else fewer and fewer until the value is small. */
const LEVELS = [Number.POSITIVE_INFINITY, 4, 3, 2];

/** A value as it is written: how many nodes, and which references are in it. */
interface Part {
  nodes: number;
  readonly refs: { readonly to: string; readonly beside: Part | undefined }[];
}

export class Sizes {
  readonly #document: JsonObject;
  readonly #parts = new Map<string, Part>();

  constructor(document: JsonObject) {
    this.#document = document;
  }

  /** How many references inside each other can be replaced in the value; at least one. */
  levels(value: Json): number {
    const part = partOf(value);
    const fitting = LEVELS.find((levels) => {
      const most = levels === Number.POSITIVE_INFINITY ? MOST_NODES : MOST_CUT_NODES;
      return this.#left(part, most, new Set(), levels) >= 0;
    });
    return fitting ?? 1;
  }

  /** What is left of so many nodes when the part is written out within open references; negative for too few. */
  #left(part: Part, nodes: number, open: Set<string>, levels: number): number {
    let left = nodes - part.nodes;
    if (left < 0) return left;
    for (const { to, beside } of part.refs) {
      if (open.size >= levels || open.has(to)) continue;
      open.add(to);
      left = this.#left(this.#named(to), left, open, levels);
      open.delete(to);
      if (beside !== undefined) left = this.#left(beside, left, open, levels);
      if (left < 0) break;
    }
    return left;
  }

  #named(ref: string): Part {
    const known = this.#parts.get(ref) ?? partOf(atPointer(this.#document, ref) as Json);
    this.#parts.set(ref, known);
    return known;
  }
}

function partOf(value: Json): Part {
  const part: Part = { nodes: 0, refs: [] };
  count(value, part);
  return part;
}

function count(value: Json, part: Part): void {
  part.nodes += 1;
  if (Array.isArray(value)) {
    for (const item of value) count(item, part);
    return;
  }
  if (!isObject(value)) return;
  const ref = refOf(value);
  if (ref === undefined) {
    for (const key in value) count(value[key] as Json, part);
    return;
  }
  const { $ref: _, ...beside } = value;
  part.refs.push({ to: ref, beside: Object.keys(beside).length > 0 ? partOf(beside) : undefined });
}
