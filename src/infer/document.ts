// What a guess looks up in the document itself: where a schema really stands, and which examples it gives.

import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { atPointer, pointer, pointerKeys } from '../model/pointer.ts';
import { bodyKind } from '../spec/contents.ts';
import { refOf } from '../spec/references.ts';
import type { Operation, Spec } from '../spec/spec.ts';
import { successAnswer } from './shapes.ts';

/** The name, or the pointer that leads to it through references and `allOf`; undefined when there is no such. */
export function schemaName({ document }: Spec, name: string): string | undefined {
  if (!name.startsWith('#')) return name;
  const [path] = walked(document, '#', pointerKeys(name));
  const own = path === undefined ? undefined : /^#\/components\/schemas\/([^/~]+)$/.exec(path)?.[1];
  return own ?? path;
}

function walked(document: JsonObject, at: string, keys: readonly string[]): [string?] {
  const here = landed(document, at);
  const [key, ...rest] = keys;
  if (key === undefined) return [here];
  const node = atPointer(document, here);
  if (typeof node !== 'object' || node === null) return [];
  if (Object.hasOwn(node, key)) return walked(document, here + pointer(key), rest);
  if (!isObject(node)) return [];
  for (const word of ['allOf', 'anyOf', 'oneOf']) {
    const members = Array.isArray(node[word]) ? (node[word] as Json[]) : [];
    for (const i of members.keys()) {
      const found = walked(document, `${here}${pointer(word, i)}`, keys);
      if (found[0] !== undefined) return found;
    }
  }
  return [];
}

/** The pointer after all references at it. */
function landed(document: JsonObject, at: string): string {
  let here = at;
  for (let left = 20; left > 0; left--) {
    const ref = refOf(here === '#' ? document : atPointer(document, here));
    if (ref === undefined) return here;
    here = ref;
  }
  return here;
}

/** What the document gives as examples of the operation's accepted answer, in JSON. */
export function answerExamples({ document }: Spec, operation: Operation): Json[] {
  const status = successAnswer(operation)?.status ?? '';
  const at = [
    'paths',
    operation.path,
    operation.method.toLowerCase(),
    'responses',
    status,
    'content',
  ];
  return examplesAt(document, at);
}

/** What it gives as examples of the body of its requests. */
export function bodyExamples({ document }: Spec, operation: Operation): Json[] {
  const at = ['paths', operation.path, operation.method.toLowerCase(), 'requestBody', 'content'];
  return examplesAt(document, at);
}

function examplesAt(document: JsonObject, keys: readonly string[]): Json[] {
  const [at] = walked(document, '#', keys);
  const content = at === undefined ? undefined : atPointer(document, at);
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
