// What a lint rule is: an id, why it is there, what to do about it, and a function from a contract to the spots
// where it is broken. A rule looks at the whole contract and keeps no state. `index.ts` lists all of them.

import type { Path } from '../contract/positions.ts';
import type { Finding, Place } from '../model/finding.ts';
import type { Context } from './context.ts';

/** Where a rule is broken: a path in the contract, or a place where the text could not even be read. */
export interface Spot {
  /** One sentence. */
  readonly message: string;
  readonly path: Path;
  /** Wins over the path. */
  readonly place?: Place;
}

export interface LintRule {
  /** `contract/error-used` */
  readonly id: string;
  readonly severity: Finding['severity'];
  /** Why, in one sentence. */
  readonly says: string;
  /** What to do about it, in one sentence. */
  readonly mend: string;
  find(context: Context): readonly Spot[] | Promise<readonly Spot[]>;
}

/** The spot at a rule of the contract, or at one of its options. */
export function atRule(id: string, message: string, ...option: Path): Spot {
  return { message: `rule ${id}: ${message}`, path: ['rules', id, ...option] };
}
