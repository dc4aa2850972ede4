// Records that are given to a run (`--given`): used where one is needed, and left as they are.

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readGiven } from '../../src/conformance/given.ts';
import { plan } from '../../src/conformance/plan.ts';
import { run } from '../../src/conformance/run.ts';
import type { Report } from '../../src/conformance/verdict.ts';
import { loadContract } from '../../src/contract/load.ts';
import { hooksOf, playable } from '../../src/mock/playable.ts';
import type { HttpRequest, Send } from '../../src/model/http.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { kinds } from '../../src/rules/index.ts';
import { inProcess } from '../../src/testing/in-process.ts';

const contract = loadContract(
  join(import.meta.dirname, '../../contracts/dodopayments.yaml'),
  kinds,
);
const headers = { authorization: 'Bearer one' };

test('a given record is used where one is needed, and is as it was afterwards', async () => {
  const { send: plain, state } = inProcess(playable(contract, hooksOf(contract, kinds)));
  const sent: HttpRequest[] = [];
  // This server can make no product.
  const send: Send = async (request) => {
    sent.push(request);
    const isMade = request.method === 'POST' && request.path === '/products';
    return isMade ? { status: 404, headers: {} } : plain(request);
  };
  const { sample } = contract.resource('product');
  const body = JSON.parse(JSON.stringify(sample).replace('=fresh()', 'Theirs')) as JsonObject;
  const made = await plain({
    method: 'POST',
    path: '/products',
    query: new Map(),
    headers: { ...headers, 'content-type': 'application/json' },
    body,
  });
  const id = String((made.body as JsonObject)['product_id']);
  const rows = () =>
    state
      .scopes()
      .flatMap((scope) => [...state.table(scope, 'product').rows.values()].map(({ data }) => data));
  const before = JSON.stringify(rows());
  const given = await readGiven(contract, new Map([['product', id]]), send, headers);
  expect(given.get('product')).toMatchObject({ product_id: id, name: 'Theirs' });
  const checks = plan(contract, kinds);
  const about = {
    contract,
    checks,
    send,
    target: '',
    headers,
    seed: 1,
    settle: 0,
    sleep: async () => undefined,
  };
  const without = await run(about);
  const report = await run({ ...about, given, mark: 'again' });
  expect(report.results.filter(({ verdict }) => verdict === 'violated')).toEqual([]);
  const conforming = ({ results }: Report) =>
    results.filter(({ verdict }) => verdict === 'conforms').map(({ id }) => id);
  const known = new Set(conforming(without));
  expect(conforming(report).filter((id) => !known.has(id)).length).toBeGreaterThan(10);
  const reasons = report.results
    .filter(({ reason }) => reason?.includes('--given'))
    .map(({ reason }) => reason);
  expect(new Set(reasons)).toEqual(
    new Set(['product is given (--given), so none is made or changed']),
  );
  expect(JSON.stringify(rows())).toBe(before);
  const touched = sent.filter(
    ({ method, path }) => method !== 'GET' && path.startsWith(`/products/${id}`),
  );
  expect(touched).toEqual([]);
});

test('a given record that is not there is a mistake', async () => {
  const { send } = inProcess(playable(contract, hooksOf(contract, kinds)));
  const told = readGiven(contract, new Map([['meter', 'mtr_none']]), send, headers);
  await expect(told).rejects.toThrow('--given meter=mtr_none: the target does not have it (404)');
});
