// One operation of a document, as a document of its own for Prism, without any reference: Prism would follow each as
// often as it is met, which has no end where a few schemas reach each other.

import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { atPointer } from '../model/pointer.ts';
import type { Operation, Spec } from '../spec/spec.ts';
import { writtenOut } from './written-out.ts';

/** The document; without servers, for the path is below them, and without callbacks, which Prism would send. */
export function documentOf({ document }: Pick<Spec, 'document'>, operation: Operation): JsonObject {
  const { path, method } = operation;
  const item = reached(document, atPointer(document, '/paths') as Json, path);
  const operates = isObject(item) ? item[method.toLowerCase()] : undefined;
  const { callbacks: _, servers: __, ...own } = isObject(operates) ? operates : {};
  const parameters = isObject(item) ? item['parameters'] : undefined;
  const { security, info } = document;
  const schemes = atPointer(document, '/components/securitySchemes') as Json | undefined;
  const stated = {
    ...(parameters === undefined ? {} : { parameters }),
    [method.toLowerCase()]: own,
  };
  return {
    // Its schemas are in the words of 3.1, whatever the document was written in.
    openapi: '3.1.0',
    info: info ?? { title: '', version: '' },
    ...(security === undefined ? {} : { security }),
    paths: { [path]: writtenOut(document, stated) },
    ...(schemes === undefined
      ? {}
      : { components: { securitySchemes: writtenOut(document, schemes) } }),
  };
}

/** The path's item, where that is a reference too. */
function reached(document: JsonObject, paths: Json, path: string): Json | undefined {
  let item = isObject(paths) ? paths[path] : undefined;
  for (let left = 20; left > 0 && isObject(item) && typeof item['$ref'] === 'string'; left--) {
    item = atPointer(document, item['$ref']) as Json | undefined;
  }
  return item;
}
