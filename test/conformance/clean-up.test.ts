// After a run the target holds nothing of ours that its API can remove, and what others had is as it was. The
// whole state of the mock is compared, since answers may hide what is left.

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cleanUp } from '../../src/conformance/clean-up.ts';
import { type Made, madeBy, removerOf } from '../../src/conformance/created-records.ts';
import { Ledger, type LedgerLine } from '../../src/conformance/ledger.ts';
import { plan } from '../../src/conformance/plan.ts';
import { removalOrder } from '../../src/conformance/removal-order.ts';
import { run } from '../../src/conformance/run.ts';
import { type Credentials, prefixOf } from '../../src/conformance/senders.ts';
import { type Binding, OWNER } from '../../src/contract/contract.ts';
import { loadContract } from '../../src/contract/load.ts';
import { hooksOf, playable } from '../../src/mock/playable.ts';
import type { Send } from '../../src/model/http.ts';
import type { Json, JsonObject } from '../../src/model/json.ts';
import { kinds } from '../../src/rules/index.ts';
import { fetchSend } from '../../src/target/fetch-send.ts';
import { type InProcess, inProcess } from '../../src/testing/in-process.ts';
import { subjects } from './judge.ts';

const APIS = ['dodopayments', 'flexprice', 'fynn'];
const SEED = 5;

interface Played extends InProcess {
  readonly sleep: (ms: number) => Promise<void>;
}

/** The contract, and a mock of it in memory whose time only passes when it is waited for. */
function played(api: string) {
  const contract = loadContract(join(import.meta.dirname, `../../contracts/${api}.yaml`), kinds);
  let time = Date.now();
  const mock: Played = {
    ...inProcess(playable(contract, hooksOf(contract, kinds)), { now: () => time++ }),
    sleep: async (ms) => {
      time += ms;
    },
  };
  const header = api === 'flexprice' ? 'x-api-key' : 'authorization';
  const bearer = api === 'flexprice' ? '' : 'Bearer ';
  const credentials: Credentials = {
    headers: { [header]: `${bearer}one` },
    otherHeaders: { [header]: `${bearer}two` },
    prefix: prefixOf(SEED),
  };
  return { contract, mock, credentials, checks: plan(contract, kinds) };
}

type Subject = ReturnType<typeof played>;

async function runOn(
  { contract, mock, credentials, checks }: Subject,
  ledger: Ledger,
  seed = SEED,
) {
  const { headers, otherHeaders = {} } = credentials;
  const { send, sleep } = mock;
  return run({ contract, checks, send, sleep, target: '', headers, otherHeaders, seed, ledger });
}

/** Every row of the mock, by scope, resource and id. */
function dump({ contract, mock: { state } }: Subject): Map<string, Json> {
  const rows = new Map<string, Json>();
  for (const scope of state.scopes()) {
    for (const resource of contract.resources.keys()) {
      for (const [id, row] of state.table(scope, resource).rows) {
        rows.set(`${scope} ${resource} ${id}`, row.data as Json);
      }
    }
  }
  return rows;
}

/** The rows that count as present, as what they are a part of does. */
function live(subject: Subject): string[] {
  const rows = dump(subject);
  const isLive = (key: string): boolean => {
    const [scope, name = ''] = key.split(' ');
    const data = rows.get(key) as JsonObject;
    const { owner, live: counts } = subject.contract.resource(name);
    const isOwned = owner === undefined || isLive(`${scope} ${owner} ${data[OWNER]}`);
    return isOwned && counts(data);
  };
  return [...rows.keys()].filter(isLive);
}

test.each(APIS)(
  '%s: what the API can remove is removed, and others keep what they had',
  async (api) => {
    const subject = played(api);
    const { contract, mock, credentials } = subject;
    // Records of others, in the same two tenants: those of a run that nobody tidies up after.
    await runOn(subject, new Ledger(), 6);
    const before = dump(subject);
    expect(before.size).toBeGreaterThan(50);
    const ledger = new Ledger();
    const report = await runOn(subject, ledger);
    expect(report.summary.violated).toBe(0);
    const made = ledger.left.length;
    expect(made).toBeGreaterThan(50);
    const copies = new Set(
      ledger.left.filter(({ operation }) => operation === 'clonePlan').map(({ id }) => String(id)),
    );
    const outcome = await cleanUp({ contract, ledger, send: mock.send, credentials, sure: true });
    expect([outcome.refused, outcome.unknown]).toEqual([[], 0]);
    const fixed = Object.values(outcome.noDelete).reduce((sum, count) => sum + count, 0);
    expect(outcome.removed + outcome.gone + fixed).toBe(made);
    const after = dump(subject);
    for (const [key, data] of before) expect(after.get(key)).toEqual(data);
    // What the API copies by itself, as a cloned plan's prices, is named by no answer to a create.
    const isCopy = (key: string) => copies.has(String((after.get(key) as JsonObject)['entity_id']));
    const left = live(subject).filter((key) => !before.has(key) && !isCopy(key));
    const isRemovable = (key: string) => removerOf(contract, key.split(' ')[1] ?? '') !== undefined;
    expect(left.filter(isRemovable)).toEqual([]);
    expect(left.length).toBe(fixed);
  },
);

test.each(subjects)('the independent $api can be cleaned up too', async (subject) => {
  const { contract, reference, headers, otherHeaders } = subject;
  const server = await reference.startReference({});
  const ledger = new Ledger();
  const send = fetchSend(server.url);
  const checks = plan(contract, kinds);
  const target = server.url;
  const about = { contract, checks, send, target, headers, otherHeaders, seed: 1, workers: 4 };
  const report = await run({ ...about, ledger });
  const outcome = await cleanUp({
    contract,
    ledger,
    send,
    credentials: { headers, otherHeaders, prefix: prefixOf(1) },
    workers: 4,
    sure: true,
  });
  await server.close();
  expect(report.summary.violated).toBe(0);
  expect([outcome.refused, outcome.unknown]).toEqual([[], 0]);
  expect(ledger.left.filter(({ resource }) => removerOf(contract, resource))).toEqual([]);
});

test('a ledger read back in the middle of a run knows what the run knew', async () => {
  const subject = played('flexprice');
  const lines: LedgerLine[] = [];
  const ledger = new Ledger((line) => lines.push(JSON.parse(JSON.stringify(line))));
  await runOn(subject, ledger);
  const again = new Ledger();
  for (const line of lines) again.replay(line);
  expect(again.left).toEqual(ledger.left);
  const half = new Ledger();
  for (const line of lines.slice(0, lines.length / 2)) half.replay(line);
  expect(half.left.length).toBeGreaterThan(20);
});

test('a wrong credential finds nothing, and so removes nothing from the ledger', async () => {
  const subject = played('flexprice');
  const { contract, mock, credentials } = subject;
  const ledger = new Ledger();
  await runOn(subject, ledger);
  const made = ledger.left.length;
  const wrong = { headers: { 'x-api-key': 'wrong' }, prefix: credentials.prefix };
  const outcome = await cleanUp({ contract, ledger, send: mock.send, credentials: wrong });
  expect([outcome.removed, outcome.gone, outcome.refused.length]).toEqual([0, 0, made]);
  expect(ledger.left.length).toBe(made);
  const right = await cleanUp({ contract, ledger, send: mock.send, credentials });
  expect([right.refused, ledger.left.length]).toEqual([[], 0]);
});

test('what refers goes before what is referred to, and parts before wholes', () => {
  const { contract } = played('dodopayments');
  const order = removalOrder(contract);
  const at = (name: string) => order.indexOf(name);
  expect(new Set(order)).toEqual(new Set(contract.resources.keys()));
  expect(at('row')).toBeLessThan(at('group'));
  expect(at('group')).toBeLessThan(at('collection'));
  expect(at('collection')).toBeLessThan(at('product'));
  expect(at('product')).toBeLessThan(at('meter'));
});

test('a target that refuses, fails or goes away is told, and the ledger keeps what is left', async () => {
  const { contract, credentials } = played('flexprice');
  const made = (id: string): Made => ({ resource: 'plan', operation: 'createPlan', id });
  const filled = () => {
    const ledger = new Ledger();
    ledger.replay({ answered: 1, made: ['a', 'b', 'c', 'd', 'e'].map(made) });
    return ledger;
  };
  const answering =
    (status: number): Send =>
    async () => ({ status, headers: {} });
  const outcomeOf = async (send: Send) => {
    const ledger = filled();
    const outcome = await cleanUp({ contract, ledger, send, credentials, sure: true });
    return { ...outcome, left: ledger.left.length };
  };
  expect(await outcomeOf(answering(409))).toMatchObject({ removed: 0, left: 5 });
  expect((await outcomeOf(answering(409))).refused).toHaveLength(5);
  // Two are asked at most: the first answer says that there is no such operation.
  expect(await outcomeOf(answering(405))).toMatchObject({
    requests: 1,
    noDelete: { plan: 5 },
    refused: [],
  });
  expect(await outcomeOf(answering(404))).toMatchObject({ gone: 5, left: 0, refused: [] });
  const down = await outcomeOf(async () => {
    throw new Error('ECONNREFUSED');
  });
  expect(down).toMatchObject({ requests: 3, answers: 0, left: 5 });
  expect(down.refused.map(({ reason }) => reason)).toContain('ECONNREFUSED');
});

test('an answer that shows the words of another is no record of ours', () => {
  const { contract } = played('flexprice');
  const create = contract.binding('createPlan') as Binding;
  const clone = contract.binding('clonePlan') as Binding;
  const marks = { prefix: 'ts-5', isOurs: (id: string) => id === 'plan_ours' };
  const ids = (binding: Binding, sent: Json, shown: Json) =>
    madeBy(binding, { body: sent, path: { id: 'plan_ours' } }, shown, undefined, marks)?.map(
      ({ id }) => id,
    );
  expect(ids(create, { name: 'ts-5-1' }, { id: 'p', name: 'TS-5-1 ' })).toEqual(['p']);
  expect(ids(create, { name: 'ts-5-1' }, { id: 'p', name: 'Pro' })).toBeUndefined();
  expect(ids(create, { name: 'ts-5-1' }, { id: 'p' })).toEqual(['p']);
  expect(ids(create, { name: 'ts-5-1' }, { name: 'ts-5-1' })).toBeUndefined();
  expect(ids(create, { name: 'ts-5-1' }, 'made')).toBeUndefined();
  expect(ids(clone, { name: 'ts-5-2' }, { id: 'p', name: 'ts-5-2' })).toEqual(['p']);
  expect(ids(clone, {}, { id: 'p', parent: 'plan_ours' })).toEqual(['p']);
  expect(ids(clone, {}, { id: 'p', name: 'Pro' })).toEqual([]);
  expect(ids(clone, {}, { id: 'plan_ours', name: 'ts-5-1' })).toEqual([]);
});
