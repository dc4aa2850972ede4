// A run of few requests: when a plan needs more than it may, its finer points are left out, the finest first.

import type { Contract } from '../contract/contract.ts';
import { jobOf, Load } from './cost.ts';
import type { PlannedCheck } from './verdict.ts';

/** As many requests as a run sends unless more are asked for. */
export const MOST_REQUESTS = 600;

/**
 * The checks of a run of at most about so many requests, in the plan's order. What is no finer point is never left
 * out, nor the last check of a rule, so a large API takes more; the same plan always gives the same checks.
 */
export function shortened(
  contract: Contract,
  checks: readonly PlannedCheck[],
  most: number,
): PlannedCheck[] {
  const load = new Load();
  const fineness = finenessIn(checks);
  const coarseFirst = checks
    .map((check, i) => ({ check, fine: fineness(check), turn: turnOf(i) }))
    .sort((a, b) => a.fine - b.fine || a.turn - b.turn);
  for (const { check, fine } of coarseFirst) {
    const job = jobOf(contract, check);
    if (fine === 0 || load.with(job) <= most) load.take(job);
  }
  return checks.filter((check) => load.checks.has(check));
}

/** How fine a point each asks; the coarsest check of a rule that asks fine points only is none. */
function finenessIn(checks: readonly PlannedCheck[]): (check: PlannedCheck) => number {
  const coarsest = new Map<string, PlannedCheck>();
  for (const check of checks) {
    const known = coarsest.get(check.rule);
    if (known === undefined || own(check) < own(known)) coarsest.set(check.rule, check);
  }
  return (check) => (coarsest.get(check.rule) === check ? 0 : own(check));
}

function own({ probe }: PlannedCheck): number {
  return probe.fine ?? 0;
}

/** A place for each that is far from its neighbours', so that those that stay come from all over the plan. */
function turnOf(i: number): number {
  return (i * 0.618_033_988_75) % 1;
}
