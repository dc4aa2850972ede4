import type { Contract, Rule } from '../../contract/contract.ts';
import type { Change } from '../../state/state.ts';
import type { Context, Hooks, Refusal, Sabotage } from '../kind.ts';
import { countParts, ownerId } from '../parts.ts';
import type { Options } from './options.ts';

interface Flaw {
  readonly count?: number;
  /** Only a part that is deleted by itself is looked at, not one that goes with what it is in. */
  readonly directOnly?: boolean;
}

/** The parts are counted in the state as it would be; what goes as a whole needs none. */
export function enforce({ options }: Rule<Options>, contract: Contract): Hooks {
  return hooks(options, contract, {});
}

function hooks(options: Options, contract: Contract, flaw: Flaw): Hooks {
  const { of, within, when, count = 1 } = { ...options, ...flaw };
  const check = ({ view, binding }: Context, change: Change): Refusal[] => {
    const { resource, before, after } = change;
    if (when === 'create') {
      if (resource !== within || before !== undefined || after === undefined) return [];
      return countParts(contract, view, within, after.id, of) < count ? [{ field: '' }] : [];
    }
    if (resource !== of || before === undefined || after !== undefined) return [];
    // What is done to the whole itself, such as bringing it back, is no taking out.
    if (binding.resource.name === within) return [];
    if (flaw.directOnly === true && binding.resource.name !== of) return [];
    const whole = ownerId(contract, view, of, before, within);
    if (whole === undefined || view.now(within, whole) === undefined) return [];
    return countParts(contract, view, within, whole, of) < count ? [{ field: '' }] : [];
  };
  return { resources: [of, within], check };
}

export function sabotage({ options }: Rule<Options>, contract: Contract): Sabotage[] {
  const variant = (name: string, flaw: Flaw) => ({ name, hooks: hooks(options, contract, flaw) });
  const { of, within, when, count } = options;
  const { owner } = contract.resource(of);
  const isNested = owner !== within && owner !== undefined;
  const goesWithOwner = isNested && contract.bindingFor('delete', owner) !== undefined;
  return [
    { name: 'off', hooks: {} },
    ...(when === 'delete' ? [variant('one-more', { count: count + 1 })] : []),
    ...(when === 'delete' && goesWithOwner ? [variant('direct-only', { directOnly: true })] : []),
  ];
}
