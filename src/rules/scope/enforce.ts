// Isolation is structural: every record lives in its caller's scope, so there is nothing to enforce. What
// can be broken is one access that reaches beyond it.

import type { Contract, Rule } from '../../contract/contract.ts';
import { ACCESSES, type Access, type Hooks, type Sabotage } from '../kind.ts';
import type { Options } from './options.ts';

export function enforce(): Hooks {
  return {};
}

/** One leak for each access that this API has. */
export function sabotage(rule: Rule<Options>, contract: Contract): Sabotage[] {
  return ACCESSES.filter((access) => has(access, rule, contract)).map((access) => ({
    name: `leak-at-${access}`,
    hooks: { reaches: (asked) => asked === access },
  }));
}

function has(access: Access, rule: Rule<Options>, contract: Contract): boolean {
  const bound = (verbs: readonly string[]) =>
    contract.bindings.some(
      (b) => verbs.includes(b.verb) && rule.options.of.includes(b.resource.name),
    );
  switch (access) {
    case 'read':
      return bound(['read']);
    case 'list':
      return bound(['list']);
    case 'write':
      return bound(['update', 'delete']);
    case 'expand':
    case 'unique':
      // A record of another tenant is never named, so an expansion can't show one; and that a key taken
      // elsewhere is free is the unique rules' own business.
      return false;
    case 'reference':
      // A rule that nobody judges can't show a leak, and one that wants the same owner refuses anyway.
      return contract.rules.some(
        ({ kind, basis, options }) =>
          kind === 'reference' &&
          (basis === 'documented' || basis === 'protocol') &&
          !JSON.stringify(options['must'] ?? []).includes('== self.') &&
          inScope(options, rule),
      );
    default:
      return contract.rules.some(({ kind, options }) => kind === access && inScope(options, rule));
  }
}

function inScope(options: object, rule: Rule<Options>): boolean {
  const { to, of } = options as { to?: string; of?: string };
  return rule.options.of.includes(to ?? of ?? '');
}
