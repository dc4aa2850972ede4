// Who may import whom: the table of src/README.md, read and held against every import of the source.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { expect, test } from 'vitest';

const SRC = join(import.meta.dirname, '..', 'src');
const readme = readFileSync(join(SRC, 'README.md'), 'utf8');

/** Rows like `| spec | model, schema | yaml, openapi-types |`. */
const table = new Map(
  [...readme.matchAll(/^\| `(\w+)\/` \|([^|]*)\|([^|]*)\|/gm)].map(([, folder, own, packages]) => [
    folder ?? '',
    { own: words(own), packages: words(packages) },
  ]),
);

function words(cell = ''): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, word]) => (word ?? '').replace(/\/$/, ''));
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.split(sep).join('/'));

/** What a file imports or re-exports from; the formatter sees to it that each ends in `from '...';`. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(SRC, file), 'utf8');
  const statements = text.matchAll(
    /^(?:import|export)\b[^;'"`]*?\bfrom '([^']+)';|^import '([^']+)';/gm,
  );
  return [...statements].map(([, from, bare]) => from ?? bare ?? '');
}

test('the table names every folder of the source', () => {
  const folders = [
    ...new Set(files.filter((file) => file.includes('/')).map((file) => file.split('/')[0])),
  ];
  expect([...table.keys()].sort()).toEqual(folders.sort());
});

test.each(files.filter((file) => file.includes('/')))(
  '%s imports only what its folder may',
  (file) => {
    const folder = file.split('/')[0] ?? '';
    const allowed = table.get(folder);
    const refused = importsOf(file).filter((name) => {
      if (name.startsWith('node:')) return false;
      if (!name.startsWith('.'))
        return !allowed?.packages.some((p) => name === p || name.startsWith(`${p}/`));
      const [first = '', second = ''] = relative(SRC, join(dirname(join(SRC, file)), name)).split(
        sep,
      );
      const target = first === '..' ? second : first;
      return target !== folder && !allowed?.own.includes(target);
    });
    expect(refused).toEqual([]);
  },
);

test.each(files.filter((file) => /^rules\/.*\/probe\.ts$/.test(file)))(
  '%s shares no code with what it checks',
  (file) => {
    expect(importsOf(file).filter((name) => name.includes('enforce'))).toEqual([]);
  },
);

test('files stay small: half of them under 80 lines, nine of ten under 250', () => {
  const lines = files
    .map((file) => readFileSync(join(SRC, file), 'utf8').split('\n').length)
    .sort((a, b) => a - b);
  const at = (share: number) => lines[Math.floor(lines.length * share)] ?? 0;
  expect(at(0.5)).toBeLessThan(80);
  expect(at(0.9)).toBeLessThan(250);
});

test.each(
  files.filter((file) => !file.endsWith('options.ts') && !/rules\/[a-z-]+\/\w+\.ts$/.test(file)),
)('%s begins with what it is for', (file) => {
  expect(readFileSync(join(SRC, file), 'utf8').replace(/^#!.*\n/, '')).toMatch(/^\/\/ \S/);
});
