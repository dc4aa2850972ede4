// A place in a document: what stands there, and the pointer to it; references lead on to what they name.

import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { atPointer, pointer } from '../model/pointer.ts';
import { refOf } from '../spec/references.ts';

export interface Node {
  readonly document: JsonObject;
  readonly value: Json | undefined;
  readonly pointer: string;
  /** What stands beside the reference that led here, and counts; '' where nothing does. */
  readonly beside?: string;
}

export function rootOf(document: JsonObject): Node {
  return { document, value: document, pointer: '' };
}

/** What stands below the key, references followed; its value is undefined where there is nothing. */
export function childOf(node: Node, key: string | number): Node {
  const { document, value } = node;
  const whole = Array.isArray(value) ? value[Number(key)] : fieldsOf(node)[key];
  const inside: Json | undefined = Object.hasOwn(Object(value), key) ? whole : undefined;
  return followed({ document, value: inside, pointer: node.pointer + pointer(key) });
}

/** The same place, or the one that a reference in it names. */
export function followed(node: Node): Node {
  let known = node;
  for (let left = 20; left > 0; left--) {
    const ref = refOf(known.value);
    if (ref === undefined || !ref.startsWith('#')) return known;
    const value = atPointer(known.document, ref) as Json | undefined;
    const { $ref: _, ...beside } = known.value as JsonObject;
    const merged = isObject(value) && Object.keys(beside).length > 0;
    known = {
      document: known.document,
      value: merged ? { ...value, ...beside } : value,
      pointer: ref.slice(1),
      beside: (known.beside ?? '') + (merged ? countingText(beside) : ''),
    };
  }
  return known;
}

const SAYS_NOTHING = /^(description|summary|title|examples?|deprecated|x-.*)$/;

function countingText(beside: JsonObject): string {
  const counting = Object.entries(beside).filter(([word]) => !SAYS_NOTHING.test(word));
  return counting.length === 0 ? '' : JSON.stringify(counting);
}

/** The object that stands there; an empty one where none does. */
export function fieldsOf({ value }: Pick<Node, 'value'>): Readonly<Record<string, Json>> {
  return isObject(value) ? value : {};
}

/** The entries of a list or object that stands there, by key. */
export function childrenOf(node: Node): Map<string, Node> {
  const { value } = node;
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  return new Map(keys.map((key) => [key, childOf(node, key)]));
}
