// One request played: handled, applied, kept, and only then answered.

import { errorAnswer } from '../mock/answer.ts';
import type { Env } from '../mock/env.ts';
import { handle, type Outcome } from '../mock/handle.ts';
import type { Playable } from '../mock/playable.ts';
import type { HttpRequest, HttpResponse } from '../model/http.ts';
import type { State } from '../state/state.ts';
import type { Store } from '../stores/store.ts';
import { answerUnbound } from './unbound.ts';

/** An API as it is served. */
export interface Served {
  readonly name: string;
  /** Another one after an edit, where files are watched. */
  api: Playable;
  readonly state: State;
  readonly store: Store;
  readonly env: Env;
  /** SHA-256 of the spec's text. */
  specHash: string;
  /** Whether what was kept has been read back. */
  ready: boolean;
}

export type Finish = (response: HttpResponse, rule?: string) => void;

/** Scopes that were only read are forgotten beyond this number: anyone may try any key. */
const MOST_SCOPES = 10_000;

/**
 * Calls back with the answer when the state that it speaks of is kept; a read, too, waits for the writes
 * that it has seen. `fail` hears of what `handle` throws later on; what it throws at once is thrown.
 */
export function play(
  served: Served,
  request: HttpRequest,
  finish: Finish,
  fail: (error: unknown) => void,
): void {
  const { state, store } = served;
  const outcome = outcomeOf(served, request);
  if (outcome.unbound !== undefined) {
    answerUnbound(served, outcome.unbound, request, outcome.response, finish);
    return;
  }
  if (outcome.changes.length > 0) store.commit(outcome.changes);
  state.trim(MOST_SCOPES);
  const kept = store.reached(state.version);
  if (kept === undefined) {
    finish(outcome.response, outcome.rule);
    return;
  }
  kept
    // What the answer speaks of may be lost: then it is asked again, of the state as it is kept.
    .then(
      () => outcome,
      () => outcomeOf(served, request),
    )
    .then(({ response, rule }) => finish(response, rule))
    .catch(fail);
}

/** What `handle` says; a refusal in place of changes that couldn't be kept. */
function outcomeOf(served: Served, request: HttpRequest): Outcome {
  if (!served.ready) return refused(served, 'the server is starting: try again in a second');
  const outcome = handle(served.api, request, served.state, served.env);
  const { readOnly } = served.store;
  return outcome.changes.length > 0 && readOnly !== undefined ? refused(served, readOnly) : outcome;
}

function refused(served: Served, says: string): Outcome {
  return { response: unavailable(served, says), changes: [], trace: [] };
}

/** 503 in the API's own error shape. */
export function unavailable({ api }: Served, says: string): HttpResponse {
  return errorAnswer(api, {
    error: 'unavailable',
    says,
    headers: { 'retry-after': '1' },
  });
}

/** 500 in the API's own error shape: a bug of ours. */
export function brokenAnswer({ api }: Served): HttpResponse {
  const says = 'tallystick failed to handle this: please report it, with the stack in its log';
  const shape = api.contract.error('internal');
  const status = Math.max(500, shape.status);
  return {
    status,
    headers: { 'content-type': `${shape.type}; charset=utf-8` },
    body: shape.body({
      status,
      code: shape.code ?? null,
      says,
      faults: [],
      details: {},
    }),
  };
}
