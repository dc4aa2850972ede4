// What is sent and what is answered: bodies, media types, statuses, headers.

import type { Changes } from './change.ts';
import { childOf, childrenOf, fieldsOf, type Node } from './node.ts';
import type { Pair } from './operations.ts';
import { compareSchemas, type Whole } from './schemas.ts';

/** Tells what became of the body of requests. */
export function compareRequestBody({ old, now }: Pair, changes: Changes): void {
  const [was, is] = [childOf(old.node, 'requestBody'), childOf(now.node, 'requestBody')];
  const operation = now.id;
  const at = { operation, old: was.pointer, new: is.pointer };
  if (was.value === undefined && is.value === undefined) return;
  if (was.value === undefined) {
    const added = { operation, new: is.pointer };
    if (isRequired(is)) changes.add('required-request-body-added', added, 'a body must be sent');
    else changes.add('request-body-added', added, 'a body may be sent');
    return;
  }
  if (is.value === undefined) {
    changes.add(
      'request-body-removed',
      { operation, old: was.pointer },
      'no body is read any more',
    );
    return;
  }
  if (isRequired(was) !== isRequired(is)) {
    if (isRequired(is)) changes.add('request-body-became-required', at, 'the body must be sent');
    else changes.add('request-body-became-optional', at, 'the body may be left out');
  }
  const whole: Whole = { prefix: 'request', operation, name: 'the body', field: '' };
  compareContents(was, is, whole, changes);
}

function isRequired(node: Node): boolean {
  return fieldsOf(node)['required'] === true;
}

/** Tells what became of each status, and of what is answered with it. */
export function compareAnswers({ old, now }: Pair, changes: Changes): void {
  const before = childrenOf(childOf(old.node, 'responses'));
  const after = childrenOf(childOf(now.node, 'responses'));
  const operation = now.id;
  for (const [status, was] of before) {
    const is = after.get(status);
    if (is !== undefined) compareAnswer(status, was, is, operation, changes);
    else
      changes.add(
        `${sort(status)}-status-removed`,
        { operation, old: was.pointer },
        `${status} is gone`,
      );
  }
  for (const [status, is] of after) {
    if (before.has(status)) continue;
    changes.add(`${sort(status)}-status-added`, { operation, new: is.pointer }, `${status} is new`);
  }
}

function sort(status: string): string {
  return status.startsWith('2') ? 'success' : 'error';
}

function compareAnswer(
  status: string,
  was: Node,
  is: Node,
  operation: string,
  changes: Changes,
): void {
  const whole: Whole = { prefix: 'response', operation, name: `the body of ${status}`, field: '' };
  compareContents(was, is, whole, changes);
  const before = headersOf(was);
  const after = headersOf(is);
  for (const [name, node] of before) {
    if (after.has(name)) continue;
    const at = { operation, old: node.pointer };
    changes.add('response-header-removed', at, `header "${name}" of ${status} is gone`);
  }
  for (const [name, node] of after) {
    if (before.has(name)) continue;
    changes.add(
      'response-header-added',
      { operation, new: node.pointer },
      `header "${name}" of ${status} is new`,
    );
  }
}

/** Names of headers are the same in any case. */
function headersOf(answer: Node): Map<string, Node> {
  const headers = childrenOf(childOf(answer, 'headers'));
  return new Map([...headers].map(([name, node]) => [name.toLowerCase(), node]));
}

function compareContents(was: Node, is: Node, whole: Whole, changes: Changes): void {
  const before = contentOf(was);
  const after = contentOf(is);
  const { operation, prefix, name } = whole;
  for (const [type, media] of before) {
    const other = after.get(type);
    if (other !== undefined)
      compareSchemas(childOf(media, 'schema'), childOf(other, 'schema'), whole, changes);
    else {
      const at = { operation, old: media.pointer };
      changes.add(`${prefix}-media-type-removed`, at, `${name} is no longer ${type}`);
    }
  }
  for (const [type, media] of after) {
    if (before.has(type)) continue;
    changes.add(
      `${prefix}-media-type-added`,
      { operation, new: media.pointer },
      `${name} may be ${type}`,
    );
  }
}

/** Media types without their parameters' case and space. */
function contentOf(node: Node): Map<string, Node> {
  const content = childrenOf(childOf(node, 'content'));
  return new Map(
    [...content].map(([type, media]) => [type.toLowerCase().replaceAll(' ', ''), media]),
  );
}
