// The independent servers, judged by our tests over a real port.

import { join } from 'node:path';
import { plan } from '../../src/conformance/plan.ts';
import { run } from '../../src/conformance/run.ts';
import { MOST_REQUESTS, shortened } from '../../src/conformance/short.ts';
import type { PlannedCheck, Report, Result } from '../../src/conformance/verdict.ts';
import type { Contract } from '../../src/contract/contract.ts';
import { loadContract } from '../../src/contract/load.ts';
import { kinds } from '../../src/rules/index.ts';
import type { Basis } from '../../src/spec/spec.ts';
import { fetchSend } from '../../src/target/fetch-send.ts';
import * as dodopayments from '../reference/dodopayments.ts';
import * as flexprice from '../reference/flexprice.ts';
import * as fynn from '../reference/fynn.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** An API with the server that was written from its documents alone. */
export interface Subject {
  readonly api: string;
  readonly contract: Contract;
  readonly reference: Pick<typeof flexprice, 'faults' | 'benign' | 'startReference'>;
  readonly headers: Readonly<Record<string, string>>;
  readonly otherHeaders: Readonly<Record<string, string>>;
}

function subject(
  api: string,
  reference: Subject['reference'],
  header: string,
  prefix: string,
): Subject {
  return {
    api,
    contract: loadContract(join(ROOT, `contracts/${api}.yaml`), kinds),
    reference,
    headers: { [header]: `${prefix}one` },
    otherHeaders: { [header]: `${prefix}two` },
  };
}

export const subjects: readonly Subject[] = [
  subject('flexprice', flexprice, 'x-api-key', ''),
  subject('dodopayments', dodopayments, 'authorization', 'Bearer '),
  subject('fynn', fynn, 'authorization', 'Bearer '),
];

export interface Variant {
  readonly fault?: string;
  readonly benign?: string;
}

export interface JudgeOptions {
  readonly bases?: readonly Basis[];
  /** Only the checks of this rule (and what all answers are held to); all checks when absent. */
  readonly rule?: string;
  readonly seed?: number;
  /** Whether the finest points are asked too, however many requests that takes. */
  readonly thorough?: boolean;
  /** These checks alone, whatever the rule. */
  readonly checks?: readonly PlannedCheck[];
}

/** The report on a reference server of its own, started and stopped here. */
export async function judge(
  { contract, reference, headers, otherHeaders }: Subject,
  variant: Variant,
  options: JudgeOptions = {},
): Promise<Report> {
  const { bases = ['documented', 'protocol'], rule, seed = 1, thorough, checks } = options;
  const whole = plan(contract, kinds, { bases });
  const all = thorough === true ? whole : shortened(contract, whole, MOST_REQUESTS);
  const own = all.filter((check) => check.rule === rule);
  const server = await reference.startReference(variant);
  try {
    return await run({
      contract,
      checks: checks ?? (own.length > 0 ? own : all),
      bases,
      seed,
      send: fetchSend(server.url),
      target: server.url,
      headers,
      otherHeaders,
      // A list that lags may take its time; one that is broken need not be waited for that long.
      settle: variant.fault === undefined ? 2000 : 300,
    });
  } finally {
    await server.close();
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
