// How a probe ends before its last step. It is thrown while a step is played, and caught where the probe is.

import type { Judgement } from './judge.ts';

export class Ended {
  readonly judgement: Judgement;

  constructor(judgement: Judgement) {
    this.judgement = judgement;
  }
}

/** The end of a probe that could not have what it needs, so that it says nothing about the server. */
export function notExercised(reason: string, hiccup = false): Ended {
  return new Ended({ verdict: 'notExercised', reason, hiccup });
}

/** The end of a probe whose expectation the server does not meet. */
export function violated(reason: string, hiccup = false): Ended {
  return new Ended({ verdict: 'violated', reason, hiccup });
}
