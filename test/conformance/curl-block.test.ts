// What a violation prints to be pasted: against a fresh server with the same fault it shows the fault again.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plan } from '../../src/conformance/plan.ts';
import type { Exchange, Report, Result } from '../../src/conformance/verdict.ts';
import { curlBlock } from '../../src/report/curl-block.ts';
import { kinds } from '../../src/rules/index.ts';
import { differences, statusesOf } from './alike.ts';
import { judge, pool, type Subject, subjects, violations } from './judge.ts';
import { type Printed, pasted } from './pasted.ts';
import type { Killed } from './table.ts';

const EVERY = 10;
const AT_ONCE = 4;
const MOST_RACES = 5;

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
  'addon-create-lost',
  'last-item-counts-all-collections',
  'delete-group-takes-other-collection',
];

/**
 * APIs whose answers hold what other checks made in the collection that they share: of the block's answers the
 * statuses are compared; the bodies are those of the same check played alone, and its block pasted.
 */
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
      const lines = await repeated(subject, fault, found).catch(({ message }) => [String(message)]);
      return lines.map((line) => `${fault} (${found.result.id}): ${line}`);
    });
    expect(failures.flat()).toEqual([]);
    expect(pastedBlocks).toBeGreaterThanOrEqual(Math.max(3, killed.length * 0.9));
  },
  900_000,
);

interface Found {
  readonly report: Report;
  readonly result: Result;
  /** What its block repeats. */
  readonly exchanges: readonly Exchange[];
}

async function firstViolation(
  subject: Subject,
  fault: string,
  rule: string,
): Promise<Found | undefined> {
  for (const options of [{ rule }, {}]) {
    const report = await judge(subject, { fault }, options);
    const [result] = violations(report);
    if (result !== undefined) return foundIn(report, result);
  }
  return undefined;
}

/** What is otherwise when the block is pasted against a new server. */
async function repeated(subject: Subject, fault: string, found: Found): Promise<string[]> {
  const { exchanges } = found;
  if (exchanges.at(-1)?.race === true) return raced(subject, fault, found);
  const printed = await pastedAnew(subject, fault, found);
  const [before, after] = [statusesOf(exchanges), printed.map(({ status }) => status)];
  if (before.join() !== after.join()) return [`answered ${before}, when repeated ${after}`];
  const alone = await playedAlone(subject, fault, found.result);
  if (alone === undefined) return differences(exchanges, printed);
  return differences(alone.exchanges, await pastedAnew(subject, fault, alone));
}

/** A race is a matter of luck: whoever pastes it may have to do so more than once. */
async function raced(subject: Subject, fault: string, found: Found): Promise<string[]> {
  const seen: string[] = [];
  for (let tries = 0; tries < MOST_RACES; tries++) {
    const after = (await pastedAnew(subject, fault, found)).map(({ status }) => status);
    const won = after.filter((status) => status < 300).length;
    if (after.length === found.exchanges.length && won !== 1) return [];
    seen.push(after.join());
  }
  return [`a race of ${statusesOf(found.exchanges)}, when repeated ${seen.join(' and ')}`];
}

async function pastedAnew(subject: Subject, fault: string, found: Found): Promise<Printed[]> {
  const server = await subject.reference.startReference({ fault });
  try {
    return await pasted(curlBlock(found.report, found.result), {
      BASE: server.url,
      TALLYSTICK_HEADER: linesOf(subject.headers),
      TALLYSTICK_OTHER_HEADER: linesOf(subject.otherHeaders),
    });
  } finally {
    await server.close();
  }
}

/**
 * The same violation found by its check alone; undefined where the API's answers hold nothing of other checks, and
 * for what is seen in passing, which no check of its own finds.
 */
async function playedAlone(
  subject: Subject,
  fault: string,
  { id }: Result,
): Promise<Found | undefined> {
  if (!HOLDS_ALL.includes(subject.api)) return undefined;
  const checks = plan(subject.contract, kinds).filter((check) => check.id === id);
  if (checks.length === 0) return undefined;
  const report = await judge(subject, { fault }, { checks });
  const result = violations(report).find((one) => one.id === id);
  if (result === undefined) throw new Error('played alone it is no violation');
  return foundIn(report, result);
}

function foundIn(report: Report, result: Result): Found {
  const { setup = [], requests = [] } = result;
  return { report, result, exchanges: [...setup, ...requests] };
}

function linesOf(headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}
