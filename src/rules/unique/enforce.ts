import { type Contract, isLive, type Rule } from '../../contract/contract.ts';
import type { Json } from '../../model/json.ts';
import type { Change, Row } from '../../state/state.ts';
import type { Context, Hooks, Refusal, Sabotage } from '../kind.ts';
import { ownerId } from '../parts.ts';
import { referredBy, updaterOf } from '../relations.ts';
import type { Options } from './options.ts';

interface Flaw {
  /** Only these writes are looked at. */
  readonly on?: 'create' | 'update';
  readonly countsDead?: boolean;
  readonly ignoresCase?: boolean;
  readonly everywhere?: boolean;
  /** Owners are not told apart. */
  readonly allOwners?: boolean;
  readonly blankCollides?: boolean;
}

/** No two records that count may have the same value, in the state as it would be. Null never collides. */
export function enforce({ options }: Rule<Options>, contract: Contract): Hooks {
  return hooks(options, contract, {});
}

function hooks(options: Options, contract: Contract, flaw: Flaw): Hooks {
  const { of, by, among = 'live', blank, within } = options;
  const resource = contract.resource(of);
  const counts = (row: Row) => among === 'all' || flaw.countsDead === true || isLive(resource, row);
  const isFree = (value: Json | undefined) =>
    flaw.blankCollides !== true && ((value ?? null) === null || (blank === 'free' && value === ''));

  const check = (context: Context, { before, after }: Change): Refusal[] => {
    if (after === undefined || !counts(after)) return [];
    if (flaw.on === 'create' && before !== undefined) return [];
    if (flaw.on === 'update' && before === undefined) return [];
    const value = after.data[by];
    if (value === undefined || isFree(value)) return [];
    if (before !== undefined && before.data[by] === value && counts(before)) return [];
    const owner = ownerOf(context, after);
    const taken = rivals(context, value).some(
      (row) => row.id !== after.id && counts(row) && ownerOf(context, row) === owner,
    );
    return taken ? [{ field: by }] : [];
  };
  const ownerOf = ({ view }: Context, row: Row): string | undefined =>
    within === undefined || flaw.allOwners === true
      ? undefined
      : ownerId(contract, view, of, row, within);
  const rivals = (context: Context, value: Json): Row[] => {
    if (flaw.everywhere === true) {
      return [...context.view.all(of), ...context.view.allElsewhere(of)].filter(
        (r) => r.data[by] === value,
      );
    }
    if (flaw.ignoresCase !== true && value !== null) return context.view.find(of, by, value);
    return context.view.all(of).filter((row) => fold(row.data[by]) === fold(value));
  };
  return { resources: [of], check };
}

function fold(value: Json | undefined): Json {
  return typeof value === 'string' ? value.toLowerCase() : (value ?? null);
}

/** The variants that this API can show. */
export function sabotage({ options }: Rule<Options>, contract: Contract): Sabotage[] {
  const { of, by, among, blank } = options;
  const variant = (name: string, flaw: Flaw) => ({ name, hooks: hooks(options, contract, flaw) });
  const updatable = updaterOf(contract, of, by) !== undefined;
  const deletable = contract.bindingFor('delete', of) !== undefined;
  return [
    { name: 'off', hooks: {} },
    ...(updatable ? [variant('create-only', { on: 'create' })] : []),
    variant('update-only', { on: 'update' }),
    ...(deletable && among === 'live' ? [variant('counts-dead', { countsDead: true })] : []),
    // What is unique within another record, or names one, is never the same for two tenants.
    ...(options.within === undefined && referredBy(contract, `${of}.${by}`) === undefined
      ? [variant('all-tenants', { everywhere: true })]
      : []),
    ...(options.within === undefined ? [] : [variant('all-owners', { allOwners: true })]),
    ...(blank !== undefined ? [variant('blank-collides', { blankCollides: true })] : []),
  ];
}
