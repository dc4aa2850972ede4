// A run: every planned check against one target, and a result for each. Knows no server; `send` does.

import type { Contract } from '../contract/contract.ts';
import type { Send } from '../model/http.ts';
import { isMake } from '../model/steps.ts';
import { UnreachableError } from '../model/usage-error.ts';
import type { Basis } from '../spec/spec.ts';
import { DEFAULT_BASES } from './plan.ts';
import { type Played, play } from './play.ts';
import { Session } from './session.ts';
import { Traffic } from './traffic.ts';
import { type PlannedCheck, type Report, type Result, summarize } from './verdict.ts';

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
}

/** So many requests in a row without an answer are no hiccup: the target is gone. */
const MOST_UNANSWERED = 6;

/**
 * The results of all checks, and of what every answer was held to. Rejects with UnreachableError when the
 * target stops answering, else only for a bug of ours.
 */
export async function run(options: RunOptions): Promise<Report> {
  const traffic = new Traffic(options.contract, options.bases ?? DEFAULT_BASES);
  const session = new Session({
    contract: options.contract,
    send: options.send,
    headers: options.headers,
    ...(options.otherHeaders === undefined ? {} : { otherHeaders: options.otherHeaders }),
    seed: options.seed,
    settle: options.settle ?? 2000,
    sleep: options.sleep ?? ((ms) => new Promise((done) => setTimeout(done, ms))),
    heard: (operation, exchange) => traffic.hear(operation, exchange),
  });
  const results: Result[] = [];
  for (const check of options.checks) {
    if (options.stopped?.()) break;
    const result = await judge(session, traffic, check);
    results.push(result);
    if (session.unanswered >= MOST_UNANSWERED) throw gone(options.target, session, result);
    options.progress?.(result, results.length, options.checks.length);
  }
  const all = options.traffic === false ? results : [...results, ...traffic.results()];
  return {
    api: options.contract.api,
    target: options.target,
    seed: options.seed,
    requests: session.requests,
    summary: summarize(all),
    results: all,
  };
}

function gone(target: string, { requests }: Session, { reason }: Result): UnreachableError {
  return new UnreachableError(
    `${target} stopped answering, after ${requests} requests (${reason})`,
  );
}

async function judge(session: Session, traffic: Traffic, planned: PlannedCheck): Promise<Result> {
  const { probe, ...check } = planned;
  const first = await play(session, probe);
  noteRefusedSample(session, planned, first);
  if (first.verdict === 'conforms') return { ...check, verdict: 'conforms' };
  if (first.hiccup !== true) return resultOf(check, first);
  const second = await play(session, probe);
  if (second.verdict !== 'conforms') return resultOf(check, second);
  for (const step of probe.steps) if ('call' in step) traffic.forgive(step.call);
  return {
    ...resultOf(check, first),
    verdict: 'flaky',
    reason: `${first.reason}; well when repeated`,
  };
}

function resultOf(check: Omit<PlannedCheck, 'probe'>, played: Played): Result {
  const { verdict, reason, exchanges } = played;
  return {
    ...check,
    verdict,
    ...(reason === undefined ? {} : { reason }),
    ...(verdict === 'violated' ? { requests: exchanges } : {}),
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
