// Unique values of parts: in one body, in another owner, and in bodies that make owners.

import { type Contract, ownersOf, placesOf, type Rule } from '../../contract/contract.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Probe } from '../../model/steps.ts';
import { nestedIn } from '../nested.ts';
import { referredBy } from '../relations.ts';
import { make } from '../steps.ts';
import type { Options } from './options.ts';

/** Two of the same value among the parts of one body. */
export function inOneBody({ options, error }: Rule<Options>, contract: Contract): Probe[] {
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
export function otherOwner(
  { options }: Rule<Options>,
  contract: Contract,
  operation: string,
): Probe[] {
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
export function inOwners(rule: Rule<Options>, contract: Contract, operation: string): Probe[] {
  const { of, by, within } = rule.options;
  const { owner } = contract.resource(of);
  if (within !== undefined || owner === undefined) return [];
  const same = { [by]: `=first.${by}` };
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
          expect: 'refused',
          status: rule.error.status,
          because,
        },
      ],
    },
    ...inNewOwners(rule, contract),
  ];
}

/** The same value again in a body that makes an owner. */
function inNewOwners({ options: { of, by }, error }: Rule<Options>, contract: Contract): Probe[] {
  const { sample } = contract.resource(of);
  const record = { ...sample, [by]: `=first.${by}` };
  return nestedIn(contract, of, record).map(({ owner, with: body }) => ({
    id: `duplicate-in-new-${owner}`,
    operation: contract.bindingFor('create', owner)?.operation.id ?? '',
    steps: [
      make(of, 'first'),
      {
        ...make(owner, 'second', { with: body }),
        expect: 'refused',
        status: error.status,
        because: `the same ${by} in a new ${owner}`,
      },
    ],
  }));
}
