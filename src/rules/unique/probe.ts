import type { Contract, Rule } from '../../contract/contract.ts';
import type { Probe } from '../../model/steps.ts';
import { listCall } from '../list-steps.ts';
import { make, readOf } from '../steps.ts';
import type { Options } from './options.ts';
import { blanks, otherEnvironment, otherTenant, otherValue, released } from './probe-free.ts';
import { inOneBody, inOwners, otherOwner } from './probe-owners.ts';
import { renames } from './probe-renames.ts';
import { own } from './values.ts';

/** How many creates race for one value. */
const RACERS = 3;

export function probe(rule: Rule<Options>, contract: Contract): Probe[] {
  const { of, among, blank } = rule.options;
  const operation = contract.bindingFor('create', of)?.operation.id;
  if (operation === undefined) return [];
  return [
    ...duplicate(rule, contract, operation),
    otherValue(rule, contract, operation),
    ...otherTenant(rule, contract, operation),
    race(rule, contract, operation),
    ...otherEnvironment(rule, contract, operation),
    ...leavesNothing(rule, contract, operation),
    ...(among === 'live' || contract.resource(of).owner !== undefined
      ? released(rule, contract, operation)
      : []),
    ...(blank !== undefined ? blanks(rule, contract, operation) : []),
    ...renames(rule, contract),
    ...inOneBody(rule, contract),
    ...otherOwner(rule, contract, operation),
    ...inOwners(rule, contract, operation),
  ];
}

/** The second is refused, and the first is as it was. */
function duplicate(
  { options, error }: Rule<Options>,
  contract: Contract,
  operation: string,
): Probe[] {
  const { of, by } = options;
  const fields = Object.keys(contract.resource(of).sample);
  return [
    {
      id: 'duplicate-create',
      operation,
      steps: [
        make(of, 'first', own(options, contract)),
        {
          ...make(of, 'second', { with: { [by]: `=first.${by}` } }),
          expect: 'refused',
          status: error.status,
          because: `a second ${of} with the same ${by}`,
        },
        ...readOf(contract, of, 'first', {
          that: fields.map((field) => `same(answer.${field}, first.${field})`).join(' && '),
          because: `a refused ${of} leaves the first one as it was`,
        }),
      ],
    },
  ];
}

function race({ options, error }: Rule<Options>, contract: Contract, operation: string): Probe {
  const { of, by } = options;
  return {
    id: 'race',
    operation,
    steps: [
      {
        ...make(of, 'winner', own(options, contract)),
        race: RACERS,
        status: error.status,
        because: `${RACERS} creates of one ${by} at once: exactly one wins`,
      },
    ],
  };
}

/** After a refusal the list that filters by the value holds one record, the first. */
function leavesNothing(
  { options, error }: Rule<Options>,
  contract: Contract,
  operation: string,
): Probe[] {
  const { of, by } = options;
  const list = contract.bindings.find((b) => b.verb === 'list' && b.resource.name === of);
  const filters = contract.rules.some(
    (rule) =>
      rule.kind === 'list' &&
      [rule.options['at']].flat().includes(list?.operation.id ?? '') &&
      JSON.stringify(rule.options['filter'] ?? {}).includes(`{"equals":"${by}"}`),
  );
  if (list === undefined || !filters) return [];
  const same = `answer.items.filter(i, i.${by} == first.${by})`;
  return [
    {
      id: 'refused-leaves-nothing',
      operation,
      steps: [
        make(of, 'first', own(options, contract)),
        make(of, 'second', {
          with: { [by]: `=first.${by}` },
          expect: 'refused',
          status: error.status,
        }),
        listCall(
          list,
          { [by]: `=first.${by}` },
          {
            until: `size(${same}) > 0`,
            that: `size(${same}) == 1`,
            because: `a refused ${of} must not be found`,
          },
        ),
      ],
    },
  ];
}
