// The long measure: every fault and variant of the independent servers, all checks, several seeds. It writes
// the tables that the short tests and the docs use. `npm run score`; about fifteen minutes.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { judge, pool, subjects, violations } from './judge.ts';
import { scorePage } from './page.ts';
import type { Killed } from './table.ts';

const AT_ONCE = 10;
const seeds = [1, 2, 3];
const here = (name: string) => join(import.meta.dirname, name);

test.each(subjects)(
  'healthy and unusual servers of $api are clean, with every seed',
  async (subject) => {
    const variants = [{}, ...Object.keys(subject.reference.benign).map((benign) => ({ benign }))];
    const runs = variants.flatMap((variant) => seeds.map((seed) => ({ variant, seed })));
    const found = await pool(runs, AT_ONCE, async ({ variant, seed }) =>
      violations(await judge(subject, variant, { seed })).map(({ id, reason }) => [
        JSON.stringify(variant),
        seed,
        id,
        reason,
      ]),
    );
    expect(found.flat()).toEqual([]);
  },
);

test.each(subjects)('each fault of $api, and which rules find it', async (subject) => {
  const wide = ['documented', 'protocol', 'observed', 'assumed'] as const;
  const rows = await pool(
    Object.keys(subject.reference.faults),
    AT_ONCE,
    async (fault): Promise<Killed> => {
      const byDefault = violations(await judge(subject, { fault }));
      if (byDefault.length > 0) return { fault, by: rulesOf(byDefault), basis: 'default' };
      const more = violations(await judge(subject, { fault }, { bases: wide }));
      return { fault, by: rulesOf(more), basis: more.length > 0 ? 'wider' : 'none' };
    },
  );
  writeFileSync(here(`${subject.api}.killed.json`), `${JSON.stringify(rows, null, 1)}\n`);
  writeFileSync(here(`${subject.api}.md`), scorePage(subject, rows));
});

function rulesOf(results: readonly { rule: string }[]): string[] {
  return [...new Set(results.map(({ rule }) => rule))];
}
