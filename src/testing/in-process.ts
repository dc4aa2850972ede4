// The mock without a port: a `Send` that plays requests against `handle`, for tests and for `mutate`.

import { type EnvOptions, makeEnv } from '../mock/env.ts';
import { handle, type Outcome } from '../mock/handle.ts';
import { type Playable, shapeOf } from '../mock/playable.ts';
import type { HttpRequest, HttpResponse, Send } from '../model/http.ts';
import type { Json } from '../model/json.ts';
import { type Shape, State } from '../state/state.ts';

export interface InProcessOptions extends EnvOptions {
  /** The clock, in milliseconds since 1970; wins over `clock`. */
  readonly now?: () => number;
  /** What every tenant starts with; nothing when absent. */
  readonly fixture?: Shape['seed'];
  /** A fault of the engine: what becomes of the outcome of one operation. */
  readonly twist?: {
    readonly operation: string;
    apply(outcome: Outcome): Outcome;
  };
}

export interface InProcess {
  /** Answers like the server would; rejects only when `handle` throws, which is our bug. */
  readonly send: Send;
  readonly state: State;
}

/**
 * A mock of its own that lives in memory. Bodies are copied through JSON both ways, as a wire would.
 *
 * `const { send } = inProcess(api); await send({ method: 'GET', path: '/groups/x', query: new Map(), headers })`
 */
export function inProcess(api: Playable, options: InProcessOptions = {}): InProcess {
  const { now, fixture = () => [], twist, ...rest } = options;
  const made = makeEnv(rest);
  const env = now === undefined ? made : { ...made, now };
  const state = new State(shapeOf(api.contract, fixture));
  const send: Send = async (request) => {
    const outcome = handle(api, overTheWire(request), state, env);
    const matched = outcome.trace[0]?.because === twist?.operation;
    const { response, changes } = twist !== undefined && matched ? twist.apply(outcome) : outcome;
    state.apply(changes);
    return overTheWire(response);
  };
  return { send, state };
}

/** A copy, as it would come out of a wire. */
export function overTheWire<Message extends HttpRequest | HttpResponse>(message: Message): Message {
  if (message.body === undefined) return message;
  return { ...message, body: JSON.parse(JSON.stringify(message.body)) as Json };
}
