// What the steps of a probe have found and sent so far: what templates and claims of later ones may name.

import type { Json, JsonObject } from '../model/json.ts';
import { notExercised } from './probe-ended.ts';
import type { Session } from './session.ts';

export class Variables {
  /** What steps captured, by the names that they gave to it. */
  readonly found: Record<string, Json> = {};
  /** What they sent, by the same names. */
  readonly sent: Record<string, Json> = {};
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /** All names, with the answer that is judged now. */
  scope(answer: JsonObject = {}): Record<string, Json> {
    return { ...this.found, sent: this.sent, answer };
  }

  /** The template's value; an answer that lacks what it names leaves nothing to go on with. */
  fill(json: Json, scope: Record<string, Json> = this.scope()): Json {
    try {
      return this.#session.fill(json, scope);
    } catch (error) {
      const why = (error as Error).message.split('\n')[0];
      throw notExercised(`an answer before lacks what ${JSON.stringify(json)} needs: ${why}`);
    }
  }
}
