// One operation made ready to be played: its body's schema narrowed by the rules, and for each step the hooks that
// concern it.

import {
  type Binding,
  type Contract,
  fieldNames,
  fieldSchema,
  takesNull,
} from '../contract/contract.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { ByName } from '../model/lazy.ts';
import { completed } from '../schema/complete.ts';
import type { Schema, Validator } from '../schema/validate.ts';
import { bodyKind } from '../spec/contents.ts';
import type { Parameter } from '../spec/spec.ts';
import { concerning, type Present, present, type RuleHooks } from './hooks.ts';
import { type Taken, takenOf } from './taken.ts';

/** The fields that a schema shows, and whether each may be null. */
export type Shown = readonly (readonly [field: string, nullable: boolean])[];

export interface PathParameter {
  readonly parameter: Parameter;
  readonly validate: Validator;
  /** Whether a value that does not fit is a fault; else there is just no record of that id. */
  readonly isFault: boolean;
}

/** One operation with all that `handle` needs to know of it. */
export interface Route {
  readonly binding: Binding;
  readonly body: { readonly schema: Schema; readonly validate: Validator } | undefined;
  /** The field that a body of text is; undefined where the operation takes none. */
  readonly text:
    | { readonly field: string; readonly validate: Validator; readonly isOneOfSeveral: boolean }
    | undefined;
  /** What is taken of each record in the body. */
  readonly taken: Taken;
  readonly parameters: readonly { readonly parameter: Parameter; readonly validate: Validator }[];
  /** Those of the path that are more than a text. */
  readonly path: readonly PathParameter[];
  readonly admit: readonly Present<'admit'>[];
  readonly filter: readonly Present<'filter'>[];
  readonly among: readonly Present<'among'>[];
  readonly sort: readonly Present<'sort'>[];
  readonly page: readonly Present<'page'>[];
  /** By resource. */
  readonly show: ByName<readonly Present<'show'>[]>;
  /** The fields that it shows of its own resource. */
  readonly shown: Shown;
  readonly success: number;
  /** The type of its answers' bodies; undefined when they have none. */
  readonly answerType: string | undefined;
  /** The type of answers that are one field of the record; undefined where they are JSON. */
  readonly textType: string | undefined;
  /** Makes an answer fit its schema, where the contract says so of the resource. */
  readonly complete: ((body: Json) => Json) | undefined;
}

/** The operation, ready. */
export function routeOf(
  binding: Binding,
  contract: Contract,
  ruleHooks: readonly RuleHooks[],
): Route {
  const { operation } = binding;
  const own = ruleHooks.filter(({ hooks }) => hooks.operations?.includes(operation.id) ?? true);
  const { schemas } = contract.spec;
  const schema = narrowed(binding, ruleHooks);
  return {
    binding,
    body: schema === undefined ? undefined : { schema, validate: schemas.validator(schema) },
    text: textOf(binding, contract),
    taken: takenOf(contract, binding.resource, entryOf(binding, schema) ?? asField(binding)),
    parameters: operation.parameters
      .filter((parameter) => parameter.in !== 'path' && !isOfTheProtocol(parameter))
      .map((parameter) => ({ parameter, validate: schemas.validator(parameter.schema) })),
    path: pathOf(binding, contract),
    admit: present(own, 'admit'),
    filter: present(own, 'filter'),
    among: present(own, 'among'),
    sort: present(own, 'sort'),
    page: present(own, 'page'),
    show: new ByName((resource) => concerning(own, 'show', resource)),
    shown: shownOf(binding.shown),
    success: successOf(binding),
    ...answerOf(binding, contract),
  };
}

/** The body's schema with what the rules add to it; undefined when the operation takes no body. */
function narrowed(binding: Binding, ruleHooks: readonly RuleHooks[]): Schema | undefined {
  if (binding.sent === undefined) return undefined;
  return present(ruleHooks, 'narrow').reduce<Schema>(
    (schema, { run }) => run(binding, schema),
    binding.sent,
  );
}

/** What the narrowed body says of one record in it. */
function entryOf({ each, within }: Binding, schema: Schema | undefined): Schema | undefined {
  const path = each === undefined ? within : `${each}[]`;
  return path === undefined ? schema : fieldSchema(schema ?? true, path);
}

function textOf({ operation, text, sent }: Binding, { spec }: Contract): Route['text'] {
  const contents = [...(operation.body?.contents ?? [])];
  const [, schema] = contents.find(([type]) => bodyKind(type) === 'text') ?? [];
  if (text === undefined || schema === undefined) return undefined;
  const validate = spec.schemas.validator(schema);
  return { field: text, validate, isOneOfSeveral: sent !== undefined };
}

/** A body that is one field of the record, as if it were an object with it. */
function asField({ text, verb }: Binding): Schema | undefined {
  if (text === undefined || verb === 'read') return undefined;
  return { type: 'object', properties: { [text]: { type: 'string' } } };
}

/** The first 2xx status that the operation documents. */
function successOf({ operation }: Binding): number {
  const status = operation.answers.find((answer) => answer.status.startsWith('2'))?.status;
  return /^\d+$/.test(status ?? '') ? Number(status) : 200;
}

/** What of the path is read and checked: a misfit is a fault where the operation documents that, or no record is meant. */
function pathOf({ operation, idParameter, owners }: Binding, contract: Contract): PathParameter[] {
  const { schemas } = contract.spec;
  const { status } = contract.error('parameter');
  const isStated = operation.answers.some((answer) => answer.status === String(status));
  return operation.parameters
    .filter((one) => one.in === 'path' && (one.style !== 'simple' || !isAnyText(one.schema)))
    .map((parameter) => {
      const { name } = parameter;
      const isId = name === idParameter || owners.some((owner) => owner.parameter === name);
      const validate = schemas.validator(parameter.schema);
      return { parameter, validate, isFault: isStated || !isId };
    });
}

function isAnyText(schema: Schema): boolean {
  if (typeof schema === 'boolean') return schema;
  const { type, description: _, title: __, example: ___, examples: ____, ...rest } = schema;
  return type === 'string' && Object.keys(rest).length === 0;
}

/** Headers that a document may list and that are no parameters (OpenAPI 3.1, 4.8.12.2). */
function isOfTheProtocol({ in: where, name }: Parameter): boolean {
  return (
    where === 'header' && ['accept', 'content-type', 'authorization'].includes(name.toLowerCase())
  );
}

/** What the document says of the body of an accepted request's answer. */
function answerOf(
  binding: Binding,
  { spec }: Contract,
): Pick<Route, 'answerType' | 'textType' | 'complete'> {
  const { answers } = binding.operation;
  const status = String(successOf(binding));
  const answer = [status, '2XX', '2xx', 'default']
    .map((known) => answers.find((one) => one.status === known))
    .find((one) => one !== undefined);
  const types = [...(answer?.contents.keys() ?? [])];
  const json = types.find((type) => bodyKind(type) === 'json');
  const type = json === undefined || json.includes('*') ? 'application/json' : json;
  const schema = answer?.contents.get(json ?? '');
  return {
    answerType: types.length === 0 ? undefined : type,
    textType:
      json === undefined && binding.text !== undefined
        ? types.find((one) => bodyKind(one) === 'text')?.replace('text/*', 'text/plain')
        : undefined,
    complete:
      binding.resource.complete && schema !== undefined
        ? (body) => completed(spec.schemas, schema, body)
        : undefined,
  };
}

/** The fields that are shown of a record of the schema. */
export function shownOf(schema: JsonObject): Shown {
  return fieldNames(schema).flatMap((field) => {
    const own = fieldSchema(schema, field);
    return own?.['writeOnly'] === true ? [] : [[field, takesNull(own)] as const];
  });
}
