import { type Contract, type Rule, splitPath } from '../../contract/contract.ts';
import { compileExpression } from '../../contract/expression.ts';
import { valuesAt } from '../../model/json.ts';
import type { Change } from '../../state/state.ts';
import type { Context, Hooks, Refusal, Sabotage } from '../kind.ts';
import { updaterOf } from '../steps.ts';
import type { Options } from './options.ts';

interface Flaw {
  readonly on?: 'create' | 'update';
  readonly takesDead?: boolean;
  readonly takesUnknown?: boolean;
}

/** Every new value names a record that the caller sees and that is as it must be; "" and null name nothing. */
export function enforce({ options }: Rule<Options>, contract: Contract): Hooks {
  return hooks(options, contract, {});
}

function hooks(options: Options, contract: Contract, flaw: Flaw): Hooks {
  const [from, field] = splitPath(options.from);
  const target = contract.resource(options.to);
  const when = options.when === undefined ? undefined : compileExpression(options.when);
  const live = (options.must ?? []).includes('live') && flaw.takesDead !== true;
  const must = (options.must ?? []).filter((text) => text !== 'live').map(compileExpression);

  const check = (context: Context, { before, after }: Change): Refusal[] => {
    if (after === undefined) return [];
    if (flaw.on !== undefined && (flaw.on === 'create') !== (before === undefined)) return [];
    const old = before === undefined ? [] : valuesAt(before.data, field);
    const fresh = valuesAt(after.data, field).filter((value) => !old.includes(value));
    const named = fresh.filter((value) => value !== null && value !== '');
    if (named.length === 0) return [];
    const self = after.data;
    if (when !== undefined && !when.holds({ self })) return [];
    const wrong = named.filter((id) => {
      const row = context.reach('reference', target, String(id));
      if (row === undefined) return flaw.takesUnknown !== true;
      if (live && !target.live(row.data)) return true;
      return !must.every((test) => test.holds({ self, target: row.data }));
    });
    return wrong.map(() => ({ field }));
  };
  return { resources: [from], check };
}

export function sabotage({ options }: Rule<Options>, contract: Contract): Sabotage[] {
  const [from, field] = splitPath(options.from);
  const variant = (name: string, flaw: Flaw) => ({ name, hooks: hooks(options, contract, flaw) });
  const dies = contract.bindingFor('delete', options.to) !== undefined;
  return [
    { name: 'off', hooks: {} },
    ...(updaterOf(contract, from, field) === undefined
      ? []
      : [variant('create-only', { on: 'create' })]),
    variant('update-only', { on: 'update' }),
    variant('takes-unknown', { takesUnknown: true }),
    ...(dies && options.must?.includes('live') ? [variant('takes-dead', { takesDead: true })] : []),
  ];
}
