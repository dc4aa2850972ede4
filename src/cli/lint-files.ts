// Which files `tallystick lint` looks at.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { bundledApis, contractFile } from '../contract/bundled.ts';
import { didYouMean } from '../model/suggest.ts';
import { UsageError } from '../model/usage-error.ts';
import { sortOf } from '../spec/sort.ts';

/** Where a project keeps its contracts and documents. */
const FOLDERS = ['.', 'contracts', 'specs'];

/**
 * The named files, folders and bundled APIs. When nothing is named: the contracts and OpenAPI documents in the
 * working folder, its `contracts` and its `specs`; the bundled contracts when there are none. Throws UsageError
 * for what does not exist.
 */
export function lintedFiles(names: readonly string[]): string[] {
  if (names.length > 0) return [...new Set(names.flatMap(filesOf))];
  const own = FOLDERS.filter((folder) => existsSync(folder)).flatMap(filesIn);
  return own.length > 0 ? own : bundledApis().map(contractFile);
}

function filesOf(name: string): string[] {
  if (existsSync(name)) {
    if (!statSync(name).isDirectory()) return [name];
    const files = filesIn(name);
    if (files.length > 0) return files;
    throw new UsageError(`no contract and no OpenAPI document in ${name}`);
  }
  const known = bundledApis();
  if (known.includes(name)) return [contractFile(name)];
  throw new UsageError(
    /[./]/.test(name)
      ? `no file at ${name}`
      : `no file and no bundled api "${name}"${didYouMean(name, known, true)}`,
  );
}

/** The contracts and documents right in the folder; other YAML and JSON is none of our business. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ya?ml|json)$/.test(entry.name))
    .map((entry) => join(folder, entry.name))
    .filter((file) => sortOf(readFileSync(file, 'utf8')) !== undefined)
    .sort();
}
