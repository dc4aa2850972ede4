// One plan in several parts that are run apart, on other machines or at the same time, and merged again.
// What a shard holds depends on the plan and the numbers alone, so that each machine finds its own part.

import type { Contract } from '../contract/contract.ts';
import { isMake } from '../model/steps.ts';
import { type Job, jobOf, Load } from './cost.ts';
import type { PlannedCheck } from './verdict.ts';

/**
 * The checks of one shard (counted from 1), in the plan's order: its own part, and the smallest bodies, which
 * every shard asks for, since what depends on a refused one can't be judged. The dearest check goes first, to
 * the shard that has the least to do; a step that a shard plays once costs it nothing the second time.
 */
export function shardOf(
  contract: Contract,
  checks: readonly PlannedCheck[],
  index: number,
  of: number,
): PlannedCheck[] {
  const shards = Array.from({ length: of }, () => new Load());
  const jobs = checks.map((check) => jobOf(contract, check));
  const isShared = ({ check }: Job) => smallestOf(check) !== undefined;
  for (const job of jobs.filter(isShared)) for (const shard of shards) shard.take(job);
  const dearestFirst = jobs
    .filter((job) => !isShared(job))
    .map((job) => ({ job, cost: new Load().with(job) }))
    .sort((a, b) => b.cost - a.cost);
  for (const { job } of dearestFirst) leastWith(job, shards).take(job);
  const own = shards[index - 1];
  return checks.filter((check) => own?.checks.has(check));
}

/** The resource that this check makes from its smallest body; undefined for every other check. */
export function smallestOf({ rule, probe }: PlannedCheck): string | undefined {
  const [step] = probe.steps;
  if (rule !== 'spec.accepts' || step === undefined || !isMake(step)) return undefined;
  return step.with === undefined && step.expect === 'ok' ? step.make : undefined;
}

/** The shard that has the least to do with this one; the first of those that are alike. */
function leastWith(job: Job, [first, ...others]: readonly Load[]): Load {
  let least = { shard: first as Load, cost: (first as Load).with(job) };
  for (const shard of others) {
    const cost = shard.with(job);
    if (cost < least.cost) least = { shard, cost };
  }
  return least.shard;
}
