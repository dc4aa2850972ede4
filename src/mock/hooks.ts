// The rules of a contract with what each does to requests, and which of them concern a step.

import type { Contract, Rule } from '../contract/contract.ts';
import { type Hooks, type Kind, kindNamed } from '../rules/kind.ts';

export interface RuleHooks {
  readonly rule: Rule;
  readonly hooks: Hooks;
}

/** A rule that has something to do at one step. */
export type Present<Name extends keyof Hooks> = {
  readonly rule: Rule;
  readonly run: NonNullable<Hooks[Name]>;
};

/** The contract's rules with the hooks of their kinds. */
export function hooksOf(contract: Contract, kinds: readonly Kind[]): RuleHooks[] {
  return contract.rules.map((rule) => ({
    rule,
    hooks: kindNamed(kinds, rule.kind).enforce(rule, contract),
  }));
}

/** The rules that do something at the step. */
export function present<Name extends keyof Hooks>(
  all: readonly RuleHooks[],
  name: Name,
): Present<Name>[] {
  return all.flatMap(({ rule, hooks }) => {
    const run = hooks[name];
    return run === undefined ? [] : [{ rule, run: run as NonNullable<Hooks[Name]> }];
  });
}

/** Those of them that concern the resource. */
export function concerning<Name extends keyof Hooks>(
  all: readonly RuleHooks[],
  name: Name,
  resource: string,
): Present<Name>[] {
  return present(
    all.filter(({ hooks }) => hooks.resources?.includes(resource) ?? true),
    name,
  );
}
