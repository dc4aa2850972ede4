// The bundled documents as the build has read them, by the hash of their text: reading YAML and checking a
// contract take longer than all else at the start. Any other text is read and checked as it comes.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Json } from '../model/json.ts';

export type Prepared = Readonly<Record<string, Json>>;

/** Beside the compiled code; there is none when the sources themselves are run. */
const FILE = new URL('../../prepared.json', import.meta.url);

let prepared: Prepared | undefined;

/** What the text of that hash says, if the build has read and checked just this text; else undefined. */
export function preparedValue(hash: string): Json | undefined {
  prepared ??= readPrepared();
  return prepared[hash];
}

export function textHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function readPrepared(): Prepared {
  try {
    return JSON.parse(readFileSync(FILE, 'utf8')) as Prepared;
  } catch {
    return {};
  }
}
