// Tells when one of some files is another than before. Folders are watched and not files: an editor that writes a
// new file and renames it would leave a watched file behind.

import { existsSync, type FSWatcher, statSync, watch } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UsageError } from '../model/usage-error.ts';

/** Events of one save come together; a file may be half written when the first one does. */
const SETTLE_MS = 100;

export interface Watched {
  /** The files from now on. */
  follow(files: readonly string[]): void;
  close(): void;
}

/**
 * Calls back each time after any of the files was changed, made or removed; not for what was there before.
 * Throws UsageError when the system watches no more folders.
 */
export function watchFiles(files: readonly string[], changed: () => void): Watched {
  const watchers = new Map<string, FSWatcher>();
  let followed: readonly string[] = [];
  let known = '';
  let timer: NodeJS.Timeout | undefined;
  const look = () => {
    const now = signature(followed);
    if (now === known) return;
    known = now;
    changed();
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(look, SETTLE_MS).unref();
  };
  const follow = (next: readonly string[]) => {
    const same = next.join('\n') === followed.join('\n');
    followed = next;
    if (!same) known = signature(next);
    const folders = new Set(next.map((file) => dirname(resolve(file))).filter(existsSync));
    for (const [folder, watcher] of watchers) {
      if (folders.has(folder)) continue;
      watcher.close();
      watchers.delete(folder);
    }
    for (const folder of folders) {
      if (!watchers.has(folder)) watchers.set(folder, watching(folder, soon));
    }
  };
  follow(files);
  return {
    follow,
    close() {
      clearTimeout(timer);
      for (const watcher of watchers.values()) watcher.close();
    },
  };
}

function watching(folder: string, seen: () => void): FSWatcher {
  try {
    return watch(folder, seen).on('error', seen).unref();
  } catch (error) {
    throw new UsageError(`can't watch ${folder}: ${(error as Error).message}`);
  }
}

/** What is other when a file is: its place on the disk, its size, its time. */
function signature(files: readonly string[]): string {
  return files
    .map((file) => {
      const stats = statSync(file, { throwIfNoEntry: false });
      return stats === undefined ? 'none' : `${stats.ino} ${stats.size} ${stats.mtimeMs}`;
    })
    .join('\n');
}
