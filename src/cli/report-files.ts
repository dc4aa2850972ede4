// Files that a run writes at its end are tried before it begins, for a run can be long.

import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UsageError } from '../model/usage-error.ts';

/** Makes the folders of the files; what can't be written, or is named twice, is a mistake. Leaves no file behind. */
export function unwritable(files: readonly string[]): string[] {
  const seen = new Set<string>();
  return files.flatMap((file) => {
    const whole = resolve(file);
    if (seen.has(whole)) return [`${file}: two reports can't be written to one file`];
    seen.add(whole);
    return mistakeOf(file) ?? [];
  });
}

function mistakeOf(file: string): string | undefined {
  try {
    mkdirSync(dirname(file), { recursive: true });
    const isNew = !existsSync(file);
    closeSync(openSync(file, 'a'));
    if (isNew) rmSync(file);
    return undefined;
  } catch (error) {
    return words(file, error);
  }
}

/** Writes the report. Throws UsageError when the file can't be written. */
export function writeReport(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    throw new UsageError(words(file, error));
  }
}

/** Writes behind what the file holds. Throws UsageError when it can't be written. */
export function appendReport(file: string, text: string): void {
  try {
    appendFileSync(file, text);
  } catch (error) {
    throw new UsageError(words(file, error));
  }
}

function words(file: string, error: unknown): string {
  return `can't write ${file}: ${(error as Error).message}`;
}
