// What a guess looks up in the document itself: where a schema really stands, and which examples it gives.

import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { atPointer, pointer, pointerKeys } from '../model/pointer.ts';
import { bodyKind } from '../spec/contents.ts';
import { mentions } from '../spec/mentions.ts';
import { refOf } from '../spec/references.ts';
import type { Operation, Spec } from '../spec/spec.ts';
import { successAnswer } from './shapes.ts';

/** A place in the document, and what stands there. */
interface Spot {
  readonly at: string;
  readonly node: unknown;
}

/** The name, or the pointer that leads to it through references and `allOf`; undefined when there is no such. */
export function schemaName({ document }: Spec, name: string): string | undefined {
  if (!name.startsWith('#')) return name;
  const at = walked(document, { at: '#', node: document }, pointerKeys(name))?.at;
  const own = at === undefined ? undefined : /^#\/components\/schemas\/([^/~]+)$/.exec(at)?.[1];
  return own ?? at;
}

function walked(document: JsonObject, from: Spot, keys: readonly string[]): Spot | undefined {
  const { at, node } = landed(document, from);
  const [key, ...rest] = keys;
  if (key === undefined) return { at, node };
  if (typeof node !== 'object' || node === null) return undefined;
  if (Object.hasOwn(node, key)) {
    const next = { at: at + pointer(key), node: (node as JsonObject)[key] };
    return walked(document, next, rest);
  }
  if (!isObject(node)) return undefined;
  for (const word of ['allOf', 'anyOf', 'oneOf']) {
    const members = Array.isArray(node[word]) ? (node[word] as Json[]) : [];
    for (const [i, member] of members.entries()) {
      const found = walked(document, { at: at + pointer(word, i), node: member }, keys);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** The place after all references at it. */
function landed(document: JsonObject, from: Spot): Spot {
  let here = from;
  for (let left = 20; left > 0; left--) {
    const ref = refOf(here.node);
    if (ref === undefined) return here;
    here = { at: ref, node: atPointer(document, ref) };
  }
  return here;
}

/** What the document gives as examples of the operation's accepted answer, in JSON. */
export function answerExamples(spec: Spec, operation: Operation): Json[] {
  if (!givesExamples(spec)) return [];
  const status = successAnswer(operation)?.status ?? '';
  const at = [
    'paths',
    operation.path,
    operation.method.toLowerCase(),
    'responses',
    status,
    'content',
  ];
  return examplesAt(spec.document, at);
}

/** What it gives as examples of the body of its requests. */
export function bodyExamples({ document }: Spec, operation: Operation): Json[] {
  const at = ['paths', operation.path, operation.method.toLowerCase(), 'requestBody', 'content'];
  return examplesAt(document, at);
}

/** Whether the document gives any example: where it does not, none is looked for. */
export function givesExamples({ document }: Spec): boolean {
  return mentions(document, 'example') || mentions(document, 'examples');
}

function examplesAt(document: JsonObject, keys: readonly string[]): Json[] {
  const content = walked(document, { at: '#', node: document }, keys)?.node;
  if (!isObject(content)) return [];
  return Object.entries(content).flatMap(([type, media]) => {
    if (bodyKind(type) === undefined || !isObject(media)) return [];
    const several = isObject(media['examples']) ? Object.values(media['examples']) : [];
    const values = several.flatMap((one) => {
      const example = followedHere(document, one);
      return isObject(example) && example['value'] !== undefined ? [example['value']] : [];
    });
    const schema = followedHere(document, media['schema'] ?? true);
    return [
      ...(media['example'] === undefined ? [] : [media['example']]),
      ...values,
      ...schemaExamples(schema),
    ];
  });
}

/** The examples that a schema itself gives. */
export function schemaExamples(schema: Json): Json[] {
  if (!isObject(schema)) return [];
  const several = Array.isArray(schema['examples']) ? schema['examples'] : [];
  return [...(schema['example'] === undefined ? [] : [schema['example']]), ...several];
}

function followedHere(document: JsonObject, value: Json): Json {
  let known = value;
  for (
    let left = 20, ref = refOf(known);
    left > 0 && ref !== undefined;
    left--, ref = refOf(known)
  ) {
    known = (atPointer(document, ref) ?? true) as Json;
  }
  return known;
}
