// What a file is for, found without reading it all: the text may be broken, or large.

import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { topKeys } from './json-places.ts';

export type Sort = 'contract' | 'document';

/** A document's first keys stand near its beginning. */
const HEAD_BYTES = 64 * 1024;

/** What a text wants to be, by a key at its top; undefined for anything else. */
export function sortOf(text: string): Sort | undefined {
  for (const key of keysOf(text)) {
    if (key === 'contract') return 'contract';
    if (key === 'openapi' || key === 'swagger') return 'document';
  }
  return undefined;
}

/** What the file wants to be. Throws when it can't be read. */
export function sortOfFile(file: string): Sort | undefined {
  return sortOf(headOf(file)) ?? sortOf(readFileSync(file, 'utf8'));
}

function headOf(file: string): string {
  const bytes = Buffer.alloc(HEAD_BYTES);
  const open = openSync(file, 'r');
  try {
    return bytes.toString('utf8', 0, readSync(open, bytes));
  } finally {
    closeSync(open);
  }
}

function* keysOf(text: string): Iterable<string> {
  if (!/^\s*\{/.test(text)) {
    for (const [, key = ''] of text.matchAll(/^["']?(\w+)["']?\s*:/gm)) yield key;
    return;
  }
  try {
    yield* topKeys(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    for (const [, key = ''] of text.matchAll(/["'](contract|openapi|swagger)["']\s*:/g)) yield key;
  }
}
