// One operation of a document, as a document of its own for Prism: with what its references lead to, and nothing
// else, so that Prism never has to read the whole of a large one.

import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { atPointer, pointerKeys } from '../model/pointer.ts';
import type { Operation, Spec } from '../spec/spec.ts';

type Draft = { [key: string]: Json | Draft };

/** The document; without servers, for the path is below them, and without callbacks, which Prism would send. */
export function documentOf({ document }: Pick<Spec, 'document'>, operation: Operation): JsonObject {
  const { path, method } = operation;
  const item = reached(document, atPointer(document, '/paths') as Json, path);
  const stated = isObject(item) ? item[method.toLowerCase()] : undefined;
  const { callbacks: _, servers: __, ...own } = isObject(stated) ? stated : {};
  const parameters = isObject(item) ? item['parameters'] : undefined;
  const { security, info } = document;
  const schemes = atPointer(document, '/components/securitySchemes') as Json | undefined;
  const root: Draft = {
    // Its schemas are in the words of 3.1, whatever the document was written in.
    openapi: '3.1.0',
    info: info ?? { title: '', version: '' },
    ...(security === undefined ? {} : { security }),
    paths: {
      [path]: {
        ...(parameters === undefined ? {} : { parameters }),
        [method.toLowerCase()]: own,
      },
    },
    ...(schemes === undefined ? {} : { components: { securitySchemes: schemes } }),
  };
  copyReferred(document, root);
  return root as JsonObject;
}

/** The path's item, where that is a reference too. */
function reached(document: JsonObject, paths: Json, path: string): Json | undefined {
  let item = isObject(paths) ? paths[path] : undefined;
  for (let left = 20; left > 0 && isObject(item) && typeof item['$ref'] === 'string'; left--) {
    item = atPointer(document, item['$ref']) as Json | undefined;
  }
  return item;
}

/** Puts everything that the references in the root lead to at its own place. */
function copyReferred(document: JsonObject, root: Draft): void {
  const done = new Set<string>();
  const waiting = referencesIn(root as Json);
  for (let ref = waiting.pop(); ref !== undefined; ref = waiting.pop()) {
    if (done.has(ref)) continue;
    done.add(ref);
    const value = atPointer(document, decoded(ref)) as Json | undefined;
    if (value === undefined) continue;
    put(root, pointerKeys(decoded(ref)), value);
    waiting.push(...referencesIn(value));
  }
}

function put(root: Draft, keys: readonly string[], value: Json): void {
  let place = root;
  for (const key of keys.slice(0, -1)) {
    const next = Object.hasOwn(place, key) ? place[key] : undefined;
    // Copied, for what stands there may be a part of the document itself.
    const own: Draft = isObject(next as Json) ? { ...(next as Draft) } : {};
    place[key] = own;
    place = own;
  }
  const last = keys.at(-1);
  if (last !== undefined && !Object.hasOwn(place, last)) place[last] = value;
}

function referencesIn(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    key === '$ref' && typeof child === 'string' ? [child] : referencesIn(child),
  );
}

function decoded(ref: string): string {
  try {
    return decodeURIComponent(ref);
  } catch {
    return ref;
  }
}
