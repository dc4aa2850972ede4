// The long measure: every fault and variant of the independent server, all checks, several seeds. It writes
// the tables that the short tests and the docs use. `npm run score`; about ten minutes.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { benign, faults } from '../reference/flexprice.ts';
import { judge, pool, violations } from './judge.ts';
import { scorePage } from './page.ts';
import type { Killed } from './table.ts';

const AT_ONCE = 10;
const seeds = [1, 2, 3];

test('healthy and unusual servers are clean, with every seed', async () => {
  const variants = [{}, ...Object.keys(benign).map((id) => ({ benign: id }))];
  const runs = variants.flatMap((variant) => seeds.map((seed) => ({ variant, seed })));
  const found = await pool(runs, AT_ONCE, async ({ variant, seed }) =>
    violations(await judge(variant, { seed })).map(({ id, reason }) => [
      JSON.stringify(variant),
      seed,
      id,
      reason,
    ]),
  );
  expect(found.flat()).toEqual([]);
}, 3_600_000);

test('each fault, and which rules find it', async () => {
  const rows = await pool(Object.keys(faults), AT_ONCE, async (fault): Promise<Killed> => {
    const byDefault = violations(await judge({ fault }));
    if (byDefault.length > 0) return { fault, by: rulesOf(byDefault), basis: 'default' };
    const observed = violations(
      await judge({ fault }, { bases: ['documented', 'protocol', 'observed'] }),
    );
    return { fault, by: rulesOf(observed), basis: observed.length > 0 ? 'observed' : 'none' };
  });
  const here = (name: string) => join(import.meta.dirname, name);
  writeFileSync(here('flexprice.killed.json'), `${JSON.stringify(rows, null, 1)}\n`);
  writeFileSync(here('README.md'), scorePage(rows));
}, 3_600_000);

function rulesOf(results: readonly { rule: string }[]): string[] {
  return [...new Set(results.map(({ rule }) => rule))];
}
