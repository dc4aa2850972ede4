// The operations of a contract's text, each bound to what it does and to which resource.

import type { Json } from '../model/json.ts';
import { withLazy } from '../model/lazy.ts';
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
  const known = new Map(spec.operations.map((operation) => [operation.id, operation]));
  return Object.entries(operations).flatMap(([id, item]) => {
    const verb = VERBS.find((word) => item[word] !== undefined);
    const operation = known.get(id);
    if (verb === undefined || operation === undefined) return [];
    return [bindingOf(item, verb, operation, resource, spec)];
  });
}

/** What its schemas and its path say is worked out when it is first asked for: most operations are never called. */
function bindingOf(
  item: OperationText,
  verb: Verb,
  operation: Operation,
  resourceNamed: (name: string) => Resource,
  spec: Spec,
): Binding {
  const resource = resourceNamed((verb === 'action' ? item.of : item[verb]) ?? '');
  const answer = item.answer as Json | undefined;
  const place = () => placeOf(verb, operation, resource, resourceNamed);
  const sent = () => recordContent(operation.body?.contents);
  return withLazy(
    {
      operation,
      verb,
      resource,
      set: item.set === undefined ? undefined : compileTemplate(item.set as Json),
      by: item.by ?? resource.key,
      each: item.each,
      within: item.within,
      text: item.text,
      answer:
        answer === undefined ? undefined : { text: answer, template: compileTemplate(answer) },
      action: item.action,
    },
    {
      idParameter: () => place().idParameter,
      owners: () => place().owners,
      sent,
      body: () => recordIn(sent(), item),
      shown: () =>
        (item.show === undefined ? undefined : spec.schema(item.show)) ?? resource.schema,
    },
  );
}

/** Which parameters of the path name the record, and what it is a part of. */
function placeOf(
  verb: Verb,
  operation: Operation,
  resource: Resource,
  resourceNamed: (name: string) => Resource,
): Pick<Binding, 'idParameter' | 'owners'> {
  const inPath = operation.parameters.filter((parameter) => parameter.in === 'path');
  const namesOne = verb !== 'create' && verb !== 'list' && !resource.single;
  const above = namesOne ? inPath.slice(0, -1) : inPath;
  // The innermost owners are named right before the record; a path may leave out the outer ones.
  const owners = ownersOf({ resource: resourceNamed }, resource);
  const count = Math.min(owners.length, above.length);
  return {
    idParameter: namesOne ? inPath.at(-1)?.name : undefined,
    owners: owners.slice(owners.length - count).map((owner, i) => ({
      parameter: above[above.length - count + i]?.name ?? '',
      resource: owner,
    })),
  };
}

/** What a body says of one record: all of it, but where it lists or wraps them. */
function recordIn(sent: Schema | undefined, { each, within }: OperationText): Schema | undefined {
  const path = each === undefined ? within : `${each}[]`;
  return path === undefined ? sent : fieldSchema(sent ?? true, path);
}
