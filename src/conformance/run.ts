// A run: every planned check against one target, and a result for each. Knows no server; `send` does.

import type { Contract } from '../contract/contract.ts';
import type { Send } from '../model/http.ts';
import type { JsonObject } from '../model/json.ts';
import { isMake } from '../model/steps.ts';
import { UnreachableError } from '../model/usage-error.ts';
import type { Basis } from '../spec/spec.ts';
import { mayBeCompany, playInCompany } from './company.ts';
import type { Ledger } from './ledger.ts';
import { lighter } from './lighter.ts';
import { pause } from './pause.ts';
import { DEFAULT_BASES } from './plan.ts';
import { type Played, play } from './play.ts';
import { Session, Stopped } from './session.ts';
import { smallestOf } from './shard.ts';
import { changesShared } from './sharing.ts';
import { Traffic } from './traffic.ts';
import { inTurn } from './turns.ts';
import { type PlannedCheck, type Report, type Result, type Shard, summarize } from './verdict.ts';

export interface RunOptions {
  readonly contract: Contract;
  readonly checks: readonly PlannedCheck[];
  readonly send: Send;
  /** What the report calls the target: its URL. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly otherHeaders?: Readonly<Record<string, string>>;
  readonly seed: number;
  readonly bases?: readonly Basis[];
  /** How long a list may lag, in milliseconds; 2000 unless given. */
  readonly settle?: number;
  /** How time passes; a real clock unless given. */
  readonly sleep?: (ms: number) => Promise<void>;
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
  /** Nothing more is sent once it is aborted, and checks under way are given up. */
  readonly signal?: AbortSignal;
  /** Takes note of what is made and removed. */
  readonly ledger?: Ledger;
  /** Records that are there already, by resource: used where one is needed, never changed. */
  readonly given?: ReadonlyMap<string, JsonObject>;
  /** Which part of a plan the checks are; absent when they are all of it. */
  readonly shard?: Shard;
}

/** So many requests in a row without an answer are no hiccup: the target is gone. */
const MOST_UNANSWERED = 6;

/**
 * The results of all checks, and of what every answer was held to. Rejects with UnreachableError when the
 * target stops answering, else only for a bug of ours.
 */
export async function run(options: RunOptions): Promise<Report> {
  const traffic = new Traffic(options.contract, options.bases ?? DEFAULT_BASES);
  const session = sessionOf(options, traffic);
  const { checks, workers = 1, maxFailures = Number.POSITIVE_INFINITY, signal } = options;
  const board = new Board(checks.length, options.progress);
  const isOver = () =>
    signal?.aborted === true || board.violated >= maxFailures || options.stopped?.() === true;
  try {
    await inTurn(
      checks,
      { workers, isAlone: needsCalm(options.contract), isOver },
      async (check, i) => {
        const result = await judge(session, traffic, check).catch(unlessStopped);
        if (result === undefined) return;
        if (session.unanswered >= MOST_UNANSWERED) throw gone(options.target, session, result);
        board.put(i, result);
      },
    );
  } finally {
    await session.idle();
  }
  return reportOf(options, session, board, traffic);
}

function reportOf(options: RunOptions, session: Session, board: Board, traffic: Traffic): Report {
  const { contract, target, seed, checks, signal, shard } = options;
  const results = board.results();
  const isWhole = results.length === checks.length;
  // What a part of a run did not see says nothing.
  const heard = traffic.results().filter(({ verdict }) => isWhole || verdict !== 'notExercised');
  const all = options.traffic === false ? results : [...results, ...heard];
  const why = signal?.aborted === true ? 'interrupted' : `${board.violated} violations`;
  return {
    api: contract.api,
    document: contract.spec.file,
    target,
    seed,
    requests: session.requests,
    summary: summarize(all),
    results: all,
    ...(shard === undefined ? {} : { shard }),
    ...(isWhole ? {} : { ended: `${why}, after ${results.length} of ${checks.length} checks` }),
  };
}

function sessionOf(options: RunOptions, traffic: Traffic): Session {
  const { contract, send, headers, otherHeaders, seed, settle = 2000 } = options;
  const { signal, ledger, given, shard, sleep = (ms) => pause(ms, signal) } = options;
  return new Session({
    contract,
    send,
    headers,
    ...(otherHeaders === undefined ? {} : { otherHeaders }),
    seed,
    settle,
    sleep,
    heard: (operation, exchange) => traffic.hear(operation, exchange),
    ...(signal === undefined ? {} : { signal }),
    ...(ledger === undefined ? {} : { ledger }),
    ...(given === undefined ? {} : { given }),
    ...(shard === undefined ? {} : { shard }),
  });
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

/** Nothing, for a check that was given up; anything else that went wrong is thrown on. */
function unlessStopped(error: unknown): undefined {
  if (!(error instanceof Stopped)) throw error;
}

function gone(target: string, { requests }: Session, { reason }: Result): UnreachableError {
  return new UnreachableError(
    `${target} stopped answering, after ${requests} requests (${reason})`,
  );
}

async function judge(session: Session, traffic: Traffic, planned: PlannedCheck): Promise<Result> {
  const { probe, ...check } = planned;
  const first = await play(session, probe);
  traffic.explain(first);
  noteRefusedSample(session, planned, first);
  if (first.verdict === 'conforms') return { ...check, verdict: 'conforms' };
  if (first.hiccup !== true) return resultOf(check, first);
  if (mayBeCompany(session, first)) return judgeInCompany(session, traffic, planned, first);
  const second = await play(session, probe);
  traffic.explain(second);
  if (second.verdict !== 'conforms') return resultOf(check, second);
  for (const step of probe.steps) if ('call' in step) traffic.forgive(step.call);
  return {
    ...resultOf(check, first),
    verdict: 'flaky',
    reason: `${first.reason}; well when repeated`,
  };
}

/** What other shards may have caused is no flaw of the server, not even a flaky one. */
async function judgeInCompany(
  session: Session,
  traffic: Traffic,
  { probe, ...check }: PlannedCheck,
  first: Played,
): Promise<Result> {
  const played = await playInCompany(session, probe, first);
  traffic.explain(played);
  if (played.verdict === 'conforms') {
    for (const step of probe.steps) if ('call' in step) traffic.forgive(step.call);
    return { ...check, verdict: 'conforms' };
  }
  return resultOf(check, played);
}

function resultOf(check: Omit<PlannedCheck, 'probe'>, played: Played): Result {
  const { verdict, reason, expected, exchanges, setup } = played;
  return {
    ...check,
    verdict,
    ...(reason === undefined ? {} : { reason }),
    ...(expected === undefined ? {} : { expected }),
    ...(verdict === 'violated'
      ? { requests: exchanges.map(lighter), setup: setup.map(lighter) }
      : {}),
  };
}

/** A refused smallest body is one finding; what depends on it can't be judged. */
function noteRefusedSample(
  session: Session,
  { rule, probe }: PlannedCheck,
  { verdict }: Played,
): void {
  const [step] = probe.steps;
  if (
    rule === 'spec.accepts' &&
    verdict === 'violated' &&
    step &&
    isMake(step) &&
    step.with === undefined
  ) {
    session.broken.add(step.make);
  }
}
