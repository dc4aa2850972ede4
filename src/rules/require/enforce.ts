import type { Contract, Rule } from '../../contract/contract.ts';
import { compileExpression } from '../../contract/expression.ts';
import type { Change } from '../../state/state.ts';
import type { Context, Hooks, Refusal, Sabotage } from '../kind.ts';
import type { Options } from './options.ts';

type Applies = (change: Change) => boolean;

/** A proposed record must satisfy the condition, and have the fields it needs. */
export function enforce({ options }: Rule<Options>, contract: Contract): Hooks {
  return hooks(options, contract, false, () => true);
}

function hooks(options: Options, _contract: Contract, negated: boolean, applies: Applies): Hooks {
  const { of, needs = [], field = needs[0] ?? '' } = options;
  const when = options.when === undefined ? undefined : compileExpression(options.when);
  const that = options.that === undefined ? undefined : compileExpression(options.that);
  const check = (context: Context, change: Change): Refusal[] => {
    if (change.after === undefined || !applies(change)) return [];
    const self = change.after.data;
    const old = change.before === undefined ? null : change.before.data;
    const scope = { self, old, input: context.input, caller: context.caller, now: context.now };
    if (when !== undefined && !when.holds(scope)) return [];
    const missing = needs.filter((name) => self[name] === null || self[name] === '');
    if (missing.length > 0 && !negated) return missing.map((name) => ({ field: name }));
    if (that === undefined) return negated && missing.length === 0 ? [{ field }] : [];
    return that.holds(scope) === negated ? [{ field }] : [];
  };
  return { resources: [of], check };
}

export function sabotage(rule: Rule<Options>, contract: Contract): Sabotage[] {
  const { options } = rule;
  const updates = contract.bindingFor('update', options.of) !== undefined;
  const reached = rule.examples.refuse.some((patch) => 'change' in (patch as object));
  return [
    { name: 'off', hooks: {} },
    { name: 'negated', hooks: hooks(options, contract, true, () => true) },
    ...(updates && reached
      ? [
          {
            name: 'create-only',
            hooks: hooks(options, contract, false, (c) => c.before === undefined),
          },
        ]
      : []),
  ];
}
