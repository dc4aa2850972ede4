// Ledgers on disk: one file a run, JSON lines, written as things happen and removed when nothing is left.
// They hold ids and the names of headers; never a credential.

import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { Ledger, type LedgerLine } from '../conformance/ledger.ts';
import { UsageError } from '../model/usage-error.ts';
import { targetFault } from './preflight.ts';

/** Under the folder in which the run was started, where the mock keeps its records too. */
export const LEDGER_FOLDER = '.tallystick';

/** The first line: which run this was. */
export interface LedgerHead {
  readonly ledger: 1;
  /** The API's name, or the contract's file. */
  readonly contract: string;
  readonly target: string;
  readonly prefix: string;
  readonly started: string;
  /** The names of the headers that the callers sent. */
  readonly headers: readonly string[];
  readonly otherHeaders: readonly string[];
  /** The header that names an environment, as it was sent: it is no secret. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Where it runs, so that nobody tidies up under a run that is going on. */
  readonly host: string;
  readonly process: number;
}

export interface LedgerFile {
  readonly file: string;
  readonly head: LedgerHead;
  readonly ledger: Ledger;
}

/** Where the ledger of a run lies unless told: by the time and the seed, so that no two runs share one. */
export function defaultLedger(seed: number, now = new Date()): string {
  const time = now.toISOString().replace(/[-:]/g, '').replace(/\..*/, '');
  // Shards of one run may begin in the same second.
  return join(LEDGER_FOLDER, `ledger-${time}-${seed}-${process.pid}.jsonl`);
}

/** A ledger that is written to the file, which is new. Throws UsageError when it can't be. */
export function openLedger(
  file: string,
  about: Omit<LedgerHead, 'ledger' | 'host' | 'process'>,
): LedgerFile {
  const head: LedgerHead = { ledger: 1, ...about, host: hostname(), process: process.pid };
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(head)}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    throw new UsageError(
      `--ledger ${file}: can't be written (${(error as Error).message}): name another file, or keep what the run makes with --no-cleanup`,
    );
  }
  return { file, head, ledger: new Ledger(writer(file)) };
}

/** Writes lines to the file. What can't be written is told once; the run knows it still, and tidies up. */
function writer(file: string): (line: LedgerLine) => void {
  let isBroken = false;
  return (line) => {
    if (isBroken) return;
    try {
      appendFileSync(file, `${JSON.stringify(line)}\n`);
    } catch (error) {
      isBroken = true;
      process.stderr.write(`the ledger can't be written: ${(error as Error).message}\n`);
    }
  };
}

/** The ledger that a run left; what it removes from now on is written there too. Throws UsageError. */
export function readLedger(file: string): LedgerFile {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`can't read the ledger ${file}: ${(error as Error).message}`);
  }
  const ledger = new Ledger(writer(file));
  const lines = text.split('\n');
  // A run that was killed may have left half a line: the last one, without its end.
  const [first, ...rest] = lines.slice(0, -1);
  try {
    const head = JSON.parse(first ?? '') as LedgerHead;
    if (!isHead(head)) throw new Error('its first line is no head of a ledger');
    for (const line of rest) ledger.replay(JSON.parse(line) as LedgerLine);
    return { file, head, ledger };
  } catch (error) {
    throw new UsageError(`${file} is no ledger: ${(error as Error).message}`);
  }
}

function isHead({ ledger, contract, target, prefix, headers }: LedgerHead): boolean {
  const isText = [contract, target, prefix].every((text) => typeof text === 'string');
  return ledger === 1 && isText && targetFault(target) === undefined && Array.isArray(headers);
}

/** The ledgers in the default folder, oldest first. */
export function foundLedgers(): string[] {
  if (!existsSync(LEDGER_FOLDER)) return [];
  return readdirSync(LEDGER_FOLDER)
    .filter((name) => /^ledger-.*\.jsonl$/.test(name))
    .sort()
    .map((name) => join(LEDGER_FOLDER, name));
}

/** Removes the file, and its folder when that is empty. */
export function removeLedger(file: string): void {
  rmSync(file, { force: true });
  const folder = dirname(file);
  if (folder === LEDGER_FOLDER && readdirSync(folder).length === 0) {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Whether the run that writes the ledger is still going on, on this machine. */
export function isUnderWay({ host, process: id }: LedgerHead): boolean {
  if (host !== hostname() || id === process.pid) return false;
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    // There is one, and it is not ours to signal.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
