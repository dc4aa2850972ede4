// Claims on answers, as CEL: where a field stands in one, and several claims as one.

import type { Contract } from '../contract/contract.ts';
import { referredBy } from './relations.ts';

/** A path of a schema as CEL over one record: the first entry stands for `[]`. */
export function inCel(path: string): string {
  return path.replaceAll('[]', '[0]');
}

/**
 * Where an answer shows the id that a field holds: `group_id` itself, or `billingGroup.id` where the whole
 * record is shown in the field's place.
 */
export function shownPath(contract: Contract, resource: string, field: string): string {
  const whole = contract.rules.some(
    ({ kind, options }) =>
      kind === 'filled' &&
      options['at'] === `${resource}.${field}` &&
      options['is'] === `=ref.${field}`,
  );
  const to = referredBy(contract, `${resource}.${field}`);
  return whole && to !== undefined ? `${field}.${contract.resource(to).key}` : field;
}

/** The claim that all of these hold. */
export function every(claims: readonly string[]): string {
  return claims.length === 0 ? 'true' : claims.join(' && ');
}
