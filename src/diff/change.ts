// One change between two versions of an API, as data, and the list that it is written down in.

import type { Place } from '../model/finding.ts';
import { type ChangeId, type Level, levelOf } from './kinds.ts';

export interface Change {
  readonly id: ChangeId;
  readonly level: Level;
  /** The operationId in the new version, or the old one's where it is gone; '' for the API as a whole. */
  readonly operation: string;
  /** JSON Pointer into the old document; absent where the old one has nothing there. */
  readonly old?: string;
  /** JSON Pointer into the new document. */
  readonly new?: string;
  /** The field or parameter, as `groups[].name`; absent where none is meant. */
  readonly field?: string;
  /** One sentence without its stop. */
  readonly message: string;
  /** Where it stands in the new file, or in the old one where it is gone; absent until it has been looked up. */
  readonly place?: Place;
  /** Rules and operations of the contract that speak of it: `rule group.name-limit`. */
  readonly touches?: readonly string[];
}

/** Where a change stands, before it is known to be one. */
export type At = Pick<Change, 'operation' | 'old' | 'new' | 'field' | 'place'>;

export class Changes {
  readonly list: Change[] = [];

  add(id: ChangeId, at: At, message: string): void {
    const { operation, old, new: now, field, place } = at;
    this.list.push({
      id,
      level: levelOf(id),
      operation,
      ...(old === undefined ? {} : { old }),
      ...(now === undefined ? {} : { new: now }),
      ...(field === undefined || field === '' ? {} : { field }),
      message,
      ...(place === undefined ? {} : { place }),
    });
  }
}

/** Whether callers that did right before can fail now. */
export function isBreaking({ level }: Pick<Change, 'level'>): boolean {
  return level === 'breaking-request' || level === 'breaking-response';
}

/** `"a", "b"`, as values are named in messages. */
export function valuesText(values: readonly unknown[]): string {
  return values.map((value) => JSON.stringify(value)).join(', ');
}
