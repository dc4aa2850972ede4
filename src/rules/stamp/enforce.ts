import type { Contract, Rule } from '../../contract/contract.ts';
import type { Hooks, Proposal, Sabotage } from '../kind.ts';
import type { Options } from './options.ts';

/** Sets both. A change in the same millisecond as the one before still moves `updated`. */
export function enforce({ options }: Rule<Options>): Hooks {
  return stamping(options, (now, proposal) => {
    const { before, draft } = proposal;
    if (before === undefined) draft[options.created] = now;
    draft[options.updated] = later(now, before?.data[options.updated]);
  });
}

function stamping({ of }: Options, stamp: (now: string, proposal: Proposal) => void): Hooks {
  return { resources: of, take: ({ now }, proposal) => stamp(now, proposal) };
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
          enforce({ options } as Rule<Options>).take?.({ now } as never, proposal);
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
