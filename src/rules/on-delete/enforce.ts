import { type Contract, isLive, type Rule, splitPath } from '../../contract/contract.ts';
import { asList, type JsonObject } from '../../model/json.ts';
import type { Change, Row } from '../../state/state.ts';
import type { Access, Context, Hooks, Refusal, Sabotage } from '../kind.ts';
import { ownerId } from '../parts.ts';
import type { Options } from './options.ts';

interface Flaw {
  readonly clears?: 'first' | 'live' | 'newest' | 'others-too';
  readonly hidesFrom?: Access;
}

/** What follows when a record stops being live, or goes. */
export function enforce({ options }: Rule<Options>, contract: Contract): Hooks {
  return hooks(options, contract, {});
}

function hooks(options: Options, contract: Contract, flaw: Flaw): Hooks {
  const resource = contract.resource(options.of);
  const died = ({ before, after }: Change) => isLive(resource, before) && !isLive(resource, after);
  const hidden: Access[] = [
    ...(options.list === 'gone' ? (['list'] as const) : []),
    ...(options.read === 'gone' ? (['read', 'write', 'expand'] as const) : []),
    ...(flaw.hidesFrom === undefined ? [] : [flaw.hidesFrom]),
  ];
  return {
    // Consequences show on the records that refer to this one, checks and visibility on its own.
    ...(hidden.length === 0
      ? {}
      : {
          see: (context, access, row) =>
            !hidden.includes(access) ||
            context.view.now(options.of, row.id) !== row ||
            isLive(resource, row),
        }),
    ...(options.shows === undefined ? {} : { take: shows(options) }),
    ...(options.write === undefined && options.again === undefined
      ? {}
      : { check: refusesTheDead(options, contract) }),
    ...(options.clear === undefined
      ? {}
      : {
          follow: (context, change) => {
            if (change.resource === options.of && died(change))
              clear(context, contract, options, change, flaw);
          },
        }),
  };
}

function shows({ of, shows: fields }: Options): NonNullable<Hooks['take']> {
  return (_, { resource, verb, draft }) => {
    if (verb === 'delete' && resource.name === of) Object.assign(draft, fields as JsonObject);
  };
}

function refusesTheDead(
  { of, write, again }: Options,
  contract: Contract,
): NonNullable<Hooks['check']> {
  const resource = contract.resource(of);
  const isDead = (row: Row | undefined) => row !== undefined && !isLive(resource, row);
  return ({ view, binding }, change): Refusal[] => {
    const row = change.after ?? change.before;
    if (row === undefined) return [];
    const id = change.resource === of ? row.id : ownerId(contract, view, change.resource, row, of);
    // What brings it back to life is no write to a dead one.
    if (id === undefined || !isDead(view.was(of, id)) || !isDead(view.now(of, id))) return [];
    const isAgain = binding.verb === 'delete' && binding.resource.name === of;
    return (isAgain ? again : write) === 'refuse' ? [{ field: '' }] : [];
  };
}

function clear(
  context: Context,
  contract: Contract,
  options: Options,
  change: Change,
  flaw: Flaw,
): void {
  for (const path of asList<string>(options.clear as string | string[] | undefined)) {
    const [from, field] = splitPath(path);
    const source = contract.resource(from);
    const named = context.view.find(from, field, change.id);
    const all = flaw.clears === 'others-too' ? context.view.all(from) : named;
    const rows =
      flaw.clears === 'first'
        ? all.slice(0, 1)
        : flaw.clears === 'live'
          ? all.filter((row) => source.live(row.data))
          : flaw.clears === 'newest'
            ? all.slice(-50)
            : all;
    for (const row of rows) context.change(source, row, { [field]: null });
  }
}

/** The variants that this API can show. */
export function sabotage({ options, examples }: Rule<Options>, contract: Contract): Sabotage[] {
  const variant = (name: string, flaw: Flaw) => ({ name, hooks: hooks(options, contract, flaw) });
  const clears = options.clear !== undefined;
  const hasUnlike = Object.keys(examples.beside).length > 0;
  return [
    ...(options.list !== undefined ||
    clears ||
    options.write !== undefined ||
    options.again !== undefined
      ? [{ name: 'off', hooks: {} }]
      : []),
    ...(options.read === 'kept' ? [variant('gone-from-read', { hidesFrom: 'read' })] : []),
    ...(options.list === 'gone' ? [variant('hidden-from-read-too', { hidesFrom: 'read' })] : []),
    ...(options.shows === undefined
      ? []
      : [{ name: 'shows-as-before', hooks: { take: asBefore(options) } }]),
    ...(clears
      ? [
          variant('clears-first-only', { clears: 'first' }),
          variant('clears-newest-50', { clears: 'newest' }),
          ...(hasUnlike ? [variant('clears-live-only', { clears: 'live' })] : []),
          variant('clears-others-too', { clears: 'others-too' }),
        ]
      : []),
  ];
}

function asBefore({ of, shows: fields }: Options): NonNullable<Hooks['take']> {
  return (_, { resource, verb, draft, before }) => {
    if (verb !== 'delete' || resource.name !== of) return;
    for (const field of Object.keys(fields as JsonObject))
      draft[field] = before?.data[field] ?? null;
  };
}
