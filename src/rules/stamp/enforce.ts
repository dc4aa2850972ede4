import type { Contract, Rule } from '../../contract/contract.ts';
import type { Change } from '../../state/state.ts';
import type { Context, Hooks, Proposal, Sabotage } from '../kind.ts';
import { ownerId } from '../parts.ts';
import type { Options } from './options.ts';

/** Sets both. A change in the same millisecond as the one before still moves `updated`. */
export function enforce({ options }: Rule<Options>, contract: Contract): Hooks {
  const { of, through = [], created, updated } = options;
  const own = stamping(options, (now, proposal) => {
    const { before, draft } = proposal;
    if (before === undefined) draft[created] = now;
    draft[updated] = later(now, before?.data[updated]);
  });
  if (through.length === 0) return own;
  return {
    ...own,
    resources: [...of, ...through],
    follow: (context, change) => {
      if (through.includes(change.resource)) touchOwners(context, contract, of, change);
    },
  };
}

/** The records that a changed part belongs to are changed too, once in a request. */
function touchOwners(
  context: Context,
  contract: Contract,
  of: readonly string[],
  { resource, before, after }: Change,
): void {
  const { view } = context;
  for (const name of of) {
    const row = after ?? before;
    const id = row === undefined ? undefined : ownerId(contract, view, resource, row, name);
    const owner = id === undefined ? undefined : view.now(name, id);
    if (owner === undefined || owner !== view.was(name, owner.id)) continue;
    context.change(contract.resource(name), owner, {});
  }
}

function stamping({ of }: Options, stamp: (now: string, proposal: Proposal) => void): Hooks {
  return {
    resources: of,
    take: ({ now }, proposal) => {
      if (of.includes(proposal.resource.name)) stamp(now, proposal);
    },
  };
}

function later(now: string, before: unknown): string {
  if (typeof before !== 'string' || before < now) return now;
  return new Date(Date.parse(before) + 1).toISOString();
}

export function sabotage({ options }: Rule<Options>, contract: Contract): Sabotage[] {
  const { created, updated } = options;
  return options.of
    .filter((name) =>
      ['update', 'delete'].some((verb) => contract.bindingFor(verb as 'update', name)),
    )
    .flatMap((name) => {
      const on = (stamp: (now: string, proposal: Proposal) => void): Hooks =>
        stamping(options, (now, proposal) => {
          enforce({ options } as Rule<Options>, contract).take?.({ now } as never, proposal);
          if (proposal.resource.name === name && proposal.before !== undefined)
            stamp(now, proposal);
        });
      return [
        {
          name: `${name}-updated-frozen`,
          hooks: on((_, { before, draft }) => {
            draft[updated] = before?.data[updated] ?? null;
          }),
        },
        {
          name: `${name}-created-moves`,
          hooks: on((now, { draft }) => {
            draft[created] = now;
          }),
        },
      ];
    });
}
