// What a contract asks lint not to count, under `lint.ignore`: each with a reason and a last day, or it counts.

import type { Finding } from '../model/finding.ts';
import { isObject, type Json } from '../model/json.ts';
import { pointerKeys } from '../model/pointer.ts';
import type { Context } from './context.ts';
import type { LintRule, Spot } from './rule.ts';

export interface Suppression {
  readonly rule: string;
  /** A rule, resource, operation or error of the contract, or a JSON Pointer; anywhere when absent. */
  readonly at?: string;
  readonly reason?: string;
  /** The last day on which it counts. */
  readonly until?: string;
}

export const suppression: LintRule = {
  id: 'lint/suppression',
  severity: 'error',
  says: 'What is ignored has a reason and a last day that has not passed, and is still found.',
  mend: 'Give the entry a reason and a day, mend what it hides when the day is over, remove it when nothing is left.',
  find: (context) =>
    suppressionsOf(context).flatMap((entry, i) => {
      const why = objection(entry, context.today);
      return why === undefined ? [] : [spotOf(entry, i, why)];
    }),
};

/** The entries as they are written; none where the contract has no such part, or a misshapen one. */
export function suppressionsOf({ parsed }: Context): Suppression[] {
  const { value } = parsed;
  if (!isObject(value) || !isObject(value['lint'])) return [];
  const entries = value['lint']['ignore'];
  if (!Array.isArray(entries)) return [];
  return entries.filter((entry: Json) => isObject(entry)) as unknown as Suppression[];
}

/** Why the entry does not count; undefined when it does. */
export function objection({ reason, until }: Suppression, today: string): string | undefined {
  if (reason === undefined) return 'has no reason';
  if (until === undefined) return 'has no last day (until: YYYY-MM-DD)';
  if (!/^\d{4}-\d\d-\d\d$/.test(until) || Number.isNaN(Date.parse(until))) {
    return `has no such day as "${until}" (until: YYYY-MM-DD)`;
  }
  return until < today ? `expired on ${until}: ${reason}` : undefined;
}

/** The spot of an entry that hides nothing. */
export function spotOf({ rule }: Suppression, index: number, why: string): Spot {
  return { message: `ignoring ${rule} ${why}`, path: ['lint', 'ignore', index] };
}

/** Whether the entry speaks of the finding. */
export function speaksOf({ rule, at }: Suppression, { check, pointer = '' }: Finding): boolean {
  if (rule !== check) return false;
  if (at === undefined) return true;
  if (!at.startsWith('/')) return pointerKeys(pointer)[1] === at;
  return pointer === at || pointer.startsWith(`${at}/`);
}
