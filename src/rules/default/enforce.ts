import { type Contract, fieldNames, type Rule, splitPath } from '../../contract/contract.ts';
import type { Json } from '../../model/json.ts';
import type { Hooks, Proposal, Sabotage } from '../kind.ts';
import { updaterOf } from '../relations.ts';
import type { Options } from './options.ts';

/** On create, never on a change: a field that was not sent gets the value. */
export function enforce({ options }: Rule<Options>): Hooks {
  return hooks(options, options.to as Json, (proposal) => proposal.verb === 'create');
}

function hooks(options: Options, to: Json, applies: (proposal: Proposal) => boolean): Hooks {
  const [owner, field] = splitPath(options.at);
  return {
    resources: [owner],
    take(_, proposal) {
      const { input } = proposal;
      if (input === undefined || !applies(proposal)) return;
      const sent = Object.hasOwn(input, field) ? input[field] : undefined;
      const absent = sent === undefined && options.for.includes('absent');
      if (absent || (sent === null && options.for.includes('as-null'))) proposal.draft[field] = to;
    },
  };
}

/** Whether an update can leave the field out, and no other rule says what becomes of it then. */
function canLeaveOut(contract: Contract, owner: string, field: string): boolean {
  const update = updaterOf(contract, owner, field);
  const isRuled = contract.rules.some(({ kind, options }) => {
    const { at, fields = [] } = options as { at?: string; fields?: string[] };
    const places = [at, ...fields.map((name) => `${at}.${name}`)];
    return kind === 'input' && places.includes(`${update?.operation.id}.${field}`);
  });
  return fieldNames(update?.body).length > 1 && !isRuled;
}

export function sabotage({ options }: Rule<Options>, contract: Contract): Sabotage[] {
  const [owner, field] = splitPath(options.at);
  const { to } = options;
  const other = typeof to === 'number' ? to + 1 : typeof to === 'boolean' ? !to : 'other';
  const creates = (proposal: Proposal) => proposal.verb === 'create';
  return [
    { name: 'off', hooks: {} },
    { name: 'other-value', hooks: hooks(options, other, creates) },
    ...(!canLeaveOut(contract, owner, field)
      ? []
      : [{ name: 're-applied-on-update', hooks: hooks(options, to as Json, () => true) }]),
    {
      name: 'always',
      hooks: {
        resources: [owner],
        take: (_, proposal) => {
          if (creates(proposal)) proposal.draft[field] = to as Json;
        },
      },
    },
  ];
}
