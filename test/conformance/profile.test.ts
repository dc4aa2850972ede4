// The two readings of Flexprice, side by side: the mock that plays the service, judged by the documents, breaks
// exactly what the table in contracts/README.md says.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plan } from '../../src/conformance/plan.ts';
import { run } from '../../src/conformance/run.ts';
import { loadContract } from '../../src/contract/load.ts';
import { hooksOf, playable } from '../../src/mock/playable.ts';
import { kinds } from '../../src/rules/index.ts';
import { inProcess } from '../../src/testing/in-process.ts';

const ROOT = join(import.meta.dirname, '../..');
const FILE = join(ROOT, 'contracts/flexprice.yaml');

const tableRows = readFileSync(join(ROOT, 'contracts/README.md'), 'utf8')
  .split('## The two readings of Flexprice')[1]
  ?.split('## ')[0]
  ?.split('\n')
  .filter(
    (line) => line.startsWith('| ') && !line.startsWith('| ---') && !line.startsWith('| what'),
  );

test('the mock that plays the service breaks what the table says, and nothing else', async () => {
  const named = (tableRows ?? []).flatMap((row) =>
    [...(row.split('|').at(-2) ?? '').matchAll(/`([^`]+)`/g)].map(([, rule]) => rule ?? ''),
  );
  const documented = loadContract(FILE, kinds);
  const observed = loadContract(FILE, kinds, 'observed');
  let now = Date.now();
  const { send } = inProcess(playable(observed, hooksOf(observed, kinds)), { now: () => now++ });
  const report = await run({
    contract: documented,
    checks: plan(documented, kinds),
    send,
    target: 'the observed mock',
    headers: { 'x-api-key': 'one' },
    otherHeaders: { 'x-api-key': 'two' },
    seed: 1,
    sleep: async (ms) => {
      now += ms;
    },
  });
  const broken = report.results.filter(({ verdict }) => verdict === 'violated');
  expect([...new Set(broken.map(({ rule }) => rule))].sort()).toEqual([...new Set(named)].sort());
});

test('every rule that has two readings is in the table', () => {
  const text = readFileSync(FILE, 'utf8');
  expect(text.match(/^ {4}profiles:/gm)?.length).toBe(5);
  expect(tableRows?.length).toBe(7);
});
