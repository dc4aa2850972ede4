// A contract made ready to be played: routes in a radix tree, and which rules concern which resource. An operation is
// made ready when it is first called.

import type { Binding, Contract, Resource, Rule } from '../contract/contract.ts';
import type { JsonObject } from '../model/json.ts';
import { ByName } from '../model/lazy.ts';
import type { Operation } from '../spec/spec.ts';
import { checkAction } from './actions.ts';
import { finderOf } from './find.ts';
import { concerning, type Present, present, type RuleHooks } from './hooks.ts';
import { type Route, routeOf, type Shown, shownOf } from './route.ts';

export { hooksOf, type RuleHooks } from './hooks.ts';
export type { Route } from './route.ts';
export { shapeOf } from './shape.ts';

export interface Playable {
  readonly contract: Contract;
  /** The operation, made ready when it is first asked for. */
  route(binding: Binding): Route;
  /** The operations that are ready so far. */
  readonly ready: ReadonlyMap<Binding, Route>;
  /** The route and its path parameters, decoded; an operation that no binding covers; else the methods the path takes. */
  find(
    method: string,
    path: string,
  ): { route: Route; params: Readonly<Record<string, string>> } | { unbound: Operation } | string[];
  readonly rules: ReadonlyMap<string, Rule>;
  readonly see: readonly Present<'see'>[];
  readonly reaches: readonly Present<'reaches'>[];
  /** By resource. */
  readonly take: ByName<readonly Present<'take'>[]>;
  readonly check: ByName<readonly Present<'check'>[]>;
  readonly follow: ByName<readonly Present<'follow'>[]>;
  /** By resource: every field of a new record, unset. */
  readonly blank: ReadonlyMap<string, JsonObject>;
  /** By resource: the fields shown, and whether the schema lets them be null. */
  readonly shown: ByName<Shown>;
}

/** The contract, ready for `handle`; other hooks for a rule make a sabotaged mock. */
export function playable(contract: Contract, ruleHooks: readonly RuleHooks[]): Playable {
  for (const { operation, action } of contract.bindings) checkAction(operation.id, action);
  const byResource = <Name extends 'take' | 'check' | 'follow'>(name: Name) =>
    new ByName((resource) => concerning(ruleHooks, name, resource));
  const ready = new Map<Binding, Route>();
  const route = (binding: Binding) => {
    const known = ready.get(binding) ?? routeOf(binding, contract, ruleHooks);
    ready.set(binding, known);
    return known;
  };
  return {
    contract,
    route,
    ready,
    find: findingIn(contract, route),
    rules: new Map(contract.rules.map((rule) => [rule.id, rule])),
    see: present(ruleHooks, 'see'),
    reaches: present(ruleHooks, 'reaches'),
    take: byResource('take'),
    check: byResource('check'),
    follow: byResource('follow'),
    blank: new Map(
      [...contract.resources].map(([name, resource]) => [name, blankOf(resource)] as const),
    ),
    shown: new ByName((name) => shownOf(contract.resource(name).schema)),
  };
}

/** Every operation of the document is looked up, those that are bound first. */
function findingIn(
  { bindings, spec: { operations } }: Contract,
  route: Playable['route'],
): Playable['find'] {
  const bound = new Map(bindings.map((binding) => [binding.operation, binding]));
  const unbound = operations.filter((operation) => !bound.has(operation));
  const find = finderOf([...bound.keys(), ...unbound]);
  return (method, path) => {
    const match = find(method, path);
    if (Array.isArray(match)) return match;
    const binding = bound.get(match.operation);
    if (binding === undefined) return { unbound: match.operation };
    return { route: route(binding), params: match.params };
  };
}

function blankOf(resource: Resource): JsonObject {
  return Object.fromEntries(resource.fields.map((field) => [field, null]));
}
