// The default store: lowdb's readable JSON files, with a journal beside them. A request waits for its
// line in the journal, never for lowdb.

import { Low } from 'lowdb';
import type { Playable } from '../mock/playable.ts';
import { UsageError } from '../model/usage-error.ts';
import type { Change, State } from '../state/state.ts';
import { capture, writesOf } from './capture.ts';
import { type JournalLine, type Kept, scopesOf } from './contents.ts';
import { Folder } from './folder.ts';
import { Journal } from './journal.ts';
import { lockFolder } from './lock.ts';
import { journalFile } from './read-journal.ts';
import type { Durability, Store } from './store.ts';
import { judgeFolder } from './written-under.ts';

export interface LowdbOptions {
  /** One API's own folder; made when it isn't there. */
  readonly folder: string;
  readonly durability: Durability;
  readonly warn: (message: string) => void;
  /** The snapshot is rewritten when the journal has this many bytes, and half of the snapshot's. */
  readonly compactAt?: number;
  /** Or when nothing was written for this long. */
  readonly idleMs?: number;
}

const COMPACT_AT = 32 * 1_048_576;
const IDLE_MS = 3_000;
const RETRY_MS = 30_000;
/** How long `close` may wait for a rewrite of the snapshot. */
const CLOSE_MS = 300;

const NOTHING: Kept = { version: 0, resources: new Map() };

export class LowdbStore implements Store {
  readonly #state: State;
  readonly #options: LowdbOptions;
  #api: Playable;
  readonly #folder: Folder;
  readonly #db: Low<Kept>;
  #journal: Journal | undefined;
  #release: (() => void) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #compaction: Promise<void> | undefined;
  #notBefore = 0;
  #lastWrite = 0;
  #readOnly: string | undefined;

  constructor(state: State, api: Playable, options: LowdbOptions) {
    this.#state = state;
    this.#options = options;
    this.#api = api;
    this.#folder = new Folder({
      path: options.folder,
      synced: options.durability === 'fsync',
      blank: api.blank,
      warn: options.warn,
    });
    this.#db = new Low<Kept>(this.#folder, NOTHING);
  }

  get readOnly(): string | undefined {
    return this.#readOnly;
  }

  async open(): Promise<void> {
    const { folder, durability } = this.#options;
    this.#release = lockFolder(folder);
    try {
      await this.#restore();
      judgeFolder(folder, this.#state, this.#api, this.#options.warn);
      const { version } = this.#state;
      this.#journal = new Journal(journalFile(folder, version), this.#header(version), version, {
        durability,
        lost: (error) => this.#lost(error),
      });
    } catch (error) {
      this.#release();
      if ((error as NodeJS.ErrnoException).code === undefined) throw error;
      throw new UsageError(`can't use the data folder ${folder}: ${(error as Error).message}`);
    }
    this.#timer = setInterval(() => this.#whenIdle(), 1_000).unref();
  }

  commit(changes: readonly Change[]): void {
    const writes = writesOf(this.#state, changes);
    this.#state.apply(changes);
    this.#append({ version: this.#state.version, writes });
  }

  reset(): void {
    this.#state.reset();
    this.#append({ version: this.#state.version, reset: true });
  }

  reached(version: number): Promise<void> | undefined {
    return this.#journal?.reached(version);
  }

  adopt(api: Playable): void {
    this.#api = api;
    this.#folder.adopt(api.blank);
    const { folder, warn } = this.#options;
    judgeFolder(folder, this.#state, api, warn);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    const journal = this.#journal;
    if (journal === undefined) return;
    const timer = setTimeout(() => {
      this.#folder.stopped = true;
    }, CLOSE_MS);
    await this.#compaction;
    if (this.#hasNews() && !this.#folder.stopped) await this.compact();
    clearTimeout(timer);
    journal.close();
    this.#journal = undefined;
    this.#release?.();
  }

  /** Rewrites the snapshot; requests go on meanwhile. Never rejects: a failure is told, and tried again later. */
  compact(): Promise<void> {
    this.#compaction ??= this.#rewrite()
      .catch((error: Error) => {
        this.#notBefore = Date.now() + RETRY_MS;
        this.#options.warn(`${this.#options.folder} could not be rewritten: ${error.message}`);
      })
      .finally(() => {
        this.#compaction = undefined;
      });
    return this.#compaction;
  }

  /** The new journal comes first: whenever the process dies, old or new files and journals are all there. */
  async #rewrite(): Promise<void> {
    const journal = this.#journal;
    if (journal === undefined) return;
    const { version } = this.#state;
    journal.rotate(journalFile(this.#options.folder, version), this.#header(version));
    this.#db.data = capture(this.#state, this.#resources());
    await this.#db.write().finally(() => {
      this.#db.data = NOTHING;
    });
  }

  #header(after: number): object {
    return { journal: 1, after, resources: this.#resources() };
  }

  #resources(): string[] {
    return [...this.#api.contract.resources.keys()];
  }

  async #restore(): Promise<void> {
    await this.#db.read();
    const kept = this.#db.data;
    this.#db.data = NOTHING;
    this.#state.restore(scopesOf(kept), kept.version);
  }

  #append(line: JournalLine): void {
    this.#lastWrite = Date.now();
    this.#journal?.append(JSON.stringify(line), line.version);
    this.#whenGrown();
  }

  #hasNews(): boolean {
    return this.#readOnly === undefined && this.#state.version > this.#folder.version;
  }

  #whenGrown(): void {
    const { compactAt = COMPACT_AT } = this.#options;
    const size = this.#journal?.size ?? 0;
    if (size < compactAt || size < this.#folder.size / 2) return;
    if (this.#compaction === undefined && Date.now() >= this.#notBefore) void this.compact();
  }

  #whenIdle(): void {
    const { idleMs = IDLE_MS } = this.#options;
    const now = Date.now();
    if (this.#hasNews() && now - this.#lastWrite >= idleMs && now >= this.#notBefore)
      void this.compact();
  }

  /** A write could not be kept: nothing more is taken, and memory becomes what is on the disk. */
  async #lost(error: Error): Promise<number> {
    const { folder, warn } = this.#options;
    this.#readOnly = `nothing can be written to ${folder}: ${error.message}`;
    warn(`${this.#readOnly}. Reads go on, writes get 503; make room there and start again`);
    try {
      await this.#restore();
    } catch (unreadable) {
      warn(`${folder} can't be read either: ${(unreadable as Error).message}`);
    }
    return this.#state.version;
  }
}
