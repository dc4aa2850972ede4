// What a document has and the mock does not play: each is noted, so that nothing is skipped in silence.

import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { bodyKind } from './contents.ts';
import { METHODS } from './operations.ts';
import type { Path } from './references.ts';

type Report = (path: Path, says: string) => void;

/** Reports what is not played. */
export function unsupported(document: JsonObject, report: Report): void {
  if (isObject(document['webhooks']) && Object.keys(document['webhooks']).length > 0) {
    report(['webhooks'], 'webhooks are not sent');
  }
  const paths = document['paths'];
  if (!isObject(paths) || Object.keys(paths).length === 0) {
    report(paths === undefined ? [] : ['paths'], 'the document has no paths, so nothing is served');
    return;
  }
  const seen = new Map<string, string>();
  for (const [path, item] of Object.entries(paths)) {
    ofPath(path, item, report, seen);
  }
}

function ofPath(path: string, item: Json, report: Report, seen: Map<string, string>): void {
  const at = ['paths', path];
  if (!isObject(item)) return;
  if (!path.startsWith('/')) {
    if (!path.startsWith('x-')) report(at, 'a path must begin with "/"');
    return;
  }
  if (/[?#]/.test(path)) report(at, 'a path has no query and no fragment: it is never asked for');
  if (item['servers'] !== undefined)
    report([...at, 'servers'], 'servers of one path: all are served at one base path');
  if (item['additionalOperations'] !== undefined) {
    report([...at, 'additionalOperations'], 'operations of other methods are not served');
  }
  for (const method of METHODS) {
    const operation = item[method];
    if (!isObject(operation)) continue;
    const id = operation['operationId'];
    if (typeof id === 'string') {
      if (seen.has(` ${id}`))
        report([...at, method, 'operationId'], `${id} is the id of another operation too`);
      seen.set(` ${id}`, path);
    }
    const shape = `${method} ${path.replace(/\{[^}]*\}/g, '{}')}`;
    const other = seen.get(shape);
    if (other === undefined) seen.set(shape, path);
    else report([...at, method], `the same requests as for ${other}, which answers them`);
    ofOperation(operation, [...at, method], report);
  }
}

function ofOperation(operation: JsonObject, at: Path, report: Report): void {
  if (operation['callbacks'] !== undefined) report([...at, 'callbacks'], 'callbacks are not sent');
  if (operation['servers'] !== undefined) {
    report([...at, 'servers'], 'servers of one operation: all are served at one base path');
  }
  const body = operation['requestBody'];
  const content = isObject(body) ? body['content'] : undefined;
  if (!isObject(content)) return;
  const types = Object.keys(content);
  const unread = types.filter((type) => bodyKind(type) === undefined);
  for (const type of unread) {
    report([...at, 'requestBody', 'content', type], `bodies of ${type} are not read`);
  }
}
