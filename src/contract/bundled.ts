// The contracts that come with the package, by the name of their API.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { didYouMean } from '../model/suggest.ts';
import { UsageError } from '../model/usage-error.ts';

/** The package's own folder: where the nearest package.json named tallystick is, in `src` or in `dist`. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const file = join(folder, 'package.json');
    if (existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).name === 'tallystick')
      return folder;
    const parent = dirname(folder);
    if (parent === folder) throw new Error('no package.json of tallystick above its own code');
    folder = parent;
  }
}

/** The names of the bundled APIs. */
export function bundledApis(): string[] {
  return readdirSync(join(packageRoot(), 'contracts'))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -'.yaml'.length))
    .sort();
}

/** The contract of a bundled API, or the file itself when a file is named. Throws UsageError for neither. */
export function contractFile(api: string): string {
  if (/\.ya?ml$/.test(api) || api.includes('/')) {
    if (existsSync(api)) return api;
    throw new UsageError(
      `no contract at ${api}: name a file, or one of ${bundledApis().join(', ')}`,
    );
  }
  const known = bundledApis();
  if (known.includes(api)) return join(packageRoot(), 'contracts', `${api}.yaml`);
  throw new UsageError(`unknown api "${api}"${didYouMean(api, known, true)}`);
}
