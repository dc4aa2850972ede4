// Shards: together exactly the plan, about as much work each, and merged what one run would have said, though they
// run at the same time against one tenant.

import { expect, test } from 'vitest';
import { mergeReports } from '../../src/conformance/merge.ts';
import { plan } from '../../src/conformance/plan.ts';
import { run } from '../../src/conformance/run.ts';
import { shardOf, smallestOf } from '../../src/conformance/shard.ts';
import { isTraffic } from '../../src/conformance/traffic.ts';
import type { Report } from '../../src/conformance/verdict.ts';
import { kinds } from '../../src/rules/index.ts';
import { fetchSend } from '../../src/target/fetch-send.ts';
import { subjects, type Variant } from './judge.ts';

const [flexprice] = subjects as [(typeof subjects)[0]];
const planOf = (subject: (typeof subjects)[0]) => plan(subject.contract, kinds, {});
const indexes = (of: number) => Array.from({ length: of }, (_, i) => i + 1);

test.each(subjects.flatMap((subject) => [1, 2, 3, 4, 7].map((of) => ({ subject, of }))))(
  '$of shards of $subject.api are its plan, each check in one, the smallest bodies in all',
  ({ subject, of }) => {
    const checks = planOf(subject);
    const shards = indexes(of).map((index) => shardOf(subject.contract, checks, index, of));
    const times = checks.map((check) => shards.filter((own) => own.includes(check)).length);
    expect(times).toEqual(checks.map((check) => (smallestOf(check) === undefined ? 1 : of)));
    for (const own of shards) expect(checks.filter((check) => own.includes(check))).toEqual(own);
  },
);

test('the same plan is cut the same way each time', () => {
  const cut = () => shardOf(flexprice.contract, planOf(flexprice), 2, 3).map(({ id }) => id);
  expect(cut()).toEqual(cut());
  expect(cut().length).toBeGreaterThan(20);
});

/** The whole plan in one run and in four at once, against a server of their own. */
async function both(variant: Variant, of = 4): Promise<{ whole: Report; shards: Report[] }> {
  const { contract, reference, headers, otherHeaders } = flexprice;
  const checks = planOf(flexprice);
  const server = await reference.startReference(variant);
  const options = {
    contract,
    seed: 1,
    send: fetchSend(server.url),
    target: server.url,
    headers,
    otherHeaders,
    settle: variant.fault === undefined ? 2000 : 300,
  };
  try {
    const shards = await Promise.all(
      indexes(of).map((index) =>
        run({
          ...options,
          checks: shardOf(flexprice.contract, checks, index, of),
          shard: { index, of, planned: checks.length },
        }),
      ),
    );
    // Another seed, for the tenant is the same.
    const whole = await run({ ...options, seed: 2, checks });
    return { whole, shards };
  } finally {
    await server.close();
  }
}

const named = (shards: readonly Report[]) =>
  shards.map((report, i) => ({ name: `${i + 1}.json`, report }));
const verdicts = ({ results }: Report) =>
  results.map(({ id, verdict }) => `${id} ${verdict}`).sort();

test.each([
  [{}, 0],
  [{ fault: 'group-duplicate-accepted' }, 1],
  [{ fault: 'group-delete-hard' }, 1],
])('four shards at once say of %j what one run says', async (variant, least) => {
  const { whole, shards } = await both(variant);
  const merged = mergeReports(named(shards));
  expect(verdicts(merged)).toEqual(verdicts(whole));
  expect(merged.summary).toEqual(whole.summary);
  expect(merged.summary.violated).toBeGreaterThanOrEqual(least);
  expect(merged).not.toHaveProperty('shard');
  const most = Math.max(...shards.map(({ requests }) => requests));
  expect(merged.requests).toBe(shards.reduce((sum, { requests }) => sum + requests, 0));
  if (least === 0) {
    expect(most).toBeLessThan(whole.requests / 2);
    expect(merged.summary.violated + merged.summary.flaky).toBe(0);
  }
});

/** Two shards of four checks, and what all answers are held to. */
function made(index: number, ids: readonly string[], more: Partial<Report> = {}): Report {
  const result = (id: string, rule: string) => ({
    id,
    rule,
    says: 'It is so.',
    basis: 'documented' as const,
    source: 'Guide',
    operation: 'createGroup',
    verdict: 'conforms' as const,
  });
  const results = [
    ...ids.map((id) => result(id, 'a')),
    result('createGroup/status', 'spec.status'),
  ];
  const summary = { conforms: results.length, violated: 0, notExercised: 0, flaky: 0 };
  const shard = { index, of: 2, planned: 4 };
  return { api: 'a', target: 'http://t', seed: 1, requests: 5, summary, results, shard, ...more };
}

test('what all answers are held to is merged by the worst', () => {
  const [one, two] = [made(1, ['a/1', 'a/2']), made(2, ['a/3', 'a/4'])];
  const orders = ['violated', 'flaky', 'conforms', 'notExercised'] as const;
  for (const [i, a] of orders.entries()) {
    for (const [j, b] of orders.entries()) {
      const withVerdict = (report: Report, verdict: typeof a) => ({
        ...report,
        results: report.results.map((result) =>
          isTraffic(result) ? { ...result, verdict } : result,
        ),
      });
      const merged = mergeReports(named([withVerdict(one, a), withVerdict(two, b)]));
      expect(merged.results.map(({ id }) => id).sort()).toEqual(
        ['a/1', 'a/2', 'a/3', 'a/4', 'createGroup/status'].sort(),
      );
      expect(merged.results.find(isTraffic)?.verdict).toBe(orders[Math.min(i, j)]);
      expect(merged.requests).toBe(10);
    }
  }
});

test('what became of the records is added up', () => {
  const cleanup = {
    requests: 3,
    answers: 2,
    removed: 1,
    gone: 4,
    noDelete: { plan: 2 },
    refused: [{ resource: 'group', id: 'g', reason: 'no' }],
    unknown: 5,
    prefix: 'ts-1',
  };
  const [one, two] = [made(1, ['a/1', 'a/2']), made(2, ['a/3', 'a/4'])];
  const other = { ...cleanup, noDelete: { plan: 1, price: 7 }, ledger: 'b.jsonl' };
  const merged = mergeReports(
    named([
      { ...one, cleanup },
      { ...two, cleanup: other },
    ]),
  );
  expect(merged.cleanup).toEqual({
    requests: 6,
    answers: 4,
    removed: 2,
    gone: 8,
    noDelete: { plan: 3, price: 7 },
    refused: [...cleanup.refused, ...cleanup.refused],
    unknown: 10,
    prefix: 'ts-1',
    ledger: 'b.jsonl',
  });
  expect(mergeReports(named([{ ...one, cleanup }, two])).cleanup).toEqual(cleanup);
});

test('the report of a whole run is itself', () => {
  const { shard: _, ...whole } = made(1, ['a/1']);
  expect(mergeReports(named([whole]))).toEqual(whole);
});

const one = made(1, ['a/1', 'a/2']);
const two = made(2, ['a/3', 'a/4']);
const { shard: _, ...unsharded } = one;

test.each([
  ['none', [], /no report to merge/],
  ['a missing shard', [one], /shard 2\/2 is missing/],
  ['a shard twice', [one, one, two], /2\.json: is shard 1\/2, and so is 1\.json/],
  ['another api', [one, { ...two, api: 'b' }], /2\.json: api is b, in 1\.json it is a/],
  ['another target', [one, { ...two, target: 'http://u' }], /target is http:\/\/u/],
  ['another seed', [one, { ...two, seed: 2 }], /seed is 2/],
  ['a whole run beside a shard', [one, unsharded], /2\.json: is the report of a whole run/],
  ['two whole runs', [unsharded, unsharded], /1\.json: is the report of a whole run/],
  [
    'shards of other numbers',
    [one, made(2, [], { shard: { index: 2, of: 3, planned: 4 } })],
    /is shard 2\/3, the others are of 2/,
  ],
  [
    'shards of other plans',
    [one, made(2, ['a/3', 'a/4'], { shard: { index: 2, of: 2, planned: 9 } })],
    /parts of different plans/,
  ],
  [
    'a shard that ended early',
    [one, made(2, ['a/3'], { ended: 'interrupted' })],
    /1 of 4 planned checks/,
  ],
])('%s is refused', (_, reports, message) => {
  expect(() => mergeReports(named(reports))).toThrow(message);
});

test('a check that is in two of three shards is of different plans', () => {
  const shard = (index: number) => ({ index, of: 3, planned: 4 });
  const reports = [
    made(1, ['a/1', 'a/2'], { shard: shard(1) }),
    made(2, ['a/2', 'a/3'], { shard: shard(2) }),
    made(3, ['a/4'], { shard: shard(3) }),
  ];
  expect(() => mergeReports(named(reports))).toThrow(/parts of different plans/);
});
