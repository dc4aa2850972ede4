// The bundled documents as the build has read them, by the hash of their text: reading YAML and checking a
// contract take longer than all else at the start. Any other text is read and checked as it comes.

import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { Json } from '../model/json.ts';

/** Beside the compiled code, a file for each text; there are none when the sources themselves are run. */
const FOLDER = new URL('../../prepared/', import.meta.url);

/** What the text of that hash says, if the build has read and checked just this text; else undefined. */
export function preparedValue(hash: string): Json | undefined {
  const file = new URL(`${hash}.json`, FOLDER);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Json) : undefined;
}

export function textHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
