// Several checks at once say what one after the other says.

import { expect, test } from 'vitest';
import { inTurn } from '../../src/conformance/concurrency.ts';
import { plan } from '../../src/conformance/plan.ts';
import { run } from '../../src/conformance/run.ts';
import type { Result } from '../../src/conformance/verdict.ts';
import { kinds } from '../../src/rules/index.ts';
import { fetchSend } from '../../src/target/fetch-send.ts';
import { type Subject, subjects } from './judge.ts';

interface Log {
  readonly begun: number[];
  most: number;
  mostBesideAlone: number;
}

/** What happens when so many items, some of them alone, are worked on. */
async function worked(workers: number, alone: readonly number[], fail = -1): Promise<Log> {
  const log: Log = { begun: [], most: 0, mostBesideAlone: 0 };
  let underWay = 0;
  const isAlone = (item: number) => alone.includes(item);
  const items = Array.from({ length: 20 }, (_, i) => i);
  const turns = { workers, isAlone, isOver: () => false };
  const work = async (item: number) => {
    log.begun.push(item);
    underWay += 1;
    log.most = Math.max(log.most, underWay);
    for (let turn = 0; turn < 1 + (item % 4); turn++) {
      await new Promise((done) => setImmediate(done));
      if (isAlone(item)) log.mostBesideAlone = Math.max(log.mostBesideAlone, underWay - 1);
    }
    underWay -= 1;
    if (item === fail) throw new Error(`item ${item}`);
  };
  await inTurn(items, turns, work).catch((error: Error) => log.begun.push(error.message as never));
  return log;
}

test('items begin in order, as many at once as may be, and some alone', async () => {
  const log = await worked(4, [3, 7, 8, 19]);
  expect(log.begun).toEqual(Array.from({ length: 20 }, (_, i) => i));
  expect([log.most, log.mostBesideAlone]).toEqual([4, 0]);
  expect((await worked(1, [])).most).toBe(1);
});

test('a failure ends it when nothing is under way any more', async () => {
  const log = await worked(4, [], 5);
  expect(log.begun.at(-1)).toBe('item 5');
  expect(log.begun.length).toBeLessThan(20);
});

async function results(
  { contract, reference, headers, otherHeaders }: Subject,
  workers: number,
  fault?: string,
): Promise<{ results: readonly Result[]; told: string[]; requests: number }> {
  const server = await reference.startReference({ fault });
  const checks = plan(contract, kinds);
  const told: string[] = [];
  const send = fetchSend(server.url);
  const report = await run({
    contract,
    checks,
    target: server.url,
    headers,
    otherHeaders,
    seed: 3,
    workers,
    progress: ({ id }) => void told.push(id),
    send,
  });
  await server.close();
  return { results: report.results, told, requests: report.requests };
}

const short = (all: readonly Result[]) => all.map(({ id, verdict }) => `${id} ${verdict}`);

test.each(subjects)(
  'eight workers find of $api what one finds, told in the same order',
  async (subject) => {
    const one = await results(subject, 1);
    const many = await results(subject, 8);
    expect(short(many.results)).toEqual(short(one.results));
    expect(many.results.filter(({ verdict }) => verdict !== 'conforms')).toEqual([]);
    expect(many.told).toEqual(one.told);
    // A list that lags may be asked once more.
    expect(many.requests).toBeLessThanOrEqual(one.requests * 1.05);
  },
);

test.each(subjects)('eight workers find a fault of $api that one finds', async (subject) => {
  const [fault] = Object.keys(subject.reference.faults);
  const violated = async (workers: number) =>
    short((await results(subject, workers, fault)).results).filter((line) =>
      / violated$/.test(line),
    );
  const one = await violated(1);
  expect(one.length).toBeGreaterThan(0);
  expect(await violated(8)).toEqual(one);
});

test('a run ends after so many violations', async () => {
  const [subject] = subjects as [Subject];
  const { contract, reference, headers, otherHeaders } = subject;
  const server = await reference.startReference({});
  const checks = plan(contract, kinds);
  const report = await run({
    contract,
    checks,
    target: '',
    headers,
    otherHeaders,
    seed: 1,
    settle: 0,
    maxFailures: 3,
    send: async () => ({ status: 200, headers: {}, body: {} }),
  });
  await server.close();
  const judged = report.results.filter(({ id }) => checks.some((check) => check.id === id));
  expect(judged.filter(({ verdict }) => verdict === 'violated')).toHaveLength(3);
  expect(judged.at(-1)?.verdict).toBe('violated');
  expect(report.ended).toBe(`3 violations, after ${judged.length} of ${checks.length} checks`);
});
