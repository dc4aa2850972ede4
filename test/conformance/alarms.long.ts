// The long search for false alarms: the healthy servers and all unusual but right ones, with twenty seeds, as a run is
// played by itself. `npm run alarms`; about an hour and a half. It writes what the pages say of it.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { judge, pool, subjects, violations } from './judge.ts';
import type { Alarms } from './table.ts';

const AT_ONCE = 8;
const seeds = Array.from({ length: 20 }, (_, i) => i + 1);

test.each(subjects)(
  'no server of $api that is right raises an alarm, whatever the seed',
  async (subject) => {
    const variants = [{}, ...Object.keys(subject.reference.benign).map((benign) => ({ benign }))];
    const runs = seeds.flatMap((seed) => variants.map((variant) => ({ variant, seed })));
    let requests = 0;
    const found = await pool(runs, AT_ONCE, async ({ variant, seed }) => {
      const report = await judge(subject, variant, { seed });
      requests += report.requests;
      return violations(report).map(
        ({ id, reason }) => `${JSON.stringify(variant)} ${seed} ${id} ${reason}`,
      );
    });
    const alarms: Alarms = {
      servers: variants.length,
      seeds: seeds.length,
      requests,
      alarms: found.flat(),
    };
    const file = join(import.meta.dirname, `${subject.api}.alarms.json`);
    writeFileSync(file, `${JSON.stringify(alarms, null, 2)}\n`);
    expect(alarms.alarms).toEqual([]);
  },
);
