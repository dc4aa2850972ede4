// The parameters of two versions of an operation, those of its path item included.

import { isObject, type JsonObject, sameJson } from '../model/json.ts';
import type { Parameter } from '../spec/spec.ts';
import { styleOf, type Written } from '../spec/styles.ts';
import type { Changes } from './change.ts';
import { childOf, childrenOf, fieldsOf, type Node } from './node.ts';
import { namesInPath, type Pair, type Stated } from './operations.ts';
import { compareSchemas } from './schemas.ts';

/** Tells what became of each parameter. Those in the path go by their place in it. */
export function compareParameters({ old, now }: Pair, changes: Changes): void {
  const before = parametersOf(old);
  const after = parametersOf(now);
  const operation = now.id;
  for (const [key, was] of before) {
    const is = after.get(key);
    if (is !== undefined) compareOne(was, is, operation, changes);
    else {
      const at = { operation, old: was.pointer, field: nameOf(was) };
      changes.add('parameter-removed', at, `${described(was)} is gone`);
    }
  }
  for (const [key, is] of after) {
    if (before.has(key)) continue;
    const at = { operation, new: is.pointer, field: nameOf(is) };
    if (isRequired(is)) {
      changes.add('required-parameter-added', at, `${described(is)} is new, and must be sent`);
    } else changes.add('parameter-added', at, `${described(is)} is new`);
  }
}

function parametersOf(stated: Stated): Map<string, Node> {
  const inPath = namesInPath(stated);
  const nodes = [stated.item, stated.node].flatMap((node) => [
    ...childrenOf(childOf(node, 'parameters')).values(),
  ]);
  return new Map(
    nodes
      .filter((node) => nameOf(node) !== '')
      .map((node) => {
        const { in: where } = fieldsOf(node);
        const name = where === 'path' ? inPath.indexOf(nameOf(node)) : nameOf(node);
        return [`${where} ${where === 'header' ? String(name).toLowerCase() : name}`, node];
      }),
  );
}

function compareOne(was: Node, is: Node, operation: string, changes: Changes): void {
  const field = nameOf(is);
  const at = { operation, old: was.pointer, new: is.pointer, field };
  const name = described(is);
  if (isRequired(was) !== isRequired(is)) {
    if (isRequired(is)) changes.add('parameter-became-required', at, `${name} must be sent`);
    else changes.add('parameter-became-optional', at, `${name} may be left out`);
  }
  if (!sameJson(written(was), written(is))) {
    changes.add('parameter-style-changed', at, `${name} is written in another style`);
  }
  compareSchemas(
    schemaOf(was),
    schemaOf(is),
    { prefix: 'parameter', operation, name, field },
    changes,
  );
}

function written(node: Node): Written {
  const item = fieldsOf(node) as JsonObject;
  return styleOf(item, item['in'] as Parameter['in']);
}

function schemaOf(node: Node): Node {
  if (!isObject(fieldsOf(node)['content'])) return childOf(node, 'schema');
  const [media] = childrenOf(childOf(node, 'content')).values();
  return childOf(media ?? node, 'schema');
}

function nameOf(node: Node): string {
  const { name } = fieldsOf(node);
  return typeof name === 'string' ? name : '';
}

function isRequired(node: Node): boolean {
  return fieldsOf(node)['required'] === true;
}

function described(node: Node): string {
  return `${fieldsOf(node)['in']} parameter "${nameOf(node)}"`;
}
