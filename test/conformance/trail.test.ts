// What a result says of the way to its violation: every request that made what the last one is about, in order,
// each once, also where an earlier check sent it.

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mutants } from '../../src/conformance/mutate.ts';
import { DEFAULT_BASES, plan } from '../../src/conformance/plan.ts';
import { run } from '../../src/conformance/run.ts';
import type { Exchange, Result } from '../../src/conformance/verdict.ts';
import { loadContract } from '../../src/contract/load.ts';
import type { Send } from '../../src/model/http.ts';
import { curlBlock } from '../../src/report/curl-block.ts';
import { kinds } from '../../src/rules/index.ts';
import { playMutant } from '../../src/testing/mutant.ts';

const contract = loadContract(join(import.meta.dirname, '../../contracts/flexprice.yaml'), kinds);
const checks = plan(contract, kinds, { bases: DEFAULT_BASES });
const SEED = 7;
const ID = /\b(?:group|plan|price|meter|cust)_[0-9A-Z]{20,}/g;

async function violated(mutantId: string, around: (send: Send) => Send = (send) => send) {
  const mutant = mutants(contract, kinds, DEFAULT_BASES).find(({ id }) => id.startsWith(mutantId));
  if (mutant === undefined) throw new Error(`no mutant ${mutantId}`);
  const { send, sleep } = playMutant(contract, kinds, mutant);
  const report = await run({
    contract,
    checks,
    send: around(send),
    sleep,
    target: 'http://127.0.0.1:1',
    headers: { 'x-api-key': 'one' },
    otherHeaders: { 'x-api-key': 'two' },
    seed: SEED,
  });
  return { report, results: report.results.filter(({ verdict }) => verdict === 'violated') };
}

function trailOf({ setup = [], requests = [] }: Result): Exchange[] {
  return [...setup, ...requests];
}

/** Ids that a request names and no answer before it has given. */
function unknownIds(exchanges: readonly Exchange[]): string[] {
  const given = new Set<string>();
  return exchanges.flatMap(({ request, received }) => {
    const sent = JSON.stringify([request.path, [...request.query], request.body ?? null]);
    const unknown = (sent.match(ID) ?? []).filter((id) => !given.has(id));
    for (const id of JSON.stringify(received).match(ID) ?? []) given.add(id);
    return unknown;
  });
}

const broken = mutants(contract, kinds, DEFAULT_BASES).filter((_, i) => i % 12 === 0);

test('every trail begins with creation, in order, each request once, and no block names what the run made', async () => {
  let shared = 0;
  for (const { id } of broken) {
    const { report, results } = await violated(id);
    for (const result of results) {
      const trail = trailOf(result);
      const numbers = trail.map(({ number = 0 }) => number);
      expect([id, result.id, unknownIds(trail)]).toEqual([id, result.id, []]);
      expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
      if ((result.setup ?? []).length > 0) shared += 1;
      const lines = curlBlock(report, result)
        .split('\n')
        .filter((line) => !line.startsWith('#'));
      expect([result.id, lines.join('\n').match(ID) ?? []]).toEqual([result.id, []]);
      expect(lines.join('\n')).not.toMatch(/ts-7-/);
    }
  }
  expect(shared).toBeGreaterThanOrEqual(10);
});

test('an answer that breaks what all are held to brings the requests before it', async () => {
  const { results } = await violated('createGroup/change-dropped', (send) => async (request) => {
    const answer = await send(request);
    return request.method === 'GET' && request.path.startsWith('/prices/') && answer.status === 200
      ? { status: 500, headers: {} }
      : answer;
  });
  const found = results.find(({ id }) => id === 'getPrice/server-error');
  const trail = trailOf(found ?? ({} as Result));
  expect(trail.at(-1)?.received).toEqual({ status: 500, headers: {} });
  expect(trail.length).toBeGreaterThan(1);
  expect(unknownIds(trail)).toEqual([]);
});

test('a list that lags is in it once, as it was asked last, with the time that passed', async () => {
  const { results } = await violated('createPlan/change-dropped', (send) => async (request) => {
    const answer = await send(request);
    return request.path === '/groups/search'
      ? { ...answer, body: { items: [], pagination: { total: 0, limit: 100, offset: 0 } } }
      : answer;
  });
  const asked = results
    .map((result) => trailOf(result).filter(({ request }) => request.path === '/groups/search'))
    .filter(({ length }) => length > 0);
  expect(asked.length).toBeGreaterThan(0);
  const polled = asked.filter((searches) => searches.some(({ paused = 0 }) => paused > 0));
  expect(polled.length).toBeGreaterThan(0);
  for (const searches of polled) expect(searches.length).toBeLessThanOrEqual(3);
});

test('what the status had to be is said only where it was another', async () => {
  const { results } = await violated('group.lookup-key-unique/');
  const expected = results.map(({ expected, requests = [] }) => {
    const last = requests.at(-1)?.received ?? { failure: '' };
    return [expected, 'status' in last ? last.status : 0];
  });
  expect(expected.length).toBeGreaterThan(0);
  for (const [wanted = '', status] of expected) {
    expect(String(wanted).split(' ')).not.toContain(`${String(status)[0]}xx`);
    expect(String(wanted).split(' ')).not.toContain(String(status));
  }
});
