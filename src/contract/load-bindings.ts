// The operations of a contract's text, each bound to what it does and to which resource.

import type { Json, JsonObject } from '../model/json.ts';
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
    return [new ReadBinding(item, verb, operation, resource, spec)];
  });
}

/** What its schemas and its path say is worked out when it is first asked for: most operations are never called. */
class ReadBinding implements Binding {
  readonly operation: Operation;
  readonly verb: Verb;
  readonly resource: Resource;
  readonly set: Binding['set'];
  readonly by: string;
  readonly each: string | undefined;
  readonly within: string | undefined;
  readonly text: string | undefined;
  readonly answer: Binding['answer'];
  readonly action: string | undefined;
  readonly #item: OperationText;
  readonly #spec: Spec;
  readonly #resourceNamed: (name: string) => Resource;
  #place: Placed | undefined;
  #sent: { readonly schema: Schema | undefined } | undefined;
  #body: { readonly schema: Schema | undefined } | undefined;
  #shown: JsonObject | undefined;

  constructor(
    item: OperationText,
    verb: Verb,
    operation: Operation,
    resourceNamed: (name: string) => Resource,
    spec: Spec,
  ) {
    const answer = item.answer as Json | undefined;
    this.operation = operation;
    this.verb = verb;
    this.resource = resourceNamed((verb === 'action' ? item.of : item[verb]) ?? '');
    this.set = item.set === undefined ? undefined : compileTemplate(item.set as Json);
    this.by = item.by ?? this.resource.key;
    this.each = item.each;
    this.within = item.within;
    this.text = item.text;
    this.answer =
      answer === undefined ? undefined : { text: answer, template: compileTemplate(answer) };
    this.action = item.action;
    this.#item = item;
    this.#spec = spec;
    this.#resourceNamed = resourceNamed;
  }

  get idParameter(): string | undefined {
    return this.#placed.idParameter;
  }

  get owners(): Binding['owners'] {
    return this.#placed.owners;
  }

  get sent(): Schema | undefined {
    this.#sent ??= { schema: recordContent(this.operation.body?.contents) };
    return this.#sent.schema;
  }

  get body(): Schema | undefined {
    this.#body ??= { schema: recordIn(this.sent, this.#item) };
    return this.#body.schema;
  }

  get shown(): JsonObject {
    const { show } = this.#item;
    this.#shown ??=
      (show === undefined ? undefined : this.#spec.schema(show)) ?? this.resource.schema;
    return this.#shown;
  }

  get #placed(): Placed {
    this.#place ??= placeOf(this.verb, this.operation, this.resource, this.#resourceNamed);
    return this.#place;
  }
}

type Placed = Pick<Binding, 'idParameter' | 'owners'>;

/** Which parameters of the path name the record, and what it is a part of. */
function placeOf(
  verb: Verb,
  operation: Operation,
  resource: Resource,
  resourceNamed: (name: string) => Resource,
): Placed {
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
