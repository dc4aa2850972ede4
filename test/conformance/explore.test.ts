// `tallystick test --explore`: what random sequences find on the independent server and on broken mocks, that they
// find nothing on servers that are unusual but right, and that what they find can be played again.

import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readScenario, scenarioText } from '../../src/cli/explored-files.ts';
import { explore } from '../../src/conformance/explore/explore.ts';
import { pause } from '../../src/conformance/pause.ts';
import { play } from '../../src/conformance/play.ts';
import { run } from '../../src/conformance/run.ts';
import { Session } from '../../src/conformance/session.ts';
import type { Result } from '../../src/conformance/verdict.ts';
import type { Step } from '../../src/model/steps.ts';
import { kinds } from '../../src/rules/index.ts';
import { fetchSend } from '../../src/target/fetch-send.ts';
import { exploredModel } from '../../src/testing/explored-model.ts';
import { subjects, type Variant } from './judge.ts';

const makeModel = exploredModel(kinds);
const BASES = ['documented', 'protocol'] as const;

interface Found {
  readonly results: readonly Result[];
  readonly stories: readonly { readonly result: Result; readonly steps: readonly Step[] }[];
  /** What was sent, ids and all that a server makes up aside. */
  readonly sent: readonly string[];
  /** How many sequences were played to their end. */
  readonly whole: number;
}

function subjectOf(api: string) {
  const subject = subjects.find((one) => one.api === api);
  if (subject === undefined) throw new Error(`no server for ${api}`);
  return subject;
}

/** What exploring finds on a server of its own. */
async function exploring(
  api: string,
  variant: Variant,
  { sequences = 6, seed = 1, tenants = 2 } = {},
): Promise<Found> {
  const { contract, reference, headers, otherHeaders } = subjectOf(api);
  const server = await reference.startReference(variant);
  const send = fetchSend(server.url);
  const sent: string[] = [];
  const stories: Found['stories'][number][] = [];
  let whole = 0;
  try {
    const session = new Session({
      contract,
      // Times are compared by the millisecond: no two requests are in the same one.
      send: (request) => pause(2).then(() => send(request)),
      headers,
      ...(tenants === 2 ? { otherHeaders } : {}),
      seed,
      settle: variant.fault === undefined ? 2000 : 300,
      sleep: pause,
      heard: (operation, { by = 'first' }) => sent.push(`${operation} by ${by}`),
    });
    const found = (result: Result, steps: readonly Step[]) => stories.push({ result, steps });
    const options = { bases: BASES, sequences, seed, makeModel, found };
    const results = await explore(session, options, ({ verdict }) => {
      if (verdict === 'conforms') whole += 1;
    });
    return { results, stories, sent, whole };
  } finally {
    await server.close();
  }
}

/** What a step does, in a word: the resource it makes, or the operation it calls. */
function wordsOf(steps: readonly Step[]): string[] {
  return steps.map((step) => ('make' in step ? step.make : 'call' in step ? step.call : 'wait'));
}

test.each([
  ['flexprice', {}],
  ['flexprice', { benign: 'search-lags' }],
  ['flexprice', { benign: 'entity-ids-reversed' }],
  ['flexprice', { benign: 'group-duplicate-409' }],
  ['flexprice', { benign: 'numeric-ids' }],
  ['flexprice', { benign: 'absent-when-unset' }],
  ['flexprice', { benign: 'ungrouped-expands-to-null' }],
  ['flexprice', { benign: 'name-search-ignores-case' }],
  ['flexprice', { benign: 'second-delete-touches' }],
  ['dodopayments', {}],
  ['dodopayments', { benign: 'lists-lag' }],
  ['dodopayments', { benign: 'archive-frees-products' }],
  ['dodopayments', { benign: 'new-groups-first' }],
  ['dodopayments', { benign: 'path-uuid-422' }],
  ['fynn', {}],
  ['fynn', { benign: 'no-group-key-when-none' }],
  ['fynn', { benign: 'auth-before-routing' }],
] as const)('%s %o: no alarm, and most sequences come to their end', async (api, variant) => {
  const { results, whole } = await exploring(api, variant);
  expect(results.map(({ id, verdict }) => [id, verdict])).toEqual([
    ['explore/sequences', 'conforms'],
  ]);
  expect(whole).toBeGreaterThanOrEqual(5);
});

test.each([
  ['group-key-not-freed', 'explore/createGroup', ['group', 'deleteGroup', 'group']],
  ['group-delete-keeps-prices', 'explore/getPrice', ['group', 'price', 'deleteGroup', 'getPrice']],
  ['entity-ids-keep-left', 'explore/getGroup', ['group', 'price', 'deleteGroup', 'getGroup']],
  ['group-delete-hard', 'explore/getGroup', ['group', 'deleteGroup', 'getGroup']],
  ['group-duplicate-accepted', 'explore/createGroup', ['group', 'group']],
  ['group-delete-still-listed', 'explore/queryGroup', ['group', 'deleteGroup', 'queryGroup']],
  ['group-name-missing-accepted', 'explore/createGroup', ['group']],
  ['group-type-any-accepted', 'explore/createGroup', ['group']],
  ['group-refused-create-takes-key', 'explore/createGroup', ['group', 'group']],
  ['group-search-ignores-name', 'explore/queryGroup', ['group', 'group', 'queryGroup']],
  ['group-key-lower-cased', 'explore/getGroup', ['group', 'getGroup']],
  ['price-expand-missing-on-get', 'explore/getPrice', ['group', 'price', 'getPrice']],
  ['plan-created-at-moves', 'explore/getPlan', ['plan', 'getPlan', 'getPlan']],
] as const)('%s is found, in as few steps as can show it', async (fault, id, words) => {
  const { results, stories } = await exploring('flexprice', { fault }, { sequences: 60 });
  expect(results.map(({ verdict }) => verdict)).toContain('violated');
  expect(stories.map(({ result }) => result.id)).toContain(id);
  const story = stories.find(({ result }) => result.id === id);
  expect(wordsOf(story?.steps ?? [])).toEqual(words);
  const { requests = [], reason = '' } = story?.result ?? {};
  expect(requests.at(-1)?.operation).toBe(id.slice('explore/'.length));
  expect(reason).not.toBe('');
});

test('the same seed sends the same, another one does not', async () => {
  const once = await exploring('flexprice', {}, { seed: 5 });
  const again = await exploring('flexprice', {}, { seed: 5 });
  const other = await exploring('flexprice', {}, { seed: 6 });
  expect(again.sent).toEqual(once.sent);
  expect(other.sent).not.toEqual(once.sent);
});

test('a second tenant takes part only where there is one', async () => {
  const two = await exploring('flexprice', {}, { seed: 5 });
  const one = await exploring('flexprice', {}, { seed: 5, tenants: 1 });
  expect(two.sent.filter((line) => line.endsWith('by other')).length).toBeGreaterThan(0);
  expect(one.sent.filter((line) => line.endsWith('by other'))).toEqual([]);
});

test('what is found is kept as a rule, and played again it is found again, and not on a healthy server', async () => {
  const { contract, reference, headers } = subjectOf('flexprice');
  const fault = 'group-key-not-freed';
  const { stories } = await exploring('flexprice', { fault }, { sequences: 14 });
  const [story] = stories;
  if (story === undefined) throw new Error('nothing was found');
  const file = join(mkdtempSync(join(tmpdir(), 'tallystick-')), 'kept.yaml');
  writeFileSync(file, scenarioText(contract, story.result, story.steps, 'this test'));
  const rules = parse(readFileSync(file, 'utf8')) as Record<string, object>;
  expect(Object.keys(rules)).toEqual(['group.explored-create-group']);
  expect(Object.values(rules)[0]).toMatchObject({
    scenario: JSON.parse(JSON.stringify(story.steps)),
  });
  const { probe } = readScenario(file, contract);
  const verdicts: string[] = [];
  for (const variant of [{ fault }, {}]) {
    const server = await reference.startReference(variant);
    const send = fetchSend(server.url);
    const about = { contract, send, headers, seed: 2, settle: 300, sleep: pause };
    verdicts.push((await play(new Session(about), probe)).verdict);
    await server.close();
  }
  expect(verdicts).toEqual(['violated', 'conforms']);
});

test('a run tells its checks first, and explores with the same requests counted', async () => {
  const { contract } = subjectOf('flexprice');
  const mock = makeModel(contract);
  const told: string[] = [];
  let requests = 0;
  const report = await run({
    contract,
    checks: [],
    send: (request) => {
      requests += 1;
      return mock.send(request);
    },
    target: 'memory',
    headers: { 'x-api-key': 'one' },
    seed: 3,
    settle: 0,
    sleep: async () => {},
    explore: { sequences: 4, makeModel },
    progress: ({ id }) => told.push(id),
  });
  expect(told).toEqual(['explore/sequences']);
  expect(report.results.filter(({ rule }) => rule === 'explore')).toHaveLength(1);
  expect(report.requests).toBe(requests);
  expect(requests).toBeGreaterThan(20);
});

test('without --explore nothing is explored', async () => {
  const { contract } = subjectOf('flexprice');
  const { send } = makeModel(contract);
  const report = await run({
    contract,
    checks: [],
    send,
    target: 'memory',
    headers: { 'x-api-key': 'one' },
    seed: 3,
  });
  expect(report.requests).toBe(0);
  expect(report.results.filter(({ rule }) => rule === 'explore')).toEqual([]);
});

test.each([
  ['a: 1\nb: 2\n', 'must hold one rule'],
  ['group.story: { says: x }\n', 'scenario'],
  ['group.story: { scenario: [{ call: nothing }] }\n', 'step 1: flexprice has no such operation'],
  ['group.story: { scenario: [{ make: group, race: 3 }] }\n', 'scenario'],
  ['{', 'kept.yaml'],
])('a file that holds no sequence is refused: %j', async (text, message) => {
  const { contract } = subjectOf('flexprice');
  const file = join(mkdtempSync(join(tmpdir(), 'tallystick-')), 'kept.yaml');
  writeFileSync(file, text);
  expect(() => readScenario(file, contract)).toThrow(message);
});
