// The long measure: every fault of the independent servers, judged as a run is played by itself, with all requests, and
// with all rules. It writes the tables that the short tests and the docs use. `npm run score`; about half an hour.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { BASES } from '../../src/contract/format.ts';
import { type JudgeOptions, judge, pool, type Subject, subjects, violations } from './judge.ts';
import { scorePage } from './page.ts';
import { alarmsOf, type Killed } from './table.ts';

const AT_ONCE = 10;
const here = (name: string) => join(import.meta.dirname, name);

test.each(subjects)('each fault of $api, and which rules find it', async (subject) => {
  const ways = [
    { basis: 'default', finds: await findsIn(subject, {}) },
    { basis: 'thorough', finds: await findsIn(subject, { thorough: true }) },
    { basis: 'wider', finds: await findsIn(subject, { thorough: true, bases: BASES }) },
  ] as const;
  const rows = await pool(
    Object.keys(subject.reference.faults),
    AT_ONCE,
    async (fault): Promise<Killed> => {
      for (const { basis, finds } of ways) {
        const by = await finds(fault);
        if (by.length > 0) return { fault, by, basis };
      }
      return { fault, by: [], basis: 'none' };
    },
  );
  writeFileSync(here(`${subject.api}.killed.json`), `${JSON.stringify(rows, null, 1)}\n`);
  writeFileSync(here(`${subject.api}.md`), scorePage(subject, rows, alarmsOf(subject.api)));
});

/**
 * Gives the rules that find a fault: those with a violation that the healthy server lacks under the same options. It
 * knows the documents alone, and may differ from what is only observed or assumed.
 */
async function findsIn(
  subject: Subject,
  options: JudgeOptions,
): Promise<(fault: string) => Promise<string[]>> {
  const healthy = new Set(violations(await judge(subject, {}, options)).map(({ id }) => id));
  return async (fault) => {
    const found = violations(await judge(subject, { fault }, options));
    return [...new Set(found.filter(({ id }) => !healthy.has(id)).map(({ rule }) => rule))];
  };
}
