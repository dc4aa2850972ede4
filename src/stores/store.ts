// The store port: how accepted changes are kept. Memory is the truth while the server runs; a store sees
// to it that the next start finds it again.

import type { Playable } from '../mock/playable.ts';
import type { Change } from '../state/state.ts';

/** How much an answer promises: `memory` waits for nothing, `journal` for the write, `fsync` for the disk. */
export type Durability = 'memory' | 'journal' | 'fsync';
export const DURABILITIES: readonly Durability[] = ['memory', 'journal', 'fsync'];

export interface Store {
  /** Puts what was kept into the state. Throws UsageError when it is damaged, or in use elsewhere. */
  open(): Promise<void>;
  /** Applies the changes to the state and begins to keep them. Not to be called when `readOnly`. */
  commit(changes: readonly Change[]): void;
  /** Makes every scope the fixture again, and begins to keep that. Not to be called when `readOnly`. */
  reset(): void;
  /** Goes on with another version of the API; the state has been given its shape. Records are kept as they are. */
  adopt(api: Playable): void;
  /**
   * Settles when everything up to the version is kept; undefined when it is already. Rejects when
   * it can't be kept: the state has then been put back to what is kept.
   */
  reached(version: number): Promise<void> | undefined;
  /** Why nothing can be written any more; undefined when all is well. */
  readonly readOnly: string | undefined;
  /** Lets go of what it holds open. What was answered is kept already, closed or not. */
  close(): Promise<void>;
}
