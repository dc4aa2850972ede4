// The contract tests against a server that shares nothing with them but the documents: silent where it is
// right, however unusual, and every documented fault found by the checks of the rule that it breaks.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { benign, faults } from '../reference/flexprice.ts';
import { staleReasons, whyBeyond } from './beyond.ts';
import { type JudgeOptions, judge, pool, violations } from './judge.ts';
import { scorePage } from './page.ts';
import type { Killed } from './table.ts';

const here = (name: string) => join(import.meta.dirname, name);
const killed = JSON.parse(readFileSync(here('flexprice.killed.json'), 'utf8')) as Killed[];
const AT_ONCE = 12;

test('a healthy server is clean, with every check exercised, in at most 600 requests', async () => {
  const report = await judge({});
  expect(report.results.filter(({ verdict }) => verdict !== 'conforms')).toEqual([]);
  expect(report.requests).toBeLessThanOrEqual(600);
});

test('servers that are unusual but right are clean', async () => {
  const found = await pool(Object.keys(benign), AT_ONCE, async (id) =>
    violations(await judge({ benign: id })).map((result) => [id, result.id, result.reason]),
  );
  expect(found.flat()).toEqual([]);
}, 900_000);

test('every documented fault is found by the rule that it breaks', async () => {
  const documented = killed.filter(({ basis }) => basis === 'default');
  const survivors = await pool(documented, AT_ONCE, async ({ fault, by: [rule = ''] }) => {
    const finds = async (options: JudgeOptions) =>
      violations(await judge({ fault }, options)).some((result) => result.rule === rule);
    // A few faults need what other checks leave behind: every third create, say.
    return (await finds({ rule })) || (await finds({})) ? [] : [`${fault} (by ${rule})`];
  });
  expect(survivors.flat()).toEqual([]);
  expect(documented.length).toBeGreaterThan(180);
}, 900_000);

test('the table of faults is about the faults that there are', () => {
  expect(killed.map(({ fault }) => fault)).toEqual(Object.keys(faults));
});

test('a fault that no check finds has a reason, and no reason is left over', () => {
  const beyond = killed.filter(({ basis }) => basis === 'none').map(({ fault }) => fault);
  expect(beyond.filter((fault) => whyBeyond(fault) === undefined)).toEqual([]);
  expect(staleReasons(beyond)).toEqual([]);
});

test('the page tells what the table holds', () => {
  expect(readFileSync(here('README.md'), 'utf8')).toBe(scorePage(killed));
});
