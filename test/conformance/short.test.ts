// What a run of few requests leaves out, and how many it is known to send before it has sent any.

import { expect, test } from 'vitest';
import { jobOf, Load } from '../../src/conformance/cost.ts';
import { plan } from '../../src/conformance/plan.ts';
import { run } from '../../src/conformance/run.ts';
import { MOST_REQUESTS, shortened } from '../../src/conformance/short.ts';
import type { PlannedCheck, Report } from '../../src/conformance/verdict.ts';
import { hooksOf, playable } from '../../src/mock/playable.ts';
import { kinds } from '../../src/rules/index.ts';
import { inProcess } from '../../src/testing/in-process.ts';
import { type Subject, subjects } from './judge.ts';

const wholes = subjects.map((subject) => ({
  api: subject.api,
  subject,
  whole: plan(subject.contract, kinds),
}));
const dodo = wholes.filter(({ api }) => api === 'dodopayments');

function ids(checks: readonly PlannedCheck[]): string[] {
  return checks.map(({ id }) => id);
}

/** How many requests the checks are thought to take. */
function costOf({ contract }: Subject, checks: readonly PlannedCheck[]): number {
  const load = new Load();
  let cost = 0;
  for (const check of checks) {
    const job = jobOf(contract, check);
    cost = load.with(job);
    load.take(job);
  }
  return cost;
}

/** The report of a run against the mock in memory. */
function played(
  { contract, headers, otherHeaders }: Subject,
  checks: readonly PlannedCheck[],
): Promise<Report> {
  let now = Date.parse('2026-01-01T00:00:00Z');
  const { send } = inProcess(playable(contract, hooksOf(contract, kinds)), { now: () => now++ });
  const sleep = async (ms: number) => {
    now += ms;
  };
  return run({ contract, checks, send, sleep, target: 'memory', headers, otherHeaders, seed: 7 });
}

test.each(wholes)(
  'the requests for $api are known before any is sent',
  async ({ subject, whole }) => {
    const { requests } = await played(subject, whole);
    const known = costOf(subject, whole);
    expect(Math.abs(known - requests)).toBeLessThanOrEqual(0.02 * requests);
  },
);

test.each(wholes)('a run of $api sends at most 600, and its short plan conforms', async (item) => {
  const { subject, whole } = item;
  const report = await played(subject, shortened(subject.contract, whole, MOST_REQUESTS));
  expect(report.requests).toBeLessThanOrEqual(MOST_REQUESTS);
  expect(report.results.filter(({ verdict }) => verdict !== 'conforms')).toEqual([]);
});

test.each(wholes)('no rule and no operation of $api goes unasked', ({ subject, whole }) => {
  const short = shortened(subject.contract, whole, MOST_REQUESTS);
  const namesOf = (checks: readonly PlannedCheck[]) =>
    new Set(checks.flatMap(({ rule, operation }) => [rule, operation]));
  expect(namesOf(short)).toEqual(namesOf(whole));
});

test.each(dodo)(
  'the finest points go first, what is no fine point stays, and the order is kept',
  (item) => {
    const { subject, whole } = item;
    const { contract } = subject;
    const fine = ({ probe }: PlannedCheck) => probe.fine ?? 0;
    const short = shortened(contract, whole, MOST_REQUESTS);
    expect(ids(short)).toEqual(ids(whole).filter((id) => ids(short).includes(id)));
    const none = shortened(contract, whole, 1);
    const rulesOfFine = new Set(whole.map(({ rule }) => rule)).size;
    expect(none.filter((check) => fine(check) === 0)).toEqual(
      whole.filter((check) => fine(check) === 0),
    );
    expect(none.filter((check) => fine(check) > 0).length).toBeLessThan(rulesOfFine / 4);
    const left = whole.filter((check) => !short.includes(check));
    expect(Math.min(...left.map(fine))).toBeGreaterThanOrEqual(1);
    expect(ids(shortened(contract, whole, 700)).length).toBeGreaterThan(short.length);
  },
);

test.each(wholes)(
  'a plan of $api that fits is left whole, and the same plan gives the same',
  (item) => {
    const { subject, whole } = item;
    expect(ids(shortened(subject.contract, whole, 10_000))).toEqual(ids(whole));
    const again = plan(subject.contract, kinds);
    expect(ids(shortened(subject.contract, again, 300))).toEqual(
      ids(shortened(subject.contract, whole, 300)),
    );
  },
);
