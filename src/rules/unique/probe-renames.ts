// A unique value that an update changes: into a taken one, to its own, and away from one that is free then.

import type { Binding, Contract, Rule } from '../../contract/contract.ts';
import type { Probe } from '../../model/steps.ts';
import { updaterOf } from '../relations.ts';
import { callOn, make } from '../steps.ts';
import type { Options } from './options.ts';
import { own } from './values.ts';

/** The probes of an update that takes the value; empty where none does. */
export function renames(rule: Rule<Options>, contract: Contract): Probe[] {
  const { of, by } = rule.options;
  const update = updaterOf(contract, of, by);
  if (update === undefined) return [];
  return [...ofTwo(rule, contract, update), leavesFree(rule, contract, update)];
}

function ofTwo({ options, error }: Rule<Options>, contract: Contract, update: Binding): Probe[] {
  const { of, by } = options;
  const second = (id: string, judge: Parameters<typeof callOn>[2]): Probe => ({
    id,
    operation: update.operation.id,
    steps: [
      make(of, 'first', own(options, contract)),
      make(of, 'second', own(options, contract)),
      callOn(update, 'second', judge),
    ],
  });
  return [
    second('rename-into-taken', {
      with: { [by]: `=first.${by}` },
      expect: 'refused',
      status: error.status,
      because: `a ${of} takes the ${by} of another`,
    }),
    second('rename-to-own', {
      with: { [by]: `=second.${by}` },
      expect: 'ok',
      because: `a ${of} is given the ${by} it has`,
    }),
  ];
}

/** The value that a record had before. */
function leavesFree({ options }: Rule<Options>, contract: Contract, update: Binding): Probe {
  const { of, by } = options;
  return {
    id: 'free-after-rename',
    operation: update.operation.id,
    steps: [
      make(of, 'first', own(options, contract)),
      callOn(update, 'first', { with: { [by]: '=fresh()' } }),
      {
        ...make(of, 'second', { with: { [by]: `=first.${by}` } }),
        expect: 'ok',
        because: `the ${by} that a ${of} had before is free again`,
      },
    ],
  };
}
