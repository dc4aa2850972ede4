// Journals read back: which files there are, and their lines, each checked. A last line that was only half
// written was never answered, and is dropped; any other damage is told and left alone.

import { readdirSync, readFileSync, truncateSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isObject } from '../model/json.ts';
import type { JournalLine } from './contents.ts';
import { damage } from './damage.ts';
import { isVersion } from './snapshot.ts';

const NAME = /^journal-(\d+)\.jsonl$/;

/** The file of the journal that begins after the version. */
export function journalFile(folder: string, after: number): string {
  return join(folder, `journal-${String(after).padStart(12, '0')}.jsonl`);
}

/** The version after which a journal begins. */
export function afterOf(file: string): number {
  return Number(NAME.exec(basename(file))?.[1]);
}

/** The folder's journals, oldest first. */
export function journalFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => NAME.test(name))
    .map((name) => join(folder, name))
    .sort((a, b) => afterOf(a) - afterOf(b));
}

/** What the first line of a journal says. */
export interface JournalHeader {
  readonly journal: 1;
  readonly after: number;
  /** The resources that had a file of their own, or were about to. */
  readonly resources: readonly string[];
}

export interface JournalText {
  readonly file: string;
  /** Absent when the server died while it made the file. */
  readonly header: JournalHeader | undefined;
  /** The first one is the file's second line. */
  readonly lines: readonly JournalLine[];
}

/**
 * The journal. A half-written end is cut off the file if it is the last one, and `warn` hears of it.
 * Throws UsageError for anything else that is no line.
 */
export function readJournal(
  file: string,
  isLast: boolean,
  warn: (message: string) => void,
): JournalText {
  const bytes = readFileSync(file);
  let header: JournalHeader | undefined;
  const lines: JournalLine[] = [];
  for (let start = 0, number = 1; start < bytes.length; number++) {
    const end = bytes.indexOf(10, start);
    const value = parsed(bytes.toString('utf8', start, end < 0 ? bytes.length : end));
    if (number === 1 && isHeader(value)) header = value;
    else if (number > 1 && isLine(value)) lines.push(value);
    else if (isLast && end < 0) {
      truncateSync(file, start);
      warn(`${file}:${number} was only half written when the server died, and is dropped`);
    } else {
      throw damage(file, number, 'this is no line of a journal', ADVICE);
    }
    start = end < 0 ? bytes.length : end + 1;
  }
  return { file, header, lines };
}

const ADVICE =
  'put back a copy of the folder, or cut the file before this line (later writes are then lost), or move the folder away to start from the fixture';

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isHeader(value: unknown): value is JournalHeader {
  return isObject(value) && value['journal'] === 1 && Array.isArray(value['resources']);
}

function isLine(value: unknown): value is JournalLine {
  if (!isObject(value) || !isVersion(value['version'])) return false;
  const { writes = [] } = value;
  return Array.isArray(writes) && (value['reset'] === true || writes.every(isScopeLine));
}

function isScopeLine(value: unknown): boolean {
  if (!isObject(value) || typeof value['scope'] !== 'string') return false;
  const records = [value['fork'] ?? [], value['changes']];
  return records.every((list) => Array.isArray(list) && list.every(isRecordLine));
}

function isRecordLine(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { resource, id, seq, data } = value;
  const gone = data === undefined;
  return (
    typeof resource === 'string' &&
    typeof id === 'string' &&
    (gone || (isObject(data) && isVersion(seq)))
  );
}
