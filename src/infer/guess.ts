// What inference finds, before it is written as a contract.

import type { Json, JsonObject } from '../model/json.ts';
import type { Operation } from '../spec/spec.ts';
import type { Place } from './paths.ts';
import type { Known } from './shapes.ts';

export type Verb = 'create' | 'read' | 'list' | 'update' | 'delete';

/** A resource on its way: what was found of it so far. */
export interface Found {
  readonly name: string;
  readonly place: Place;
  /** Other places where the same records are listed or made: `/orgs/{org}/repos` beside `/repos/{id}`. */
  readonly also: Place[];
  readonly record: Known;
  /** The field that holds the id. */
  readonly key: string;
  /** Whether its path has no id: there is only one of it. */
  readonly single: boolean;
  /** The resource whose path comes before its own. */
  readonly owner: string | undefined;
  /** The schemas of all resources' records. */
  readonly schemas: ReadonlySet<string>;
  readonly why: string;
}

export interface Bound {
  readonly operation: Operation;
  readonly verb: Verb;
  readonly resource: string;
  /** What stands beside the verb in the contract. */
  readonly more: JsonObject;
  readonly why: string;
}

/** A rule that the document states, with the id that it gets in the contract. */
export interface Stated {
  readonly id: string;
  readonly rule: JsonObject;
  readonly why: string;
}

/** One line of the table: what was guessed, and why. */
export interface Guess {
  readonly subject: string;
  readonly is: string;
  readonly why: string;
}

/** Constants may not begin with `=`, or they would be read as expressions. */
export function isPlain(value: Json): boolean {
  return !JSON.stringify(value).includes('"=');
}
