import {
  type Contract,
  fieldSchema,
  ownersOf,
  placesOf,
  type Rule,
} from '../../contract/contract.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Make, Probe, Step } from '../../model/steps.ts';
import { basisOf } from '../../spec/spec.ts';
import { nestedIn } from '../nested.ts';
import {
  callOn,
  deleteOf,
  environmentsApart,
  listCall,
  make,
  OTHER,
  readOf,
  referredBy,
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
  const first = make(of, 'first', own(rule.options, contract));
  const same = { with: { [by]: `=first.${by}` } };
  const judge = (id: string, because: string, ...steps: Step[]): Probe => {
    const last = steps.pop() as Step;
    return { id, operation, steps: [...steps, { ...last, because }] };
  };
  return [
    ...duplicate(rule, contract, operation),
    judge('other-value', `a ${of} with another ${by}`, first, {
      ...make(of, 'second', own(rule.options, contract)),
      expect: 'ok',
    }),
    // What only one's own record can be named by can't be named by another tenant anyway.
    ...(referredBy(contract, `${of}.${by}`) === undefined
      ? [
          judge('other-tenant', `the same ${by} in another tenant`, first, {
            ...make(of, 'second', same),
            ...OTHER,
            expect: 'ok',
          }),
        ]
      : []),
    judge('race', `${RACERS} creates of one ${by} at once: exactly one wins`, {
      ...make(of, 'winner', own(rule.options, contract)),
      race: RACERS,
      status,
    }),
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

/** A value that nothing else has: made up, or the sample's own where it names a record. */
function own({ of, by }: Options, contract: Contract): Partial<Make> {
  return referredBy(contract, `${of}.${by}`) === undefined ? { with: { [by]: '=fresh()' } } : {};
}

/** Two of the same value among the parts of one body. */
function inOneBody({ options, error }: Rule<Options>, contract: Contract): Probe[] {
  const { of, by } = options;
  const { owner, sample } = contract.resource(of);
  const create = owner === undefined ? undefined : contract.bindingFor('create', owner);
  const [place] = create === undefined ? [] : placesOf(contract, create, of);
  if (owner === undefined || create === undefined || place === undefined) return [];
  const field = place.slice(0, -2);
  const [usual = {}] = (create.resource.sample[field] ?? []) as JsonObject[];
  const value = referredBy(contract, `${of}.${by}`) === undefined ? 'Tallystick twins' : sample[by];
  const twins = [usual, sample].map((entry) => ({ ...sample, ...entry, [by]: value ?? null }));
  return [
    {
      id: 'twins-in-one-body',
      operation: create.operation.id,
      steps: [
        {
          ...make(owner, 'whole', { with: { [field]: twins } }),
          expect: 'refused',
          status: error.status,
          because: `two of the same ${by} in one body`,
        },
      ],
    },
  ];
}

/** The same value in another owner. */
function otherOwner({ options }: Rule<Options>, contract: Contract, operation: string): Probe[] {
  const { of, by, within } = options;
  if (within === undefined || contract.resource(of).owner !== within) return [];
  return [
    {
      id: 'other-owner',
      operation,
      steps: [
        make(of, 'first', { with: { [by]: '=fresh()' } }),
        make(within, 'another'),
        {
          ...make(of, 'second', { in: 'another', with: { [by]: `=first.${by}` } }),
          expect: 'ok',
          because: `the same ${by} in another ${within}`,
        },
      ],
    },
  ];
}

/** What is unique wherever it is: in another owner, and in bodies that make owners with it. */
function inOwners(
  { options, error }: Rule<Options>,
  contract: Contract,
  operation: string,
): Probe[] {
  const { of, by, within } = options;
  const { owner, sample } = contract.resource(of);
  if (within !== undefined || owner === undefined) return [];
  const same = { [by]: `=first.${by}` };
  const judge = { expect: 'refused', status: error.status } as const;
  const [outermost] = ownersOf(contract, contract.resource(of));
  const whole = outermost?.name ?? owner;
  const holder = whole === owner ? [] : [make(owner, 'holder', { in: 'another' })];
  const because = `the same ${by} in another ${whole}`;
  return [
    {
      id: `duplicate-in-other-${whole}`,
      operation,
      steps: [
        make(of, 'first'),
        make(whole, 'another'),
        ...holder,
        {
          ...make(of, 'second', { in: holder.length === 0 ? 'another' : 'holder', with: same }),
          ...judge,
          because,
        },
      ],
    },
    ...nestedIn(contract, of, { ...sample, ...same }).map(({ owner: name, with: body }) => ({
      id: `duplicate-in-new-${name}`,
      operation: contract.bindingFor('create', name)?.operation.id ?? '',
      steps: [
        make(of, 'first'),
        {
          ...make(name, 'second', { with: body }),
          ...judge,
          because: `the same ${by} in a new ${name}`,
        },
      ],
    })),
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
        make(of, 'first', own(options, contract)),
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

function released({ options }: Rule<Options>, contract: Contract, operation: string): Probe[] {
  const { of, by } = options;
  const gone = deleteOf(contract, of, 'first');
  if (gone.length === 0) return [];
  return [
    {
      id: 'free-after-delete',
      operation,
      steps: [
        make(of, 'first', own(options, contract)),
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

function blanks({ options }: Rule<Options>, contract: Contract, operation: string): Probe[] {
  const { of, by } = options;
  const twice = (id: string, value: null | undefined, because: string): Probe => ({
    id,
    operation,
    steps: [
      make(of, 'first', { with: { [by]: value } }),
      { ...make(of, 'second', { with: { [by]: value } }), expect: 'ok', because },
    ],
  });
  const schema = fieldSchema(contract.binding(operation)?.body ?? true, by);
  return [
    twice('absent-twice', undefined, `two without ${by}`),
    ...([schema?.['type']].flat().includes('null') && basisOf(schema) === 'documented'
      ? [twice('null-twice', null, `two whose ${by} is null`)]
      : []),
  ];
}

function renames({ options, error }: Rule<Options>, contract: Contract): Probe[] {
  const { of, by } = options;
  const update = updaterOf(contract, of, by);
  if (update === undefined) return [];
  const two = [
    make(of, 'first', own(options, contract)),
    make(of, 'second', own(options, contract)),
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
    {
      id: 'free-after-rename',
      operation,
      steps: [
        make(of, 'first', own(options, contract)),
        callOn(update, 'first', { with: { [by]: '=fresh()' } }),
        {
          ...make(of, 'second', { with: { [by]: `=first.${by}` } }),
          expect: 'ok',
          because: `the ${by} that a ${of} had before is free again`,
        },
      ],
    },
  ];
}
