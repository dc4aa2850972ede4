// One process owns a data folder: a lock file says which. The lock of a process that is gone is taken over
// without a word, so that a start after a crash needs no help.

import {
  constants,
  copyFileSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { isObject } from '../model/json.ts';
import { UsageError } from '../model/usage-error.ts';

interface Owner {
  readonly pid: number;
  /** What tells the process from a later one of the same number; '' where nothing does. */
  readonly started: string;
}

/** The folders that this process holds. */
const held = new Set<string>();

/** Takes the folder, making it if need be; gives back how to release it. Throws UsageError when it is taken. */
export function lockFolder(folder: string): () => void {
  try {
    mkdirSync(folder, { recursive: true });
    take(folder);
    held.add(folder);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(
      `can't use the data folder ${folder}: ${(error as Error).message}. Choose another with --data-dir`,
    );
  }
  return () => {
    held.delete(folder);
    const owner = read(join(folder, 'lock'));
    if (owner?.pid === process.pid) rmSync(join(folder, 'lock'), { force: true });
  };
}

function take(folder: string): void {
  const lock = join(folder, 'lock');
  const mine = join(folder, `.lock.${process.pid}`);
  const me: Owner = { pid: process.pid, started: startOf(process.pid) };
  // Written in full under another name first: nobody ever reads half a lock.
  writeFileSync(mine, `${JSON.stringify(me)}\n`);
  try {
    for (let tries = 0; tries < 10; tries++) {
      if (linked(mine, lock)) return;
      const owner = read(lock);
      if (owner !== undefined && isAlive(owner, folder)) throw taken(folder, owner);
      removeDead(folder, lock, owner);
    }
    throw new UsageError(`can't lock the data folder ${folder}: others keep taking it. Try again`);
  } finally {
    rmSync(mine, { force: true });
  }
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(code)) throw error;
    return copied(from, to);
  }
}

/** For file systems without links. */
function copied(from: string, to: string): boolean {
  try {
    copyFileSync(from, to, constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Moves a dead lock away, and back again if another process has taken it over in between. */
function removeDead(folder: string, lock: string, dead: Owner | undefined): void {
  const aside = join(folder, `.lock.dead.${process.pid}`);
  try {
    renameSync(lock, aside);
  } catch {
    return;
  }
  const moved = read(aside);
  if (moved?.pid !== dead?.pid || moved?.started !== dead?.started) linked(aside, lock);
  rmSync(aside, { force: true });
}

function taken(folder: string, { pid }: Owner): UsageError {
  return new UsageError(
    `the data folder ${folder} is in use by process ${pid}: stop that server, or choose another folder with --data-dir`,
  );
}

/** Who holds the lock; undefined when nobody does, or nobody can tell. */
function read(lock: string): Owner | undefined {
  try {
    const owner: unknown = JSON.parse(readFileSync(lock, 'utf8'));
    if (!isObject(owner) || !Number.isSafeInteger(owner['pid'])) return undefined;
    return {
      pid: Number(owner['pid']),
      started: String(owner['started'] ?? ''),
    };
  } catch {
    return undefined;
  }
}

function isAlive({ pid, started }: Owner, folder: string): boolean {
  if (started !== '') return startOf(pid) === started;
  // Where nothing tells when a process started, our own number may be an earlier process's, too.
  if (pid === process.pid) return held.has(folder);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * When the process started, with the machine's own start, as Linux tells it; '' for a process that is
 * gone or only not yet buried, and where nothing tells.
 */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold blanks: fields are counted from behind it. State, then 19 on: start.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return '';
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${fields[19]}`;
  } catch {
    return '';
  }
}
