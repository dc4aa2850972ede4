// What a violation prints to be pasted: against a fresh server with the same fault it shows the fault again.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Report, Result } from '../../src/conformance/verdict.ts';
import { curlBlock } from '../../src/report/curl-block.ts';
import { differences, statusesOf } from './alike.ts';
import { judge, pool, type Subject, subjects, violations } from './judge.ts';
import { pasted } from './pasted.ts';
import type { Killed } from './table.ts';

const EVERY = 10;
const AT_ONCE = 4;

/** Faults that show only after what earlier checks did: no block repeats those. */
const AFTER_OTHERS = [
  'group-third-create-lost',
  'price-put-unknown-creates',
  'one-group-per-customer',
  'lost-group-writes',
  'subscription-writes-lost',
  'list-forgets',
  'collection-create-lost',
  'add-group-third-lost',
];

/** APIs whose answers hold what other checks made (in one collection, in one list): only statuses are compared. */
const HOLDS_ALL = ['dodopayments'];

const tableOf = (api: string) => join(import.meta.dirname, `${api}.killed.json`);

const cases = subjects
  .filter(({ api }) => existsSync(tableOf(api)))
  .map((subject) => {
    const file = tableOf(subject.api);
    const killed = (JSON.parse(readFileSync(file, 'utf8')) as Killed[])
      .filter(({ basis, fault }) => basis === 'default' && !AFTER_OTHERS.includes(fault))
      .filter((_, i) => i % EVERY === 0);
    return { api: subject.api, subject, killed };
  });

test.each(cases)(
  'blocks of $api repeat what was seen',
  async ({ subject, killed }) => {
    let pastedBlocks = 0;
    const failures = await pool(killed, AT_ONCE, async ({ fault, by: [rule = ''] }) => {
      const found = await firstViolation(subject, fault, rule);
      // Whether each fault is found is what reference.test.ts is about.
      if (found === undefined) return [];
      pastedBlocks += 1;
      return (await repeated(subject, fault, found)).map(
        (line) => `${fault} (${found.result.id}): ${line}`,
      );
    });
    expect(failures.flat()).toEqual([]);
    expect(pastedBlocks).toBeGreaterThanOrEqual(Math.max(3, killed.length * 0.9));
  },
  900_000,
);

interface Found {
  readonly report: Report;
  readonly result: Result;
}

async function firstViolation(
  subject: Subject,
  fault: string,
  rule: string,
): Promise<Found | undefined> {
  for (const options of [{ rule }, {}]) {
    const report = await judge(subject, { fault }, options);
    const [result] = violations(report);
    if (result !== undefined) return { report, result };
  }
  return undefined;
}

/** What is otherwise when the block is pasted against a new server. */
async function repeated(
  subject: Subject,
  fault: string,
  { report, result }: Found,
): Promise<string[]> {
  const server = await subject.reference.startReference({ fault });
  try {
    const printed = await pasted(curlBlock(report, result), {
      BASE: server.url,
      TALLYSTICK_HEADER: linesOf(subject.headers),
      TALLYSTICK_OTHER_HEADER: linesOf(subject.otherHeaders),
    });
    const exchanges = [...(result.setup ?? []), ...(result.requests ?? [])];
    const before = statusesOf(exchanges);
    const after = printed.map(({ status }) => status);
    if (exchanges.at(-1)?.race === true) {
      const won = after.filter((status) => status < 300).length;
      const isSame = after.length === before.length && won !== 1;
      return isSame ? [] : [`a race of ${before}, when repeated ${after}`];
    }
    if (before.join() !== after.join()) return [`answered ${before}, when repeated ${after}`];
    return HOLDS_ALL.includes(subject.api) ? [] : differences(exchanges, printed);
  } catch (error) {
    return [(error as Error).message];
  } finally {
    await server.close();
  }
}

function linesOf(headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}
