// About how many requests checks send, known before any is sent: what shares are cut by, and what a short run leaves out.

import type { Contract } from '../contract/contract.ts';
import { isMake, isWait, type Make, type Sender, type Step } from '../model/steps.ts';
import { makerFor, needsOf } from './needs.ts';
import { keyOf } from './sharing.ts';
import type { PlannedCheck } from './verdict.ts';

/** About how many requests a step sends, the name of what is sent once for all that share it, and what it needs first. */
interface Piece {
  readonly cost: number;
  readonly once: string | undefined;
  readonly needs: readonly Piece[];
}

/** A check with what it takes. */
export interface Job {
  readonly check: PlannedCheck;
  readonly pieces: readonly Piece[];
}

export function jobOf(contract: Contract, check: PlannedCheck): Job {
  const found = new Set<string>();
  const pieces = check.probe.steps.map((step) => {
    const piece = pieceOf(contract, step, found);
    if (!isWait(step) && step.as !== undefined) found.add(step.as);
    return piece;
  });
  return { check, pieces };
}

function pieceOf(contract: Contract, step: Step, found: ReadonlySet<string>): Piece {
  if (isWait(step)) return { cost: 0, once: undefined, needs: [] };
  const once = step.once === undefined ? undefined : keyOf(step);
  if (!isMake(step)) return { cost: 1, once, needs: [] };
  const needs = before(contract, step, found);
  return { cost: step.race ?? step.times ?? 1, once, needs };
}

/** What a make names and no step has made, and what it is made a part of. */
function before(contract: Contract, step: Make, found: ReadonlySet<string>): Piece[] {
  const maker = makerFor(step.by);
  const needs = needsOf(contract, step, (name) => found.has(name)).map(({ name, isOwn }) =>
    needed(contract, name, maker, !isOwn),
  );
  const { owner } = contract.resource(step.make);
  const isInShared = owner !== undefined && step.in === undefined;
  return isInShared ? [...needs, needed(contract, owner, maker, true)] : needs;
}

function needed(
  contract: Contract,
  make: string,
  by: Sender | undefined,
  isShared: boolean,
): Piece {
  const step: Make = { make, ...(by === undefined ? {} : { by }) };
  const once = isShared ? `for others: ${make} ${by ?? ''}` : undefined;
  return { cost: 1, once, needs: before(contract, step, new Set()) };
}

/** What is to be done so far. */
export class Load {
  readonly checks = new Set<PlannedCheck>();
  readonly #once = new Set<string>();
  #cost = 0;

  /** What there would be to do with this one too. */
  with(job: Job): number {
    return this.#cost + costOf(job.pieces, new Set(this.#once));
  }

  take(job: Job): void {
    this.#cost += costOf(job.pieces, this.#once);
    this.checks.add(job.check);
  }
}

/** The requests of the pieces whose names are not among those that are done; they are from now on. */
function costOf(pieces: readonly Piece[], done: Set<string>): number {
  return pieces.reduce((sum, { cost, once, needs }) => {
    if (once !== undefined && done.has(once)) return sum;
    if (once !== undefined) done.add(once);
    return sum + cost + costOf(needs, done);
  }, 0);
}
