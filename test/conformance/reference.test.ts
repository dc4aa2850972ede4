// The contract tests against servers that share nothing with them but the documents: silent where those are
// right, however unusual, and every documented fault found by the checks of the rule that it breaks.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { MOST_REQUESTS } from '../../src/conformance/short.ts';
import { staleReasons, whyBeyond } from './beyond.ts';
import { type JudgeOptions, judge, pool, subjects, violations } from './judge.ts';
import { scorePage } from './page.ts';
import { alarmsOf, killedOf } from './table.ts';

const here = (name: string) => join(import.meta.dirname, name);
const AT_ONCE = 12;
const cases = subjects.map((subject) => ({
  api: subject.api,
  subject,
  killed: killedOf(subject.api),
}));

test.each(cases)(
  'a healthy $api is clean, with every check exercised, in few requests',
  async ({ subject }) => {
    const report = await judge(subject, {});
    expect(report.results.filter(({ verdict }) => verdict !== 'conforms')).toEqual([]);
    expect(report.requests).toBeLessThanOrEqual(MOST_REQUESTS);
  },
);

test.each(cases)(
  'servers of $api that are unusual but right are clean',
  async ({ subject }) => {
    const found = await pool(Object.keys(subject.reference.benign), AT_ONCE, async (benign) =>
      violations(await judge(subject, { benign }, { thorough: true })).map(({ id, reason }) => [
        benign,
        id,
        reason,
      ]),
    );
    expect(found.flat()).toEqual([]);
  },
  900_000,
);

test.each(cases)(
  'every documented fault of $api is found by the rule that it breaks',
  async ({ subject, killed }) => {
    const documented = killed.filter(({ basis }) => basis === 'default' || basis === 'thorough');
    const survivors = await pool(documented, AT_ONCE, async ({ fault, by: [rule = ''], basis }) => {
      const finds = async (options: JudgeOptions) => {
        const report = await judge(
          subject,
          { fault },
          { thorough: basis === 'thorough', ...options },
        );
        return violations(report).some((result) => result.rule === rule);
      };
      // A few faults need what other checks leave behind: every third create, say.
      return (await finds({ rule })) || (await finds({})) ? [] : [`${fault} (by ${rule})`];
    });
    expect(survivors.flat()).toEqual([]);
    expect(documented.length).toBeGreaterThanOrEqual(25);
  },
  900_000,
);

test.each(cases)('the table of $api is about the faults that there are', ({ subject, killed }) => {
  expect(killed.map(({ fault }) => fault)).toEqual(Object.keys(subject.reference.faults));
});

test.each(cases)(
  'twenty seeds on every server of $api that is right raised no alarm',
  ({ subject }) => {
    const { servers, seeds, requests, alarms } = alarmsOf(subject.api);
    expect(servers).toBe(Object.keys(subject.reference.benign).length + 1);
    expect(seeds).toBe(20);
    expect(requests).toBeGreaterThan(100 * servers * seeds);
    expect(alarms).toEqual([]);
  },
);

test('a fault that no check finds has a reason, and no reason is left over', () => {
  const beyond = cases.flatMap(({ killed }) =>
    killed.filter(({ basis }) => basis === 'none').map(({ fault }) => fault),
  );
  expect(beyond.filter((fault) => whyBeyond(fault) === undefined)).toEqual([]);
  expect(staleReasons(beyond)).toEqual([]);
});

test.each(cases)('the page of $api tells what the table holds', ({ subject, killed }) => {
  const page = scorePage(subject, killed, alarmsOf(subject.api));
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(here(`${subject.api}.md`), page);
  else expect(readFileSync(here(`${subject.api}.md`), 'utf8')).toBe(page);
});
