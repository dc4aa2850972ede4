// The licences of the packages that are in the bundle, which ask to go wherever their code goes.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The licence of each package that one of the modules is from, under the package's name and version. */
export function licences(modules: readonly string[]): string {
  const folders = [...new Set(modules.flatMap((id) => packageOf(id) ?? []))].sort();
  return folders.map(licence).join('\n\n');
}

/** The folder of the package that a module is from; undefined for our own. */
function packageOf(id: string): string | undefined {
  if (!id.includes('node_modules')) return undefined;
  let folder = dirname(id);
  while (!/node_modules[\\/](@[^\\/]+[\\/])?[^\\/]+$/.test(folder)) folder = dirname(folder);
  return folder;
}

function licence(folder: string): string {
  const file = join(folder, 'package.json');
  const { name, version, license } = JSON.parse(readFileSync(file, 'utf8'));
  const own = existsSync(folder) ? readdirSync(folder) : [];
  const text = own.find((one) => /^licen[cs]e/i.test(one));
  const says = text === undefined ? '' : `\n\n${readFileSync(join(folder, text), 'utf8').trim()}`;
  return `${name} ${version} (${license})${says}`;
}
