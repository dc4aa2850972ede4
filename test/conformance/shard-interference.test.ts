// Another shard may write while a list is read page by page: that fails nothing, and hides nothing either.

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plan } from '../../src/conformance/plan.ts';
import { run } from '../../src/conformance/run.ts';
import type { Verdict } from '../../src/conformance/verdict.ts';
import { loadContract } from '../../src/contract/load.ts';
import { hooksOf, playable } from '../../src/mock/playable.ts';
import type { HttpRequest, Send } from '../../src/model/http.ts';
import { kinds } from '../../src/rules/index.ts';
import { inProcess } from '../../src/testing/in-process.ts';

const contract = loadContract(join(import.meta.dirname, '../../contracts/flexprice.yaml'), kinds);
const checks = plan(contract, kinds, { only: 'list.pages/queryGroup-pages' });
const headers = { 'x-api-key': 'one' };
const SHARD = { index: 1, of: 2, planned: 2 };

const create = (name: string): HttpRequest => ({
  method: 'POST',
  path: '/groups',
  query: new Map(),
  headers: { ...headers, 'content-type': 'application/json' },
  body: { name, lookup_key: name, entity_type: 'price' },
});

/** A mock where somebody makes a group before each later page of the first so many lists. */
function disturbed(
  times: number,
  nameOf: (nth: number) => string,
): { send: Send; pauses: number[] } {
  const { send } = inProcess(playable(contract, hooksOf(contract, kinds)));
  let made = 0;
  return {
    pauses: [],
    send: async (request) => {
      const { offset = 0 } = (request.body ?? {}) as { offset?: number };
      if (request.path === '/groups/search' && offset > 0 && made < times) {
        made += 1;
        await send(create(nameOf(made)));
      }
      return send(request);
    },
  };
}

/** What shard 2 of 2 calls its records: its numbers are even. */
const sisters = (nth: number) => `ts-1-${(2 * nth + 100_000).toString(36)}`;

async function judged(send: Send, pauses: number[], shard?: typeof SHARD) {
  const report = await run({
    contract,
    checks,
    send,
    target: 'memory',
    headers,
    seed: 1,
    traffic: false,
    sleep: async (ms) => void pauses.push(ms),
    ...(shard === undefined ? {} : { shard }),
  });
  return report.results.map(({ verdict }) => verdict);
}

test.each<[string, number, typeof SHARD | undefined, Verdict, number]>([
  ['calm', 0, undefined, 'conforms', 0],
  ['disturbed once, alone', 1, undefined, 'flaky', 0],
  ['disturbed once, as a shard', 1, SHARD, 'conforms', 1],
  ['disturbed for long, as a shard', 7, SHARD, 'conforms', 4],
  ['disturbed all the time, as a shard', 10_000, SHARD, 'notExercised', 6],
])('a list that is %s', async (_, times, shard, verdict, most) => {
  const { send, pauses } = disturbed(times, sisters);
  expect(checks).toHaveLength(1);
  expect(await judged(send, pauses, shard)).toEqual([verdict]);
  expect(pauses.length).toBeLessThanOrEqual(most);
  expect(pauses).toEqual([250, 500, 1000, 2000, 4000, 8000].slice(0, pauses.length));
});

test('what nobody is known to have made excuses nothing', async () => {
  const { send, pauses } = disturbed(10_000, (nth) => `stranger-${nth}`);
  expect(await judged(send, pauses, SHARD)).toEqual(['violated']);
  expect(pauses).toHaveLength(6);
});

test('pages that are wrong in calm are violated after one repetition', async () => {
  const { send } = inProcess(playable(contract, hooksOf(contract, kinds)));
  const pauses: number[] = [];
  const first: Send = (request) => {
    const { body } = request;
    const isList = request.path === '/groups/search' && typeof body === 'object' && body !== null;
    return send(isList ? { ...request, body: { ...body, offset: 0 } } : request);
  };
  expect(await judged(first, pauses, SHARD)).toEqual(['violated']);
  expect(pauses.length).toBeLessThanOrEqual(1);
});
