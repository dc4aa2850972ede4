// Which operations of two documents belong together, and what became of those that are gone or new.

import { pointer } from '../model/pointer.ts';
import { METHODS } from '../spec/operations.ts';
import type { Spec } from '../spec/spec.ts';
import type { Changes } from './change.ts';
import { childOf, childrenOf, fieldsOf, type Node, rootOf } from './node.ts';

/** An operation as it stands in its document. */
export interface Stated {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly item: Node;
  readonly node: Node;
}

export interface Pair {
  readonly old: Stated;
  readonly now: Stated;
}

/** All operations of the document, in its order. */
function statedIn({ document }: Spec): Stated[] {
  const paths = childrenOf(childOf(rootOf(document), 'paths'));
  return [...paths].flatMap(([path, item]) =>
    METHODS.filter((method) => fieldsOf(item)[method] !== undefined).map((method) => {
      const node = childOf(item, method);
      const { operationId } = fieldsOf(node);
      const id = typeof operationId === 'string' ? operationId : `${method} ${path}`;
      return { id, method, path, item, node: { ...node, pointer: pointer('paths', path, method) } };
    }),
  );
}

/** The operations that are in both; tells of all others, and of those that have another id or place. */
export function pairOperations(old: Spec, now: Spec, changes: Changes): Pair[] {
  const before = statedIn(old);
  const after = statedIn(now);
  const byPlace = new Map(after.map((one) => [placeOf(one), one]));
  const same = before.flatMap((one) => {
    const other = byPlace.get(placeOf(one));
    return other === undefined ? [] : [{ old: one, now: other }];
  });
  const left = before.filter((one) => !same.some(({ old: known }) => known === one));
  const fresh = after.filter((one) => !same.some(({ now: known }) => known === one));
  const moved = left.flatMap((one) => {
    const other = fresh.find(({ id }) => id === one.id);
    return other === undefined ? [] : [{ old: one, now: other }];
  });
  for (const pair of same) renames(pair, changes);
  for (const { old: was, now: is } of moved) {
    const at = { operation: is.id, old: was.node.pointer, new: is.node.pointer };
    changes.add('operation-moved', at, `${lineOf(was)} is ${lineOf(is)} now`);
  }
  for (const one of left.filter((gone) => !moved.some((pair) => pair.old === gone))) {
    const id = isDeprecated(one) ? 'deprecated-operation-removed' : 'operation-removed';
    changes.add(id, { operation: one.id, old: one.node.pointer }, `${lineOf(one)} is gone`);
  }
  for (const one of fresh.filter((added) => !moved.some((pair) => pair.now === added))) {
    const at = { operation: one.id, new: one.node.pointer };
    changes.add('operation-added', at, `${lineOf(one)} is new`);
  }
  return [...same, ...moved];
}

/** Names of path parameters are the document's own business. */
function placeOf({ method, path }: Stated): string {
  return `${method} ${path.replaceAll(/\{[^}]*\}/g, '{}')}`;
}

function lineOf({ method, path }: Stated): string {
  return `${method.toUpperCase()} ${path}`;
}

function isDeprecated({ node }: Stated): boolean {
  return fieldsOf(node)['deprecated'] === true;
}

/** The names in the path, in their order. */
export function namesInPath({ path }: Stated): string[] {
  return [...path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name ?? '');
}

function renames({ old, now }: Pair, changes: Changes): void {
  const at = { operation: now.id, old: old.node.pointer, new: now.node.pointer };
  if (old.id !== now.id) {
    changes.add('operation-id-changed', at, `${lineOf(now)} was ${old.id}, and is ${now.id}`);
  }
  if (!isDeprecated(old) && isDeprecated(now)) {
    changes.add('operation-deprecated', at, `${lineOf(now)} is deprecated`);
  }
  const names = namesInPath(now);
  for (const [i, name] of namesInPath(old).entries()) {
    const other = names[i];
    if (other === undefined || other === name) continue;
    changes.add('path-parameter-renamed', at, `{${name}} of ${old.path} is {${other}} now`);
  }
}
