// A data folder as a lowdb adapter: read = snapshot + journal, write = a new snapshot, after which older
// journals go. So lowdb is what persists; the journal only spares it a rewrite at every request.

import { readdirSync, renameSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Adapter } from 'lowdb';
import { TextFile } from 'lowdb/node';
import type { JsonObject } from '../model/json.ts';
import { type Kept, type KeptResource, replayLine } from './contents.ts';
import { damage } from './damage.ts';
import { syncFolder } from './journal.ts';
import { afterOf, type JournalHeader, journalFiles, readJournal } from './read-journal.ts';
import { readSnapshot, snapshotText } from './snapshot.ts';

export interface FolderOptions {
  readonly path: string;
  /** Whether files must outlive a power cut. */
  readonly synced: boolean;
  /** The names of the resources, and of each the fields of a record, unset. */
  readonly blank: ReadonlyMap<string, JsonObject>;
  readonly warn: (message: string) => void;
}

export class Folder implements Adapter<Kept> {
  #options: FolderOptions;
  /** Characters in the files of the last snapshot: a measure for compaction. */
  size = 0;
  /** The state version of the last snapshot that is whole. */
  version = 0;
  /** Set to have a `write` that is under way give up between two files; the folder is whole all the same. */
  stopped = false;

  constructor(options: FolderOptions) {
    this.#options = options;
  }

  /** Reads with other resources and fields from now on. */
  adopt(blank: FolderOptions['blank']): void {
    this.#options = { ...this.#options, blank };
  }

  /** What is kept. Throws UsageError when something is damaged; nothing is then changed. */
  async read(): Promise<Kept> {
    const { path, warn } = this.#options;
    const files = journalFiles(path);
    const journals = files.map((file, i) => readJournal(file, i === files.length - 1, warn));
    const resources = await this.#snapshots(journals[0]?.header);
    const versions = [...resources.values()].map((resource) => resource.version);
    this.version = Math.min(...versions);
    let { version } = this;
    for (const { file, header, lines } of journals) {
      if ((header?.after ?? 0) > version) throw gap(file, 1, version + 1);
      for (const [i, line] of lines.entries()) {
        if (line.version > version + 1) throw gap(file, i + 2, version + 1);
        if (line.version <= version) continue;
        replayLine(line, resources, this.#blank);
        version = line.version;
      }
    }
    if (version < Math.max(...versions)) throw gap(files.at(-1) ?? path, 1, version + 1);
    return { version, resources };
  }

  /** Rewrites the files of all resources, each one whole or not at all; then older journals go. */
  async write({ version, resources }: Kept): Promise<void> {
    const { path } = this.#options;
    this.size = 0;
    for (const [name, resource] of resources) {
      try {
        await this.#replace(
          join(path, `${name}.json`),
          this.#measured(snapshotText(name, resource, this.#blank(name))),
        );
      } catch (error) {
        if (this.stopped) return;
        throw error;
      }
    }
    this.version = version;
    for (const file of journalFiles(path)) if (afterOf(file) < version) rmSync(file);
  }

  *#measured(chunks: Iterable<string>): Generator<string> {
    for (const chunk of chunks) {
      if (this.stopped) throw new Error('stopped');
      this.size += chunk.length;
      yield chunk;
    }
  }

  /** The rows as they were when each file was written. */
  async #snapshots(first: JournalHeader | undefined): Promise<Map<string, KeptResource>> {
    const { path, blank } = this.#options;
    const resources = new Map<string, KeptResource>();
    this.size = 0;
    for (const entry of readdirSync(path)) {
      if (!entry.endsWith('.json') || entry.startsWith('.')) continue;
      const file = join(path, entry);
      const text = (await new TextFile(file).read()) ?? '';
      // Somebody's own file is none of our business.
      if (!blank.has(basename(entry, '.json')) && !text.includes('"tallystick"')) continue;
      const [name, kept] = readSnapshot(text, file, this.#blank);
      if (`${name}.json` !== entry) throw damage(file, 1, `it holds the resource "${name}"`);
      this.size += text.length;
      resources.set(name, kept);
    }
    for (const name of blank.keys()) {
      if (resources.has(name)) continue;
      // One that the journal doesn't know is new in the contract: it has nothing to catch up with.
      const isNew = first !== undefined && !first.resources.includes(name);
      if (!isNew && (first?.after ?? 0) > 0)
        throw damage(join(path, `${name}.json`), 1, 'it is missing');
      resources.set(name, {
        version: isNew ? first.after : 0,
        scopes: new Map(),
      });
    }
    return resources;
  }

  readonly #blank = (resource: string): JsonObject => this.#options.blank.get(resource) ?? {};

  async #replace(file: string, chunks: Iterable<string>): Promise<void> {
    const { synced, path } = this.#options;
    // The text must be on the disk before its name is: a power cut would leave an empty file.
    const next = synced ? `${file}.next` : file;
    // lowdb hands what it is given on to `writeFile`, which takes chunks, too; and while it writes one,
    // the server answers. One text of 50 MB blocked it for 300 ms.
    await new TextFile(next).write(chunks as unknown as string);
    if (!synced) return;
    const handle = await open(next, 'r+');
    await handle.sync().finally(() => handle.close());
    renameSync(next, file);
    syncFolder(path);
  }
}

function gap(file: string, line: number, version: number) {
  const advice =
    'put back what is missing from its folder, or move the folder away to start from the fixture';
  return damage(
    file,
    line,
    `write number ${version}, which comes before, is nowhere to be found`,
    advice,
  );
}
