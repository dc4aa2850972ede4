// The independent Flexprice server, judged by our tests over a real port.

import { join } from 'node:path';
import { fetchSend } from '../../src/conformance/fetch-send.ts';
import { plan } from '../../src/conformance/plan.ts';
import { run } from '../../src/conformance/run.ts';
import type { Report, Result } from '../../src/conformance/verdict.ts';
import { loadContract } from '../../src/contract/load.ts';
import { kinds } from '../../src/rules/index.ts';
import type { Basis } from '../../src/spec/spec.ts';
import { startReference } from '../reference/flexprice.ts';

const ROOT = join(import.meta.dirname, '..', '..');
export const contract = loadContract(join(ROOT, 'contracts/flexprice.yaml'), kinds);

export interface Variant {
  readonly fault?: string;
  readonly benign?: string;
}

export interface JudgeOptions {
  readonly bases?: readonly Basis[];
  /** Only the checks of this rule (and what all answers are held to); all checks when absent. */
  readonly rule?: string;
  readonly seed?: number;
}

/** The report on a reference server of its own, started and stopped here. */
export async function judge(variant: Variant, options: JudgeOptions = {}): Promise<Report> {
  const { bases = ['documented', 'protocol'], rule, seed = 1 } = options;
  const all = plan(contract, kinds, { bases });
  const own = all.filter((check) => check.rule === rule);
  const reference = await startReference(variant);
  try {
    return await run({
      contract,
      checks: own.length > 0 ? own : all,
      bases,
      seed,
      send: fetchSend(reference.url),
      target: reference.url,
      headers: { 'x-api-key': 'one' },
      otherHeaders: { 'x-api-key': 'two' },
      // A list that lags may take its time; one that is broken need not be waited for that long.
      settle: variant.fault === undefined ? 2000 : 300,
    });
  } finally {
    await reference.close();
  }
}

export function violations({ results }: Report): Result[] {
  return results.filter(({ verdict }) => verdict === 'violated');
}

/** Does the work for all items, some at a time; in the items' order. */
export async function pool<Item, Out>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Out>,
): Promise<Out[]> {
  const out: Out[] = [];
  let next = 0;
  const worker = async () => {
    for (let i = next++; i < items.length; i = next++) out[i] = await work(items[i] as Item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return out;
}
