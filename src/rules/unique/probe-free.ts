// A value that is free: another one, the same elsewhere or after its record is gone, and none at all.

import { type Contract, fieldSchema, type Rule } from '../../contract/contract.ts';
import type { Probe } from '../../model/steps.ts';
import { basisOf } from '../../spec/spec.ts';
import { referredBy } from '../relations.ts';
import { deleteOf, environmentsApart, make, OTHER } from '../steps.ts';
import type { Options } from './options.ts';
import { own } from './values.ts';

export function otherValue(
  { options }: Rule<Options>,
  contract: Contract,
  operation: string,
): Probe {
  const { of, by } = options;
  return {
    id: 'other-value',
    operation,
    steps: [
      make(of, 'first', own(options, contract)),
      {
        ...make(of, 'second', own(options, contract)),
        expect: 'ok',
        because: `a ${of} with another ${by}`,
      },
    ],
  };
}

/** The same value in another tenant; what names a record is left out, for the other tenant has no such record. */
export function otherTenant(
  { options }: Rule<Options>,
  contract: Contract,
  operation: string,
): Probe[] {
  const { of, by } = options;
  if (referredBy(contract, `${of}.${by}`) !== undefined) return [];
  // Where nobody is asked who he is, all are one tenant.
  if (contract.binding(operation)?.operation.credentials.length === 0) return [];
  return [
    {
      id: 'other-tenant',
      operation,
      steps: [
        make(of, 'first', own(options, contract)),
        {
          ...make(of, 'second', { with: { [by]: `=first.${by}` } }),
          ...OTHER,
          expect: 'ok',
          because: `the same ${by} in another tenant`,
        },
      ],
    },
  ];
}

/** The same value in another environment of the caller, where the server keeps environments apart. */
export function otherEnvironment(
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

/** The value of a deleted record. */
export function released(
  { options }: Rule<Options>,
  contract: Contract,
  operation: string,
): Probe[] {
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

/** Two records that have no value: the field is left out, or null. */
export function blanks({ options }: Rule<Options>, contract: Contract, operation: string): Probe[] {
  const { of, by } = options;
  const twice = (id: string, value: null | undefined, because: string): Probe => ({
    id,
    operation,
    ...(value === null ? { fine: 2 } : {}),
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
