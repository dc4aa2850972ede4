// One plan in several parts that are run apart, on other machines or at the same time, and merged again.
// What a shard holds depends on the plan and the numbers alone, so that each machine finds its own part.

import { isMake, isWait, type Step } from '../model/steps.ts';
import { keyOf } from './sharing.ts';
import type { PlannedCheck } from './verdict.ts';

/**
 * The checks of one shard (counted from 1), in the plan's order: its own part, and the smallest bodies, which
 * every shard asks for, since what depends on a refused one can't be judged. The dearest check goes first, to
 * the shard that has the least to do; a step that a shard plays once costs it nothing the second time.
 */
export function shardOf(
  checks: readonly PlannedCheck[],
  index: number,
  of: number,
): PlannedCheck[] {
  const shards = Array.from({ length: of }, () => new Load());
  const shared = checks.filter((check) => smallestOf(check) !== undefined);
  for (const shard of shards) for (const check of shared) shard.take(check);
  const apart = checks.filter((check) => smallestOf(check) === undefined);
  for (const { check } of apart
    .map((check) => ({ check, cost: costOf(check.probe.steps) }))
    .sort((a, b) => b.cost - a.cost)) {
    shards
      .reduce((least, shard) => (shard.with(check) < least.with(check) ? shard : least))
      .take(check);
  }
  const own = shards[index - 1];
  return checks.filter((check) => own?.checks.has(check));
}

/** The resource that this check makes from its smallest body; undefined for every other check. */
export function smallestOf({ rule, probe }: PlannedCheck): string | undefined {
  const [step] = probe.steps;
  if (rule !== 'spec.accepts' || step === undefined || !isMake(step)) return undefined;
  return step.with === undefined ? step.make : undefined;
}

/** What one shard has to do so far. */
class Load {
  readonly checks = new Set<PlannedCheck>();
  readonly #once = new Set<string>();
  #cost = 0;

  /** What there would be to do with this check too. */
  with({ probe }: PlannedCheck): number {
    return this.#cost + costOf(probe.steps.filter((step) => !this.#once.has(onceKey(step) ?? '')));
  }

  take(check: PlannedCheck): void {
    this.#cost = this.with(check);
    this.checks.add(check);
    for (const step of check.probe.steps) {
      const key = onceKey(step);
      if (key !== undefined) this.#once.add(key);
    }
  }
}

/** About how many requests the steps send. */
function costOf(steps: readonly Step[]): number {
  return steps.reduce((sum, step) => {
    if (isWait(step)) return sum;
    return sum + (isMake(step) ? (step.race ?? step.times ?? 1) : 1);
  }, 0);
}

function onceKey(step: Step): string | undefined {
  return isWait(step) || step.once === undefined ? undefined : keyOf(step);
}
