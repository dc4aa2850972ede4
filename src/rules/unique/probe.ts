import type { Contract, Rule } from '../../contract/contract.ts';
import type { Probe, Step } from '../../model/steps.ts';
import {
  callOn,
  deleteOf,
  environmentsApart,
  listCall,
  make,
  OTHER,
  readOf,
  updaterOf,
} from '../steps.ts';
import type { Options } from './options.ts';

/** How many creates race for one value. */
const RACERS = 8;

export function probe(rule: Rule<Options>, contract: Contract): Probe[] {
  const { of, by, among, blank } = rule.options;
  const operation = contract.bindingFor('create', of)?.operation.id;
  if (operation === undefined) return [];
  const { status } = rule.error;
  const first = make(of, 'first', { with: { [by]: '=fresh()' } });
  const same = { with: { [by]: `=first.${by}` } };
  const judge = (id: string, because: string, ...steps: Step[]): Probe => {
    const last = steps.pop() as Step;
    return { id, operation, steps: [...steps, { ...last, because }] };
  };
  return [
    ...duplicate(rule, contract, operation),
    judge('other-value', `a ${of} with another ${by}`, first, {
      ...make(of, 'second', { with: { [by]: '=fresh()' } }),
      expect: 'ok',
    }),
    judge('other-tenant', `the same ${by} in another tenant`, first, {
      ...make(of, 'second', same),
      ...OTHER,
      expect: 'ok',
    }),
    judge('race', `${RACERS} creates of one ${by} at once: exactly one wins`, {
      ...make(of, 'winner', { with: { [by]: '=fresh()' } }),
      race: RACERS,
      status,
    }),
    ...otherEnvironment(rule, contract, operation),
    ...leavesNothing(rule, contract, operation),
    ...(among === 'live' ? released(rule, contract, operation) : []),
    ...(blank === 'free' ? blanks(rule, operation) : []),
    ...renames(rule, contract),
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
        make(of, 'first', { with: { [by]: '=fresh()' } }),
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

/** The same value in another environment of the caller, where the server keeps environments apart. */
function otherEnvironment(
  { options }: Rule<Options>,
  contract: Contract,
  operation: string,
): Probe[] {
  const { of, by } = options;
  const apart = environmentsApart(contract, of);
  if (apart.length === 0) return [];
  return [
    {
      id: 'other-environment',
      operation,
      steps: [
        ...apart,
        make(of, 'first', { with: { [by]: '=fresh()' } }),
        {
          ...make(of, 'second', { with: { [by]: `=first.${by}` }, by: 'elsewhere' }),
          expect: 'ok',
          because: `the same ${by} in another environment`,
        },
      ],
    },
  ];
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
        make(of, 'first', { with: { [by]: '=fresh()' } }),
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

function released({ options }: Rule<Options>, contract: Contract, operation: string): Probe[] {
  const { of, by } = options;
  const gone = deleteOf(contract, of, 'first');
  if (gone.length === 0) return [];
  return [
    {
      id: 'free-after-delete',
      operation,
      steps: [
        make(of, 'first', { with: { [by]: '=fresh()' } }),
        ...gone,
        {
          ...make(of, 'second', { with: { [by]: `=first.${by}` } }),
          expect: 'ok',
          because: `the ${by} of a deleted ${of} is free again`,
        },
      ],
    },
  ];
}

function blanks({ options }: Rule<Options>, operation: string): Probe[] {
  const { of, by } = options;
  return [
    {
      id: 'absent-twice',
      operation,
      steps: [
        make(of, 'first', { with: { [by]: undefined } }),
        {
          ...make(of, 'second', { with: { [by]: undefined } }),
          expect: 'ok',
          because: `two without ${by}`,
        },
      ],
    },
  ];
}

function renames({ options, error }: Rule<Options>, contract: Contract): Probe[] {
  const { of, by } = options;
  const update = updaterOf(contract, of, by);
  if (update === undefined) return [];
  const two = [
    make(of, 'first', { with: { [by]: '=fresh()' } }),
    make(of, 'second', { with: { [by]: '=fresh()' } }),
  ];
  const operation = update.operation.id;
  return [
    {
      id: 'rename-into-taken',
      operation,
      steps: [
        ...two,
        callOn(update, 'second', {
          with: { [by]: `=first.${by}` },
          expect: 'refused',
          status: error.status,
          because: `a ${of} takes the ${by} of another`,
        }),
      ],
    },
    {
      id: 'rename-to-own',
      operation,
      steps: [
        ...two,
        callOn(update, 'second', {
          with: { [by]: `=second.${by}` },
          expect: 'ok',
          because: `a ${of} is given the ${by} it has`,
        }),
      ],
    },
  ];
}
