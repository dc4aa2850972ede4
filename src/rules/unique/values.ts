// Values for a field that is unique.

import type { Contract } from '../../contract/contract.ts';
import type { Make } from '../../model/steps.ts';
import { referredBy } from '../relations.ts';
import type { Options } from './options.ts';

/** A value that nothing else has: made up, or the sample's own where it names a record. */
export function own({ of, by }: Options, contract: Contract): Partial<Make> {
  return referredBy(contract, `${of}.${by}`) === undefined ? { with: { [by]: '=fresh()' } } : {};
}
