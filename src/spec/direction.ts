// Fields of one direction (OpenAPI 3.1, readOnly and writeOnly): what only answers hold is never required of a
// request, and what only requests hold is never required of an answer.

import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { withLazy } from '../model/lazy.ts';
import { mentions } from './mentions.ts';
import type { Reading, Resolver } from './resolve.ts';

type Mark = 'readOnly' | 'writeOnly';

/** Where the components stand as they are for one direction, in what validators look references up in. */
const PLACES = { readOnly: 'x-tallystick-request', writeOnly: 'x-tallystick-answer' } as const;

export interface Directions {
  /** The components of the document as they are for requests and answers, each made when a validator needs it. */
  readonly components: JsonObject;
  /** Resolves schemas as they are for requests; references that stay lead to schemas of the same kind. */
  readonly request: Resolver;
  readonly answer: Resolver;
}

/** The two readings of a document's schemas. */
export function directions(document: JsonObject, resolver: Resolver): Directions {
  const components = (document['components'] ?? {}) as JsonObject;
  const of = (mark: Mark) => (mentions(document, mark) ? resolver.as(readingFor(mark)) : resolver);
  const changed = (mark: Mark) => () => moved(without(components, mark), PLACES[mark]);
  return {
    request: of('readOnly'),
    answer: of('writeOnly'),
    components: withLazy<JsonObject, Record<string, Json>>(
      {},
      { [PLACES.readOnly]: changed('readOnly'), [PLACES.writeOnly]: changed('writeOnly') },
    ),
  };
}

function readingFor(mark: Mark): Reading {
  return {
    required(names, schema) {
      const marked = markedIn(schema, mark);
      return names.filter((name) => !marked.includes(String(name)));
    },
    staying: (reference) => moved(reference, PLACES[mark]) as JsonObject,
  };
}

const COMPONENTS = '#/components/';

/** The same with references into the components of that direction. */
function moved(value: Json, place: string): Json {
  if (Array.isArray(value)) return value.map((item: Json) => moved(item, place));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, child]): [string, Json] => {
    const isRef = key === '$ref' && typeof child === 'string' && child.startsWith(COMPONENTS);
    return [key, isRef ? `#/${place}/${child.slice(COMPONENTS.length)}` : moved(child, place)];
  });
  return Object.fromEntries(entries);
}

function without(value: Json, mark: Mark): Json {
  if (Array.isArray(value)) return value.map((item: Json) => without(item, mark));
  if (!isObject(value)) return value;
  const copy: JsonObject = Object.fromEntries(
    Object.entries(value).map(([key, child]): [string, Json] => [key, without(child, mark)]),
  );
  const { required } = copy;
  return Array.isArray(required)
    ? { ...copy, required: readingFor(mark).required(required, copy) }
    : copy;
}

/** The marked fields of an object schema, those of its `allOf` members too. */
function markedIn(schema: JsonObject, mark: Mark): string[] {
  const { properties, allOf } = schema;
  const own = Object.entries(isObject(properties) ? properties : {})
    .filter(([, child]) => isObject(child) && child[mark] === true)
    .map(([name]) => name);
  const members = Array.isArray(allOf) ? allOf.filter(isObject) : [];
  return [...own, ...members.flatMap((member) => markedIn(member, mark))];
}
