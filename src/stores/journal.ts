// The journal being written: appended lines gather until the loop has taken in all that is waiting, and
// then become kept in one write. Which answers may go out, `reached` tells.

import {
  closeSync,
  fdatasync,
  fdatasyncSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { Durability } from './store.ts';

export interface JournalOptions {
  readonly durability: Durability;
  /**
   * Called once, when lines can't be written; they have been cut off the file again, if that was
   * possible. Gives the version that is kept; the lines' promises reject only after that.
   */
  lost(error: Error): Promise<number>;
}

/** Lines that become kept together. */
interface Group {
  text: string;
  bytes: number;
  version: number;
  readonly kept: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

export class Journal {
  readonly #options: JournalOptions;
  #path: string;
  #file: number;
  /** Bytes of the file that are kept for sure. */
  #size: number;
  #version: number;
  #gathering: Group | undefined;
  /** Written, and waiting for the disk. */
  #unsynced: Group[] = [];
  /** Grows with every sync; one that was overtaken has nothing more to say. */
  #syncs = 0;
  #failure: Promise<void> | undefined;

  /** Makes the file, which begins with the header's line. Throws what the file system throws. */
  constructor(path: string, header: object, version: number, options: JournalOptions) {
    this.#options = options;
    this.#path = path;
    this.#version = version;
    [this.#file, this.#size] = begin(path, header, this.#options.durability);
  }

  /** How much is kept in the file. */
  get size(): number {
    return this.#size;
  }

  /** The last version that is kept. */
  get version(): number {
    return this.#version;
  }

  /** Adds a line, which brings the state to the version. */
  append(line: string, version: number): void {
    if (this.#gathering === undefined) {
      this.#gathering = newGroup();
      if (this.#unsynced.length === 0) setImmediate(() => this.#flush());
    }
    this.#gathering.text += `${line}\n`;
    this.#gathering.version = version;
  }

  /** See `Store.reached`. */
  reached(version: number): Promise<void> | undefined {
    if (version <= this.#version) return undefined;
    if (this.#failure !== undefined) return this.#failure;
    if (this.#options.durability === 'memory') return undefined;
    const written = this.#unsynced.find((group) => version <= group.version);
    return (written ?? this.#gathering)?.kept;
  }

  /**
   * Goes on in another file; everything appended so far is kept in the old one. Throws, and stays with
   * the old one, when it can't.
   */
  rotate(path: string, header: object): void {
    this.#settle();
    if (this.#failure !== undefined) throw new Error('the journal could not be written');
    // Nothing was written since the last time: the file is what it would be.
    if (path === this.#path) return;
    const old = this.#file;
    [this.#file, this.#size] = begin(path, header, this.#options.durability);
    this.#path = path;
    closeSync(old);
  }

  /** Keeps what was appended and lets go of the file. */
  close(): void {
    this.#settle();
    closeSync(this.#file);
  }

  /** Keeps all that was appended, now: the one place that waits for the disk. */
  #settle(): void {
    this.#write();
    if (this.#unsynced.length === 0) return;
    try {
      this.#syncs += 1;
      fdatasyncSync(this.#file);
      this.#done(this.#unsynced);
    } catch (error) {
      this.#fail(error as Error);
    }
  }

  #flush(): void {
    this.#write();
    const groups = this.#unsynced;
    if (groups.length === 0) return;
    const sync = ++this.#syncs;
    fdatasync(this.#file, (error) => {
      if (this.#syncs !== sync) return;
      if (error !== null) this.#fail(error);
      else this.#done(groups);
      if (this.#gathering !== undefined) this.#flush();
    });
  }

  /** Writes what has gathered; it is then kept, or waits for the disk. */
  #write(): void {
    const group = this.#gathering;
    if (group === undefined || this.#failure !== undefined) return;
    try {
      group.bytes = writeAll(this.#file, group.text);
    } catch (error) {
      this.#fail(error as Error);
      return;
    }
    this.#gathering = undefined;
    if (this.#options.durability === 'fsync') this.#unsynced = [...this.#unsynced, group];
    else this.#done([group]);
  }

  #done(groups: readonly Group[]): void {
    this.#unsynced = this.#unsynced.filter((group) => !groups.includes(group));
    for (const { version, bytes, resolve } of groups) {
      this.#version = version;
      this.#size += bytes;
      resolve();
    }
  }

  #fail(error: Error): void {
    const groups = [...this.#unsynced, ...(this.#gathering === undefined ? [] : [this.#gathering])];
    this.#unsynced = [];
    this.#gathering = undefined;
    this.#syncs += 1;
    try {
      ftruncateSync(this.#file, this.#size);
    } catch {
      // What is there stays: a half-written line is dropped when it is read.
    }
    this.#failure = this.#options.lost(error).then((version) => {
      this.#version = version;
      throw error;
    });
    this.#failure.catch((reason) => {
      for (const group of groups) group.reject(reason);
    });
  }
}

function newGroup(): Group {
  const { promise, resolve, reject } = withResolvers();
  // Whoever waits hears of a failure; when nobody does, it is no unhandled one.
  promise.catch(() => undefined);
  return { text: '', bytes: 0, version: 0, kept: promise, resolve, reject };
}

function withResolvers() {
  let resolve: () => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

/** A new file with the header's line in it; none when that fails. */
function begin(path: string, header: object, durability: Durability): [file: number, size: number] {
  const file = openSync(path, 'w');
  try {
    const size = writeAll(file, `${JSON.stringify(header)}\n`);
    if (durability === 'fsync') syncFolder(dirname(path));
    return [file, size];
  } catch (error) {
    closeSync(file);
    rmSync(path, { force: true });
    throw error;
  }
}

function writeAll(file: number, text: string): number {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
  return bytes.length;
}

/** Makes new names and renames in the folder survive a power cut. */
export function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
