// The records of one sequence, by the names that its steps give them.

import type { Resource } from '../../contract/contract.ts';
import type { Call, Make, Sender } from '../../model/steps.ts';
import { isMake } from '../../model/steps.ts';

/** A step that has a name: the name of the record that it makes, or of what it sends. */
export type Move = (Make | Call) & { readonly as: string };

export interface Member {
  readonly name: string;
  readonly resource: Resource;
  /** Who made it; the first caller when absent. */
  readonly by: Sender | undefined;
  /** What it was made a part of; undefined where it stands alone, or in what others share. */
  readonly owner: Member | undefined;
  /** The fields that were sent, each with the step that sent it last. */
  readonly sent: Map<string, string>;
  /** Whether it counts as present; undefined where the readings of the contract differ. */
  live: boolean | undefined;
  /** The names of the members that it was sent the ids of. */
  readonly names: Set<string>;
  /** The first step that read it by itself; undefined until then. */
  seen: string | undefined;
}

/** A create that had to be refused: nothing of it is there. */
export interface Refused {
  readonly name: string;
  readonly resource: Resource;
  readonly by: Sender | undefined;
  /** The fields whose values were made up for it alone. */
  readonly sent: ReadonlySet<string>;
}

/** The members whose id the step names. */
export function namedBy(move: Move, cast: readonly Member[]): Member[] {
  const text = textOf(move);
  return cast.filter(
    ({ name, resource }) =>
      new RegExp(`\\b${name}\\.(${resource.key}\\b|owners_)`).test(text) ||
      ('in' in move && move.in === name),
  );
}

/** The members that are there and were sent the id of this one. */
export function referringTo({ name }: Member, cast: readonly Member[]): Member[] {
  return cast.filter(({ live, names }) => live === true && names.has(name));
}

/** Whether the step needs what a step of that name found or sent. */
export function needs(move: Move, name: string): boolean {
  return new RegExp(`\\b${name}\\b`).test(textOf(move));
}

/** What the step sends, as text. */
export function textOf(move: Move): string {
  return JSON.stringify(
    isMake(move) ? [move.in, move.with] : [move.path, move.query, move.with, move.part],
  );
}
