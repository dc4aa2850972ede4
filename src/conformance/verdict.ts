// What a run of the contract tests says, as data: the reporters' only input.

import type { Place } from '../model/finding.ts';
import type { HttpRequest, HttpResponse } from '../model/http.ts';
import type { Probe } from '../model/steps.ts';
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
}

export type Verdict = 'conforms' | 'violated' | 'notExercised' | 'flaky';

export interface Result extends Check {
  readonly verdict: Verdict;
  /** What was expected and what came; absent when it conforms. */
  readonly reason?: string;
  /** The requests that led there; only on violated and flaky. */
  readonly requests?: readonly Exchange[];
}

export type Summary = Readonly<Record<Verdict, number>>;

export interface Report {
  readonly api: string;
  readonly target: string;
  readonly seed: number;
  readonly requests: number;
  readonly summary: Summary;
  readonly results: readonly Result[];
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
