// A run: every planned check against one target, and a result for each. Knows no server; `send` does.

import type { Contract } from '../contract/contract.ts';
import { inTurn } from './concurrency.ts';
import type { Explore } from './explore/explore.ts';
import { DEFAULT_BASES } from './plan.ts';
import { Runner, type RunnerOptions } from './runner.ts';
import { smallestOf } from './shard.ts';
import { changesShared } from './sharing.ts';
import { type PlannedCheck, type Report, type Result, summarize } from './verdict.ts';

export interface RunOptions extends RunnerOptions {
  readonly checks: readonly PlannedCheck[];
  /** Whether what all answers are held to is judged too; yes unless given. */
  readonly traffic?: boolean;
  /** Called after each check. */
  readonly progress?: (result: Result, done: number, all: number) => void;
  /** Asked before each check; the run ends early when it says so. */
  readonly stopped?: () => boolean;
  /** How many checks are under way at once; 1 unless given. */
  readonly workers?: number;
  /** No check is begun after so many violations. */
  readonly maxFailures?: number;
  /** How many checks of the plan were left out before. */
  readonly leftOut?: number;
  /** Random sequences that are played after the checks; none unless given. */
  readonly explore?: Pick<Explore, 'sequences' | 'makeModel' | 'found'>;
}

/**
 * The results of all checks, and of what every answer was held to. Rejects with UnreachableError when the
 * target stops answering, else only for a bug of ours.
 */
export async function run(options: RunOptions): Promise<Report> {
  const runner = new Runner(options);
  const { checks, workers = 1, maxFailures = Number.POSITIVE_INFINITY, signal } = options;
  const board = new Board(checks.length, options.progress);
  let explored: readonly Result[] = [];
  const isOver = () =>
    signal?.aborted === true || board.violated >= maxFailures || options.stopped?.() === true;
  try {
    await inTurn(
      checks,
      { workers, isAlone: needsCalm(options.contract), isOver },
      async (check, i) => {
        const result = await runner.play(check);
        if (result !== undefined) board.put(i, result);
      },
    );
    if (!isOver()) explored = await exploredBy(options, runner, isOver);
  } finally {
    await runner.idle();
  }
  return reportOf(options, runner, board, explored);
}

/** What the random sequences find, told at once: they come after all checks. */
async function exploredBy(
  { explore, seed, bases = DEFAULT_BASES, checks, progress }: RunOptions,
  runner: Runner,
  stopped: () => boolean,
): Promise<Result[]> {
  if (explore === undefined) return [];
  const results = await runner.explore({ ...explore, seed, bases, stopped });
  for (const result of results) progress?.(result, checks.length, checks.length);
  return results;
}

function reportOf(
  options: RunOptions,
  runner: Runner,
  board: Board,
  explored: readonly Result[],
): Report {
  const { contract, target, seed, checks, signal, shard, leftOut = 0 } = options;
  const results = board.results();
  const isWhole = results.length === checks.length;
  // What a part of a run did not see says nothing.
  const heard = runner.heard().filter(({ verdict }) => isWhole || verdict !== 'notExercised');
  const judged = [...results, ...explored];
  const all = options.traffic === false ? judged : [...judged, ...heard];
  const why = signal?.aborted === true ? 'interrupted' : `${board.violated} violations`;
  return {
    api: contract.api,
    document: contract.spec.file,
    target,
    seed,
    requests: runner.requests,
    summary: summarize(all),
    results: all,
    ...(shard === undefined ? {} : { shard }),
    ...(leftOut === 0 ? {} : { leftOut }),
    ...(isWhole ? {} : { ended: `${why}, after ${results.length} of ${checks.length} checks` }),
  };
}

/** The results so far, told in the plan's order. */
class Board {
  violated = 0;
  readonly #results: (Result | undefined)[] = [];
  readonly #all: number;
  readonly #tell: RunOptions['progress'];
  #told = 0;

  constructor(all: number, tell: RunOptions['progress']) {
    this.#all = all;
    this.#tell = tell;
  }

  put(place: number, result: Result): void {
    this.#results[place] = result;
    if (result.verdict === 'violated') this.violated += 1;
    while (this.#results[this.#told] !== undefined) this.#say(this.#told++);
  }

  /** All results; those that others held back are told now. */
  results(): Result[] {
    for (; this.#told < this.#results.length; this.#told++) this.#say(this.#told);
    return this.#results.filter((result) => result !== undefined);
  }

  #say(place: number): void {
    const result = this.#results[place];
    if (result !== undefined) this.#tell?.(result, place + 1, this.#all);
  }
}

/**
 * Tells a check that can't bear others beside it: one that reads a list page by page while others make
 * records, one that changes what others share, and the smallest bodies, since what depends on a refused one
 * can't be judged.
 */
function needsCalm(contract: Contract): (check: PlannedCheck) => boolean {
  return (check) =>
    smallestOf(check) !== undefined ||
    changesShared(check.probe, contract) ||
    check.probe.steps.some(
      (step) => 'call' in step && contract.binding(step.call)?.verb === 'list',
    );
}
