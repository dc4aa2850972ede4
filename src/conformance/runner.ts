// A run, one check at a time: whoever calls says which check is next. It keeps what the checks of a run share,
// and hears what is said on all their traffic.

import type { Contract } from '../contract/contract.ts';
import type { Send } from '../model/http.ts';
import type { JsonObject } from '../model/json.ts';
import { UnreachableError } from '../model/usage-error.ts';
import type { Basis } from '../spec/spec.ts';
import { type Explore, explore } from './explore/explore.ts';
import type { Ledger } from './ledger.ts';
import { pause } from './pause.ts';
import { DEFAULT_BASES } from './plan.ts';
import { type Played, play } from './play.ts';
import { Session, Stopped } from './session.ts';
import { smallestOf } from './shard.ts';
import { mayBeCompany, playInCompany } from './shard-interference.ts';
import { Traffic } from './traffic.ts';
import { trimmed } from './trim-exchange.ts';
import type { PlannedCheck, Result, Shard } from './verdict.ts';

export interface RunnerOptions {
  readonly contract: Contract;
  readonly send: Send;
  /** What the report calls the target: its URL. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly otherHeaders?: Readonly<Record<string, string>>;
  readonly seed: number;
  /** Tells this run's values from those that an earlier run of the same seed may have left on the target. */
  readonly mark?: string;
  readonly bases?: readonly Basis[];
  /** How long a list may lag, in milliseconds; 2000 unless given. */
  readonly settle?: number;
  /** How time passes; a real clock unless given. */
  readonly sleep?: (ms: number) => Promise<void>;
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

export class Runner {
  readonly #target: string;
  readonly #traffic: Traffic;
  readonly #session: Session;

  constructor(options: RunnerOptions) {
    this.#target = options.target;
    this.#traffic = new Traffic(options.contract, options.bases ?? DEFAULT_BASES);
    this.#session = sessionOf(options, this.#traffic);
  }

  /** How many requests were sent so far. */
  get requests(): number {
    return this.#session.requests;
  }

  /**
   * The check's result; undefined when it was given up because the run is being stopped. Rejects with
   * UnreachableError when the target stopped answering, else only for a bug of ours.
   */
  async play(check: PlannedCheck): Promise<Result | undefined> {
    const result = await judge(this.#session, this.#traffic, check).catch(unlessStopped);
    if (result === undefined) return undefined;
    if (this.#session.unanswered >= MOST_UNANSWERED) throw this.#gone(result);
    noteRefusedSample(this.#session, check, result);
    return result;
  }

  /** What random sequences find. Rejects as `play` does. */
  async explore(options: Explore): Promise<Result[]> {
    const results = await explore(this.#session, options, (played) =>
      this.#traffic.explain(played),
    );
    const [last] = results;
    if (last !== undefined && this.#session.unanswered >= MOST_UNANSWERED) throw this.#gone(last);
    return results;
  }

  /** What every answer so far was held to: one result for each operation and thing that is said of all. */
  heard(): Result[] {
    return this.#traffic.results();
  }

  /** Comes back when no request is under way. */
  idle(): Promise<void> {
    return this.#session.idle();
  }

  #gone({ reason }: Result): UnreachableError {
    return new UnreachableError(
      `${this.#target} stopped answering, after ${this.requests} requests (${reason})`,
    );
  }
}

function sessionOf(options: RunnerOptions, traffic: Traffic): Session {
  const { contract, send, headers, otherHeaders, seed, settle = 2000 } = options;
  const { mark, signal, ledger, given, shard, sleep = (ms) => pause(ms, signal) } = options;
  return new Session({
    contract,
    send,
    headers,
    ...(otherHeaders === undefined ? {} : { otherHeaders }),
    seed,
    settle,
    sleep,
    heard: (operation, exchange) => traffic.hear(operation, exchange),
    ...(mark === undefined ? {} : { mark }),
    ...(signal === undefined ? {} : { signal }),
    ...(ledger === undefined ? {} : { ledger }),
    ...(given === undefined ? {} : { given }),
    ...(shard === undefined ? {} : { shard }),
  });
}

/** Nothing, for a check that was given up; anything else that went wrong is thrown on. */
function unlessStopped(error: unknown): undefined {
  if (!(error instanceof Stopped)) throw error;
}

async function judge(session: Session, traffic: Traffic, planned: PlannedCheck): Promise<Result> {
  const { probe, ...check } = planned;
  const first = await play(session, probe);
  traffic.explain(first);
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
      ? { requests: exchanges.map(trimmed), setup: setup.map(trimmed) }
      : {}),
  };
}

/** A refused smallest body is one finding; what depends on it can't be judged. A hiccup is no refusal. */
function noteRefusedSample(session: Session, check: PlannedCheck, { verdict }: Result): void {
  const resource = smallestOf(check);
  if (resource !== undefined && verdict === 'violated') session.broken.add(resource);
}
