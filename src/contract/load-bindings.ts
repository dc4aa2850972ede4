// The operations of a contract's text, each bound to what it does and to which resource.

import type { Json } from '../model/json.ts';
import type { Schema } from '../schema/validate.ts';
import { recordContent } from '../spec/contents.ts';
import type { Operation, Spec } from '../spec/spec.ts';
import { type Binding, fieldSchema, ownersOf, type Resource, type Verb } from './contract.ts';
import type { OperationText } from './format.ts';
import { compileTemplate } from './template.ts';

export type OperationsText = Readonly<Record<string, OperationText>>;

const VERBS: readonly Verb[] = ['create', 'read', 'list', 'update', 'delete', 'action'];

export function bindingsOf(
  operations: OperationsText,
  spec: Spec,
  resource: (name: string) => Resource,
): Binding[] {
  return Object.entries(operations).flatMap(([id, item]) => {
    const verb = VERBS.find((word) => item[word] !== undefined);
    const operation = spec.operations.find((candidate) => candidate.id === id);
    if (verb === undefined || operation === undefined) return [];
    return [bindingOf(item, verb, operation, resource, spec)];
  });
}

function bindingOf(
  item: OperationText,
  verb: Verb,
  operation: Operation,
  resourceNamed: (name: string) => Resource,
  spec: Spec,
): Binding {
  const resource = resourceNamed((verb === 'action' ? item.of : item[verb]) ?? '');
  const inPath = operation.parameters.filter((parameter) => parameter.in === 'path');
  const sent = recordContent(operation.body?.contents);
  const namesOne = verb !== 'create' && verb !== 'list';
  const above = namesOne ? inPath.slice(0, -1) : inPath;
  // The innermost owners are named right before the record; a path may leave out the outer ones.
  const owners = ownersOf({ resource: resourceNamed }, resource);
  const count = Math.min(owners.length, above.length);
  const answer = item.answer as Json | undefined;
  return {
    operation,
    verb,
    resource,
    set: item.set === undefined ? undefined : compileTemplate(item.set as Json),
    idParameter: namesOne ? inPath.at(-1)?.name : undefined,
    by: item.by ?? resource.key,
    owners: owners.slice(owners.length - count).map((owner, i) => ({
      parameter: above[above.length - count + i]?.name ?? '',
      resource: owner,
    })),
    sent,
    body: recordIn(sent, item),
    each: item.each,
    within: item.within,
    shown: (item.show === undefined ? undefined : spec.schema(item.show)) ?? resource.schema,
    answer: answer === undefined ? undefined : { text: answer, template: compileTemplate(answer) },
    action: item.action,
  };
}

/** What a body says of one record: all of it, but where it lists or wraps them. */
function recordIn(sent: Schema | undefined, { each, within }: OperationText): Schema | undefined {
  const path = each === undefined ? within : `${each}[]`;
  return path === undefined ? sent : fieldSchema(sent ?? true, path);
}
