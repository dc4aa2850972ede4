// The model that a server is compared with: our own mock in memory. It comes from outside, since the tests
// never import the mock.

import type { Contract } from '../../contract/contract.ts';
import type { Send } from '../../model/http.ts';
import type { JsonObject } from '../../model/json.ts';

export interface Model {
  /** Answers as the contract says, and remembers. */
  readonly send: Send;
  /** The record as it is kept, whoever made it; undefined when there is none. */
  record(resource: string, id: string): JsonObject | undefined;
  /** Begins anew to count what `undo` takes back. */
  mark(): void;
  /** Takes back every change since the mark. */
  undo(): void;
}

/** A model of an API that has this contract's rules and no records. */
export type MakeModel = (contract: Contract) => Model;
