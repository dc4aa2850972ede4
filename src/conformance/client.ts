// Sends the requests of one probe, and keeps the way that they took.

import type { Binding } from '../contract/contract.ts';
import type { Sender } from '../model/steps.ts';
import { givenFault } from './given.ts';
import { notExercised } from './probe-ended.ts';
import { type Filled, requestOf } from './request.ts';
import type { Session, Shared } from './session.ts';
import { Trail } from './trail.ts';
import type { Exchange } from './verdict.ts';

export class Client {
  readonly trail = new Trail();
  readonly #session: Session;
  /** How long time was let pass since the last request. */
  #paused = 0;

  constructor(session: Session) {
    this.#session = session;
  }

  async pause(ms: number): Promise<void> {
    this.#paused += ms;
    await this.#session.options.sleep(ms);
  }

  /** What the sender hears; ends the probe where there is no such sender, or what is given would be touched. */
  async exchange(
    binding: Binding,
    filled: Filled,
    by: Sender | undefined,
    race = false,
  ): Promise<Exchange> {
    const headers = this.#session.headersOf(by);
    if (headers === undefined) {
      throw notExercised('needs the credentials of a second tenant (--other-header)');
    }
    const kept = givenFault(this.#session.options.given, binding, filled);
    if (kept !== undefined) throw notExercised(kept);
    const request = requestOf(binding, filled, headers);
    const paused = this.#paused === 0 ? {} : { paused: this.#paused };
    this.#paused = 0;
    const heard = await this.#session.exchange(binding.operation.id, request, by, filled);
    const exchange = { ...heard, ...paused, ...(race ? { race: true as const } : {}) };
    this.trail.add(exchange);
    return exchange;
  }

  /** What was made once; its requests are part of how this came about, also where it failed. */
  async take<Made>({ made, exchanges }: Shared<Made>): Promise<Made> {
    try {
      return await made;
    } finally {
      this.trail.add(...exchanges);
    }
  }
}
