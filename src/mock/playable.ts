// A contract made ready to be played: routes in a radix tree, request schemas narrowed by the rules,
// and for each operation the hooks that concern it. Made once, at load.

import {
  type Binding,
  type Contract,
  fieldNames,
  fieldSchema,
  OWNER,
  type Resource,
  type Rule,
  splitPath,
  takesNull,
} from '../contract/contract.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { type Hooks, type Kind, kindNamed } from '../rules/kind.ts';
import { completed } from '../schema/complete.ts';
import type { Schema, Validator } from '../schema/validate.ts';
import { bodyKind } from '../spec/contents.ts';
import type { Operation, Parameter } from '../spec/spec.ts';
import type { Shape } from '../state/state.ts';
import { checkAction } from './actions.ts';
import { finderOf } from './find.ts';
import { type Taken, takenOf } from './taken.ts';

export interface RuleHooks {
  readonly rule: Rule;
  readonly hooks: Hooks;
}

type Present<Name extends keyof Hooks> = {
  readonly rule: Rule;
  readonly run: NonNullable<Hooks[Name]>;
};

/** The fields that a schema shows, and whether each may be null. */
export type Shown = readonly (readonly [field: string, nullable: boolean])[];

/** One operation with all that `handle` needs to know of it. */
export interface Route {
  readonly binding: Binding;
  readonly body: { readonly schema: Schema; readonly validate: Validator } | undefined;
  /** What is taken of each record in the body. */
  readonly taken: Taken;
  readonly parameters: readonly { readonly parameter: Parameter; readonly validate: Validator }[];
  readonly admit: readonly Present<'admit'>[];
  readonly filter: readonly Present<'filter'>[];
  readonly among: readonly Present<'among'>[];
  readonly sort: readonly Present<'sort'>[];
  readonly page: readonly Present<'page'>[];
  readonly show: ReadonlyMap<string, readonly Present<'show'>[]>;
  /** The fields that it shows of its own resource. */
  readonly shown: Shown;
  readonly success: number;
  /** The type of its answers' bodies; undefined when they have none. */
  readonly answerType: string | undefined;
  /** Makes an answer fit its schema, where the contract says so of the resource. */
  readonly complete: ((body: Json) => Json) | undefined;
}

export interface Playable {
  readonly contract: Contract;
  readonly routes: readonly Route[];
  /** The route and its path parameters, decoded; an operation that no binding covers; else the methods the path takes. */
  find(
    method: string,
    path: string,
  ): { route: Route; params: Readonly<Record<string, string>> } | { unbound: Operation } | string[];
  readonly rules: ReadonlyMap<string, Rule>;
  readonly see: readonly Present<'see'>[];
  readonly reaches: readonly Present<'reaches'>[];
  /** By resource. */
  readonly take: ReadonlyMap<string, readonly Present<'take'>[]>;
  readonly check: ReadonlyMap<string, readonly Present<'check'>[]>;
  readonly follow: ReadonlyMap<string, readonly Present<'follow'>[]>;
  /** By resource: every field of a new record, unset. */
  readonly blank: ReadonlyMap<string, JsonObject>;
  /** By resource: the fields shown, and whether the schema lets them be null. */
  readonly shown: ReadonlyMap<string, Shown>;
}

/** The contract's rules with the hooks of their kinds. */
export function hooksOf(contract: Contract, kinds: readonly Kind[]): RuleHooks[] {
  return contract.rules.map((rule) => ({
    rule,
    hooks: kindNamed(kinds, rule.kind).enforce(rule, contract),
  }));
}

/** The contract, ready for `handle`; other hooks for a rule make a sabotaged mock. */
export function playable(contract: Contract, ruleHooks: readonly RuleHooks[]): Playable {
  const resources = [...contract.resources.values()];
  const byResource = <Name extends 'take' | 'check' | 'follow' | 'show'>(name: Name) =>
    new Map(
      resources.map((resource) => [resource.name, concerning(ruleHooks, name, resource.name)]),
    );
  const show = byResource('show');
  const routes = contract.bindings.map((binding) => routeOf(binding, contract, ruleHooks, show));
  return {
    contract,
    routes,
    find: finderOf(routes, contract.spec.operations),
    rules: new Map(contract.rules.map((rule) => [rule.id, rule])),
    see: present(ruleHooks, 'see'),
    reaches: present(ruleHooks, 'reaches'),
    take: byResource('take'),
    check: byResource('check'),
    follow: byResource('follow'),
    blank: new Map(resources.map((resource) => [resource.name, blankOf(resource)])),
    shown: new Map(resources.map((resource) => [resource.name, shownOf(resource.schema)])),
  };
}

function present<Name extends keyof Hooks>(all: readonly RuleHooks[], name: Name): Present<Name>[] {
  return all.flatMap(({ rule, hooks }) => {
    const run = hooks[name];
    return run === undefined ? [] : [{ rule, run: run as NonNullable<Hooks[Name]> }];
  });
}

function concerning<Name extends keyof Hooks>(
  all: readonly RuleHooks[],
  name: Name,
  resource: string,
): Present<Name>[] {
  return present(
    all.filter(({ hooks }) => hooks.resources?.includes(resource) ?? true),
    name,
  );
}

function routeOf(
  binding: Binding,
  contract: Contract,
  ruleHooks: readonly RuleHooks[],
  show: Route['show'],
): Route {
  const { operation } = binding;
  const own = ruleHooks.filter(({ hooks }) => hooks.operations?.includes(operation.id) ?? true);
  const { schemas } = contract.spec;
  const schema = narrowed(binding, ruleHooks);
  checkAction(operation.id, binding.action);
  return {
    binding,
    body: schema === undefined ? undefined : { schema, validate: schemas.validator(schema) },
    taken: takenOf(contract, binding.resource, entryOf(binding, schema)),
    parameters: operation.parameters
      .filter((parameter) => parameter.in !== 'path' && !isOfTheProtocol(parameter))
      .map((parameter) => ({ parameter, validate: schemas.validator(parameter.schema) })),
    admit: present(own, 'admit'),
    filter: present(own, 'filter'),
    among: present(own, 'among'),
    sort: present(own, 'sort'),
    page: present(own, 'page'),
    show: new Map(
      [...show].map(([name, hooks]) => [
        name,
        hooks.filter(({ rule }) => own.some((other) => other.rule === rule)),
      ]),
    ),
    shown: shownOf(binding.shown),
    success: successOf(binding),
    ...answerOf(binding, contract),
  };
}

/** The body's schema with what the rules add to it; undefined when the operation takes no body. */
export function narrowed(binding: Binding, ruleHooks: readonly RuleHooks[]): Schema | undefined {
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

/** The first 2xx status that the operation documents. */
export function successOf({ operation }: Binding): number {
  const status = operation.answers.find((answer) => answer.status.startsWith('2'))?.status;
  return /^\d+$/.test(status ?? '') ? Number(status) : 200;
}

/** Headers that a document may list and that are no parameters (OpenAPI 3.1, 4.8.12.2). */
function isOfTheProtocol({ in: where, name }: Parameter): boolean {
  return (
    where === 'header' && ['accept', 'content-type', 'authorization'].includes(name.toLowerCase())
  );
}

/** What the document says of the body of an accepted request's answer. */
function answerOf(binding: Binding, { spec }: Contract): Pick<Route, 'answerType' | 'complete'> {
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
    complete:
      binding.resource.complete && schema !== undefined
        ? (body) => completed(spec.schemas, schema, body)
        : undefined,
  };
}

function blankOf(resource: Resource): JsonObject {
  return Object.fromEntries(resource.fields.map((field) => [field, null]));
}

function shownOf(schema: JsonObject): Shown {
  return fieldNames(schema).flatMap((field) => {
    const own = fieldSchema(schema, field);
    return own?.['writeOnly'] === true ? [] : [[field, takesNull(own)] as const];
  });
}

/** What a state must be made like, to be played: an index for every path that a rule looks things up by. */
export function shapeOf(contract: Contract, seed: Shape['seed']): Shape {
  const indexes: Record<string, string[]> = {};
  const add = (path: unknown) => {
    if (typeof path !== 'string') return;
    const [resource, field] = splitPath(path);
    if (field === '' || !contract.resources.has(resource)) return;
    indexes[resource] = [...new Set([...(indexes[resource] ?? []), field])];
  };
  for (const { kind, options } of contract.rules) {
    if (kind === 'unique') add(`${options['of']}.${options['by']}`);
    if (kind === 'reference') add(options['from']);
    if (kind === 'on-delete') [options['clear'] ?? []].flat().forEach(add);
    if (kind === 'list') filterPaths(options, contract).forEach(add);
  }
  for (const { name, owner } of contract.resources.values()) {
    if (owner !== undefined) add(`${name}.${OWNER}`);
  }
  return { indexes, seed };
}

function filterPaths(options: JsonObject, contract: Contract): string[] {
  const filters = Object.values((options['filter'] ?? {}) as JsonObject) as JsonObject[];
  const lists = [options['at'] ?? []].flat() as string[];
  return lists.flatMap((id) => {
    const resource = contract.binding(id)?.resource.name;
    return filters.flatMap((filter) =>
      [filter['equals'] ?? filter['in'] ?? []]
        .flat()
        .filter((field) => field !== contract.binding(id)?.resource.key)
        .map((field) => `${resource}.${field}`),
    );
  });
}
