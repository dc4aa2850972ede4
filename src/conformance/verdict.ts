// What a run of the contract tests says, as data: the reporters' only input.

import type { Place } from '../model/finding.ts';
import type { HttpRequest, HttpResponse } from '../model/http.ts';
import type { Probe, Sender } from '../model/steps.ts';
import type { Basis } from '../spec/spec.ts';

/** One thing that is checked: a probe, or what all answers of an operation are held to. */
export interface Check {
  /** `group.lookup-key-unique/duplicate-create`; stable from run to run. */
  readonly id: string;
  /** The contract's rule, or `spec.<what>` for what the spec itself says. */
  readonly rule: string;
  /** The rule's sentence. */
  readonly says: string;
  readonly basis: Basis;
  readonly source: string;
  readonly operation: string;
  /** Where the rule stands; absent for what the spec says. */
  readonly place?: Place;
}

export interface PlannedCheck extends Check {
  readonly probe: Probe;
}

/** What came back: an answer, or the reason why there is none. */
export type Received = HttpResponse | { readonly failure: string };

export interface Exchange {
  readonly request: HttpRequest;
  readonly received: Received;
  readonly operation?: string;
  /** The operation's path as its document has it: `/groups/{id}`. */
  readonly route?: string;
  /** Who sent it; the first caller when absent. */
  readonly by?: Sender;
  /** Its place among all requests of the run, from 1. */
  readonly number?: number;
  /** How many milliseconds passed before it on purpose; a list that lags is shown as it was asked last. */
  readonly paused?: number;
  /** Whether it was sent at the same time as its neighbours. */
  readonly race?: true;
}

export type Verdict = 'conforms' | 'violated' | 'notExercised' | 'flaky';

/** Why a violation is accepted, and the last day on which it is (`2026-12-31`). */
export interface Known {
  readonly reason: string;
  readonly until: string;
}

export interface Result extends Check {
  readonly verdict: Verdict;
  /** What was expected and what came; absent when it conforms. */
  readonly reason?: string;
  /** What the status of the last answer had to be, as `400`, `4xx`, `2xx`; absent where the status was right. */
  readonly expected?: string;
  /** The requests that led there; only on violated and flaky. */
  readonly requests?: readonly Exchange[];
  /** The requests of earlier checks that made the records which these share, in order; only beside `requests`. */
  readonly setup?: readonly Exchange[];
  /** On a violation that a baseline names: it is shown, and counts as no finding. */
  readonly known?: Known;
}

/** Which part of a plan a run was: one of `of`, counted from 1. */
export interface Shard {
  readonly index: number;
  readonly of: number;
  /** How many checks the whole plan has. */
  readonly planned: number;
}

/** What a baseline says that is no longer so; each line names its entry. */
export interface BaselineNotes {
  /** Entries whose last day is over. */
  readonly expired: readonly string[];
  /** Entries whose checks conform, or that name no check. */
  readonly stale: readonly string[];
}

export type Summary = Readonly<Record<Verdict, number>>;

export interface Report {
  readonly api: string;
  /** The file of the OpenAPI document. */
  readonly document?: string;
  readonly target: string;
  readonly seed: number;
  readonly requests: number;
  readonly summary: Summary;
  readonly results: readonly Result[];
  /** Absent when the whole plan was run. */
  readonly shard?: Shard;
  /** How many checks of finer points were left out, to send few requests; absent when none was. */
  readonly leftOut?: number;
  /** Absent when there was no baseline. */
  readonly baseline?: BaselineNotes;
  /** Why the rest of the plan was not run, and how far it came; absent when all was. */
  readonly ended?: string;
  /** Absent when nothing was to be cleaned up. */
  readonly cleanup?: CleanUp;
}

/** What became of the records that a run made. */
export interface CleanUp {
  /** Beside those of the checks. */
  readonly requests: number;
  /** How many of these were answered. */
  readonly answers: number;
  readonly removed: number;
  /** Those that were gone already. */
  readonly gone: number;
  /** Resource -> how many of its records this API can't remove. */
  readonly noDelete: Readonly<Record<string, number>>;
  readonly refused: readonly {
    readonly resource: string;
    readonly id: string | number;
    readonly reason: string;
  }[];
  /** Creates whose answer did not come, or did not say what they made. */
  readonly unknown: number;
  /** What every text begins with that the run made. */
  readonly prefix: string;
  /** The ledger of what is left; absent when it was not kept. */
  readonly ledger?: string;
}

/** Violations that no baseline names: what a run fails for. */
export function newViolations(results: readonly Result[]): Result[] {
  return results.filter(({ verdict, known }) => verdict === 'violated' && known === undefined);
}

/** Violations that a baseline names. */
export function knownViolations(results: readonly Result[]): Result[] {
  return results.filter(({ verdict, known }) => verdict === 'violated' && known !== undefined);
}

export function summarize(results: readonly Result[]): Summary {
  const summary = { conforms: 0, violated: 0, notExercised: 0, flaky: 0 };
  for (const { verdict } of results) summary[verdict] += 1;
  return summary;
}

/** The share of rules with at least one check that could be judged: under 0.8 a run is not conclusive. */
export function exercisedShare(results: readonly Result[]): number {
  const rules = new Map<string, boolean>();
  for (const { rule, verdict } of results) {
    rules.set(rule, (rules.get(rule) ?? false) || verdict !== 'notExercised');
  }
  const exercised = [...rules.values()].filter(Boolean).length;
  return rules.size === 0 ? 0 : exercised / rules.size;
}
