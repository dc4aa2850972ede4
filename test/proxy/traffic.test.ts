// What the proxy finds in traffic: nothing where an API keeps its rules, whatever is asked of it; and the rule that
// is broken where two answers show it.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { loadContract } from '../../src/contract/load.ts';
import { type ProxyOptions, type RunningProxy, startProxy } from '../../src/proxy/start.ts';
import { kinds } from '../../src/rules/index.ts';
import { type Client, CONTRACT, client, group, mock, price } from '../http/mock.ts';
import { startReference } from '../reference/flexprice.ts';
import { bulks, lookups, priceEnds, successors } from '../reference/scenario/bulk.ts';
import { bigClones, clones, refusedClones } from '../reference/scenario/clones.ts';
import { credentials, errors, orphans, overlaps, plans } from '../reference/scenario/common.ts';
import {
  groupLife,
  groupScopes,
  groupSearches,
  members,
  refusedGroups,
} from '../reference/scenario/groups.ts';
import { bearers, customers, keyless, meters } from '../reference/scenario/others.ts';
import { planDeletes, planLists, planReads, planUpdates } from '../reference/scenario/plans.ts';
import {
  expansion,
  newAmounts,
  priceGroups,
  priceRules,
  priceSearches,
  priceUpdates,
} from '../reference/scenario/prices.ts';
import { Talk } from '../reference/scenario/talk.ts';

const JOURNEY = [
  ...[groupLife, groupScopes, groupSearches, members, refusedGroups],
  ...[priceGroups, priceUpdates, newAmounts, expansion, priceRules, priceSearches],
  ...[errors, credentials, plans, overlaps, orphans],
  ...[planDeletes, planLists, planReads, planUpdates, clones, refusedClones, bigClones],
  ...[bulks, priceEnds, lookups, successors, meters, customers, keyless, bearers],
];
const ALL = ['documented', 'protocol', 'observed', 'assumed'] as const;

async function proxied(
  target: string,
  options: Partial<ProxyOptions> = {},
): Promise<{ proxy: RunningProxy; call: Client }> {
  const contract = loadContract(CONTRACT, kinds);
  const proxy = await startProxy({ contract, target, settle: 0, bases: ALL, ...options });
  onTestFinished(() => proxy.close());
  return { proxy, call: client(proxy.url) };
}

async function faulty(fault?: string, options: Partial<ProxyOptions> = {}) {
  const reference = await startReference({ fault });
  onTestFinished(() => reference.close());
  return proxied(reference.url, options);
}

const violated = ({ proxy }: { proxy: RunningProxy }) =>
  proxy.report().results.flatMap(({ id, verdict }) => (verdict === 'violated' ? [id] : []));

const WATCHED = [
  'customer.id-unique/traffic',
  'group.delete-hides/traffic',
  'group.delete-is-soft/traffic',
  'group.lookup-key-unique/traffic',
  'plan.lookup-key-unique/traffic',
  'price.expand-groups/traffic',
  'price.lookup-key-unique/traffic',
  'price.period-count-default/traffic',
  'record.kept/traffic',
];

test.each(['the mock', 'a healthy server'])(
  'a long journey through %s shows no finding',
  async (who) => {
    const target = who === 'the mock' ? (await mock()).apis['flexprice'] : undefined;
    const { proxy } = target === undefined ? await faulty() : await proxied(target);
    for (const scenario of JOURNEY) await scenario(new Talk(proxy.url));
    const { results, requests } = proxy.report();
    expect(requests).toBeGreaterThan(800);
    expect(results.filter(({ verdict }) => verdict === 'violated')).toEqual([]);
    const judged = results.filter(
      ({ id, verdict }) => id.endsWith('/traffic') && verdict === 'conforms',
    );
    expect(judged.map(({ id }) => id).sort()).toEqual(expect.arrayContaining(WATCHED));
  },
);

/** A grouped price, read before and after its expansion. */
async function expanding(call: Client): Promise<void> {
  const { body: team } = await call('POST', '/groups', group('gpu'));
  const { body: plan } = await call('POST', '/plans', { name: 'Pro' });
  const { body: made } = await call('POST', '/prices', price(plan.id, { group_id: team.id }));
  await call('POST', '/groups', group('other'));
  await call('GET', `/groups/${team.id}`);
  await call('GET', `/prices/${made.id}?expand=groups`);
  await call('GET', `/groups/${team.id}`);
}

test.each([
  ['price-expand-partial', ['price.expand-groups/traffic']],
  ['price-expand-archived', ['price.expand-groups/traffic']],
  ['price-expand-missing-on-get', ['price.expand-groups/traffic']],
  ['price-expand-wrong-group', ['price.expand-groups/traffic']],
])('an expansion that is not what was read is found: %s', async (fault, ids) => {
  const through = await faulty(fault);
  await expanding(through.call);
  expect(violated(through)).toEqual(expect.arrayContaining(ids));
});

test('an expansion is not judged where something was written between the reads', async () => {
  const through = await faulty('price-expand-archived');
  const { call } = through;
  const { body: team } = await call('POST', '/groups', group('gpu'));
  const { body: plan } = await call('POST', '/plans', { name: 'Pro' });
  const { body: made } = await call('POST', '/prices', price(plan.id, { group_id: team.id }));
  await call('GET', `/groups/${team.id}`);
  await call('GET', `/prices/${made.id}?expand=groups`);
  await call('POST', '/groups', group('another'));
  await call('GET', `/groups/${team.id}`);
  expect(violated(through)).toEqual([]);
});

test('one key seen on two plans is found by a list, or by the first plan read again', async () => {
  for (const again of ['list', 'read']) {
    const through = await faulty('plan-key-duplicate-accepted');
    const { call } = through;
    const { body: first } = await call('POST', '/plans', { name: 'Pro', lookup_key: 'pro' });
    await call('POST', '/plans', { name: 'Other', lookup_key: 'pro' });
    expect(violated(through)).toEqual([]);
    if (again === 'list') await call('GET', '/plans');
    else await call('GET', `/plans/${first.id}`);
    expect(violated(through)).toEqual(['plan.lookup-key-unique/traffic']);
    const found = through.proxy.report().results.find(({ verdict }) => verdict === 'violated');
    expect(found?.reason).toBe('two records have the lookup_key "pro"');
    expect(found?.requests).toHaveLength(again === 'list' ? 1 : 3);
  }
});

test('a key that two tenants have is no finding', async () => {
  const through = await faulty();
  for (const key of ['one', 'two', 'one']) {
    const call = client(through.proxy.url, key);
    await call('POST', '/plans', { name: 'Pro', lookup_key: 'pro' });
    await call('GET', '/plans');
  }
  expect(violated(through)).toEqual([]);
});

test.each([
  ['group-delete-still-listed', ['group.delete-hides/traffic']],
  ['group-delete-leaves-published', ['group.delete-is-soft/traffic', 'group.delete-hides/traffic']],
  ['group-delete-hard', ['group.delete-is-soft/traffic']],
])('what a deleted record must not be is found: %s', async (fault, ids) => {
  const through = await faulty(fault);
  const { call } = through;
  const { body: team } = await call('POST', '/groups', group('gpu'));
  await call('DELETE', `/groups/${team.id}`);
  await call('POST', '/groups/search', {});
  await call('GET', `/groups/${team.id}`);
  expect(violated(through)).toEqual(ids);
  const patient = await faulty(fault, { settle: 60_000 });
  const { body: other } = await patient.call('POST', '/groups', group('gpu'));
  await patient.call('DELETE', `/groups/${other.id}`);
  await patient.call('POST', '/groups/search', {});
  await patient.call('GET', `/groups/${other.id}`);
  expect(violated(patient)).toEqual([]);
});

test.each([
  ['plan-key-lost', ['record.kept/traffic']],
  ['plan-description-lost', ['record.kept/traffic']],
  ['plan-display-order-lost', ['record.kept/traffic']],
])('what was sent and is lost is found in the answer: %s', async (fault, ids) => {
  const through = await faulty(fault);
  const body = { name: 'Pro', lookup_key: 'pro', description: 'All of it', display_order: 7 };
  await through.call('POST', '/plans', body);
  await through.call('GET', '/plans');
  expect(violated(through)).toEqual(ids);
});

test('credentials are told once each, and are in no exchange', async () => {
  const told: Readonly<Record<string, string>>[] = [];
  const { proxy } = await faulty('plan-key-duplicate-accepted', {
    secret: (secrets) => told.push(secrets),
  });
  for (const key of ['s3cret-one', 's3cret-one', 's3cret-two']) {
    await client(proxy.url, key)('POST', '/plans', { name: 'Pro' });
  }
  expect(told).toEqual([{ 'x-api-key': 's3cret-one' }, { 'x-api-key': 's3cret-two' }]);
});

test('a field left out that has not its default is found, and one that was sent is not', async () => {
  const server = createServer((_, response) => {
    response.writeHead(201, { 'content-type': 'application/json' });
    response.end('{"id": "price_1", "billing_period_count": 3}');
  }).listen(0);
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const isFound = async (count: number | undefined) => {
    const through = await proxied(`http://127.0.0.1:${port}`);
    const body = price('plan_1', { billing_period_count: count ?? null });
    if (count === undefined) delete body['billing_period_count'];
    await through.call('POST', '/prices', body);
    return violated(through).includes('price.period-count-default/traffic');
  };
  expect([await isFound(undefined), await isFound(3)]).toEqual([true, false]);
});
