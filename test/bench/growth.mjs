// What a create costs in a tenant with few records and in the same tenant with many. One process, warmed
// up and then reset, so that neither size has the colder code; the store is idle before each burst, so
// that no burst has a snapshot rewrite in it. The filling between the sizes has them all.

import { setTimeout as sleep } from 'node:timers/promises';
import { checkCount } from './check.mjs';
import { start } from './child.mjs';
import { load } from './load.mjs';

/** Longer than the store waits before it rewrites the snapshot of a server that has nothing to do. */
const IDLE_MS = 5_000;

/** `{ small, large, filling }`: bursts at each size, and creates per second over each part of the filling. */
export async function growth(server, options, say) {
  const results = { small: [], large: [], filling: [] };
  const child = await start(server);
  try {
    await load(child, { count: options.warm });
    for (let round = 0; round < options.rounds; round++) {
      await reset(child);
      await once(server, child, options, results, say);
    }
  } finally {
    await child.stop();
  }
  return results;
}

async function once(server, child, { few, many, bursts, burst, part }, results, say) {
  await load(child, { count: few });
  results.small.push(...(await burstsOf(child, bursts, burst)));
  const made = few + bursts * burst;
  const { marks } = await load(child, { count: many - made, every: part });
  results.filling.push(marks.map((at, i) => part / ((at - (marks[i - 1] ?? 0)) / 1_000)));
  results.large.push(...(await burstsOf(child, bursts, burst)));
  await checkCount(server, child, many + bursts * burst);
  const [small, large] = [results.small, results.large].map((all) => all.at(-1).cpuMicros);
  say(`  ${small.toFixed(0)} us of CPU at ${few} records, ${large.toFixed(0)} us at ${many}`);
}

async function burstsOf(child, bursts, count) {
  await sleep(IDLE_MS);
  const results = [];
  for (let i = 0; i < bursts; i++) {
    const { perSecond, cpuMicros } = await load(child, { count });
    results.push({ perSecond, cpuMicros });
  }
  return results;
}

async function reset({ origin }) {
  const response = await fetch(`${origin}/_tallystick/v1/reset`, { method: 'POST' });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`reset answers ${response.status}`);
}
