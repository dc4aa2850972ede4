// A probe is steps, as data: it can be run against anything that answers, counted, and printed.

import type { Json, JsonObject } from './json.ts';

/**
 * Who sends a step: the first caller (nobody named), a second tenant, the first caller in another
 * environment, no credentials, wrong ones.
 */
export type Sender = 'other' | 'elsewhere' | 'nobody' | 'stranger';

/**
 * What a step must be answered with: any 2xx; a 4xx for a reason the contract knows (its status is
 * compared exactly where it is documented); any 4xx; any 2xx or 4xx, where only what is shown is judged.
 */
export type Expectation = 'ok' | 'refused' | 'missing' | 'any';

interface Judged {
  /** The name under which later steps find the answer's body. */
  readonly as?: string;
  readonly by?: Sender;
  readonly expect?: Expectation;
  /** What must be so for the rest to mean anything; if it is not, the probe is not exercised. */
  readonly given?: 'missing';
  /** CEL over the captures and `answer` (this step's body); must hold. */
  readonly that?: string;
  /** The documented status of the refusal; any 4xx conforms when absent. */
  readonly status?: number;
  /** Sent once in a run: later probes with the same step and number, or name, share its answer. */
  readonly once?: number | string;
  /** What a failure of this step means, in words for the report. */
  readonly because?: string;
}

/** Makes a record from its resource's sample; what the sample names is made first. */
export interface Make extends Judged {
  readonly make: string;
  /** The operation that makes it, where there are several; else the first of the contract. */
  readonly through?: string;
  /** The captured record that it is made a part of; else one that all such share. */
  readonly in?: string;
  /** Merged onto the sample; templates over the captures. `undefined` removes a key. */
  readonly with?: Readonly<Record<string, Json | undefined>>;
  /** Sends it this many times at once; then exactly one must win, and the rest be refused. */
  readonly race?: number;
  /** Makes this many, a few at a time; `as` then names the list of them. */
  readonly times?: number;
  /** Resources that the sample names and that are made anew for it, where others are shared. */
  readonly fresh?: readonly string[];
}

/** Calls an operation. */
export interface Call extends Judged {
  readonly call: string;
  readonly path?: JsonObject;
  readonly query?: JsonObject;
  readonly with?: Json;
  /** A body that is no JSON, sent as it stands. */
  readonly raw?: string;
  /** CEL over the captures and `answer`: a list that may lag is asked again until it holds. */
  readonly until?: string;
  /** CEL: whether the list shows at all what the claim is about; where it never does, the claim is not judged. */
  readonly seen?: string;
  /** What of the answer the step is about: one part of the record that is read. */
  readonly part?: { readonly of: string; readonly path: string; readonly id: string };
  /** Every page is read, and the answer's items are those of all pages. */
  readonly pages?: boolean;
}

/** Lets time pass, so that a time stamp of whole seconds can move. */
export interface Wait {
  readonly wait: number;
}

export type Step = Make | Call | Wait;

export interface Probe {
  /** Unique within its rule: `duplicate-create`. */
  readonly id: string;
  /** The operation that is judged. */
  readonly operation: string;
  /**
   * How fine a point it asks, where coarser probes ask of the same thing: a run that must be short leaves the finest
   * out first. Absent for what every run asks.
   */
  readonly fine?: number;
  readonly steps: readonly Step[];
}

export function isWait(step: Step): step is Wait {
  return 'wait' in step;
}

export function isMake(step: Step): step is Make {
  return 'make' in step;
}

/** Whether the step is one that must be refused, so that nothing comes of it. */
export function isToFail({ expect, given }: Make | Call): boolean {
  return expect === 'refused' || expect === 'missing' || given === 'missing';
}
