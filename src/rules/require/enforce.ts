import { type Contract, joined, type Rule } from '../../contract/contract.ts';
import { compileExpression, type Scope } from '../../contract/expression.ts';
import { isObject, type JsonObject, valuesAt } from '../../model/json.ts';
import type { Change } from '../../state/state.ts';
import type { Context, Hooks, Refusal, Sabotage } from '../kind.ts';
import type { Options } from './options.ts';

type Applies = (change: Change) => boolean;

/** A proposed record must satisfy the condition, and have the fields it needs. */
export function enforce({ options }: Rule<Options>): Hooks {
  return hooks(options, false, () => true);
}

function hooks(options: Options, negated: boolean, applies: Applies): Hooks {
  const { of, at = '', needs = [] } = options;
  const field = joined(at, options.field ?? needs[0] ?? '');
  const when = options.when === undefined ? undefined : compileExpression(options.when);
  const that = options.that === undefined ? undefined : compileExpression(options.that);
  const judge = (scope: Scope, self: JsonObject): Refusal[] => {
    if (when !== undefined && !when.holds(scope)) return [];
    const missing = needs.filter((name) => (self[name] ?? null) === null || self[name] === '');
    if (missing.length > 0 && !negated) return missing.map((name) => ({ field: joined(at, name) }));
    if (that === undefined) return negated && missing.length === 0 ? [{ field }] : [];
    return that.holds(scope) === negated ? [{ field }] : [];
  };
  const check = (context: Context, change: Change): Refusal[] => {
    if (change.after === undefined || !applies(change)) return [];
    const old = change.before === undefined ? null : change.before.data;
    const { input, caller, now } = context;
    return valuesAt(change.after.data, at)
      .filter(isObject)
      .flatMap((self) => judge({ self, old, input, caller, now }, self));
  };
  return { resources: [of], check };
}

export function sabotage(rule: Rule<Options>, contract: Contract): Sabotage[] {
  const { options } = rule;
  const updates = contract.bindingFor('update', options.of) !== undefined;
  const reached = rule.examples.refuse.some((patch) => 'change' in (patch as object));
  return [
    { name: 'off', hooks: {} },
    { name: 'negated', hooks: hooks(options, true, () => true) },
    ...(updates && reached
      ? [
          {
            name: 'create-only',
            hooks: hooks(options, false, (c) => c.before === undefined),
          },
        ]
      : []),
  ];
}
