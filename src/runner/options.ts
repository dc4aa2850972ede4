// What `contractTests` is told: the contract, the server, and who asks.

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type BaselineEntry, readBaseline } from '../conformance/baseline.ts';
import { plan } from '../conformance/plan.ts';
import { MOST_REQUESTS, shortened } from '../conformance/short.ts';
import type { PlannedCheck } from '../conformance/verdict.ts';
import { contractFile } from '../contract/bundled.ts';
import type { Contract } from '../contract/contract.ts';
import { loadContract } from '../contract/load.ts';
import { UsageError } from '../model/usage-error.ts';
import { kinds } from '../rules/index.ts';
import type { Basis } from '../spec/spec.ts';
import { RATES_LOOK, type Rate, ratesOf } from '../target/pace.ts';

/** A value, or a function that is asked for it when the first check is about to be played. */
export type Later<Value> = Value | (() => Value | Promise<Value>);

export type Headers = Readonly<Record<string, string>>;

export interface ContractTestOptions {
  /** The name of a bundled API, or a contract file. */
  readonly contract: string;
  /** The base URL of the server, such as `http://127.0.0.1:8080/v1`. */
  readonly target: Later<string>;
  /** What every request carries: the credential. */
  readonly headers: Later<Headers>;
  /** The same for a second tenant; what needs one is skipped without. */
  readonly otherHeaders?: Later<Headers>;
  /** Which rules count; `documented` and `protocol` unless given. */
  readonly bases?: readonly Basis[];
  /** Only checks whose id matches; `*` stands for anything. */
  readonly only?: string;
  /** About as many requests as are sent at most, the finest points being left out first; 600 unless given. */
  readonly maxRequests?: number;
  /** What values are made from; a random number unless given. */
  readonly seed?: number;
  /** For one request, in milliseconds; 10000 unless given. */
  readonly timeout?: number;
  /** How long a list may lag behind a write, in milliseconds; 2000 unless given. */
  readonly settle?: number;
  /** How fast requests go out: `10/s`, `240/m`, `off`; what the contract says unless given. */
  readonly rate?: string;
  /** Records that are there, by resource: their ids. They are used, and left as they are. */
  readonly given?: Readonly<Record<string, string>>;
  /** A file with violations that are known: their tests are skipped, with the reason in it. */
  readonly baseline?: string;
  /** A file with certificates (PEM) that are trusted too. */
  readonly ca?: string;
  /** Whether what the checks made is removed at the end; yes unless given. */
  readonly cleanup?: boolean;
  /** Allows a target that the document's own servers list. */
  readonly production?: boolean;
}

/** What can be known before anything is sent. */
export interface Prepared {
  readonly contract: Contract;
  /** What `tallystick cleanup` finds the contract by. */
  readonly named: string;
  /** In the plan's order. */
  readonly checks: readonly PlannedCheck[];
  readonly rates?: readonly Rate[];
  readonly known: readonly BaselineEntry[];
}

/** Reads the contract and plans its checks. Throws UsageError with all that is wrong. */
export function prepare(options: ContractTestOptions): Prepared {
  const { baseline, rate, only, bases } = options;
  const file = contractFile(options.contract);
  const contract = loadContract(file, kinds);
  const all = plan(contract, kinds, {
    ...(bases === undefined ? {} : { bases }),
    ...(only === undefined ? {} : { only }),
  });
  const checks = shortened(contract, all, options.maxRequests ?? MOST_REQUESTS);
  const mistakes: string[] = [];
  if (checks.length === 0) mistakes.push(`only ${only}: no check of ${contract.api} matches`);
  const rates = rate === undefined ? undefined : ratesOf(rate);
  if (rate !== undefined && rates === undefined) mistakes.push(`rate ${rate}: ${RATES_LOOK}`);
  if (mistakes.length > 0) throw new UsageError(mistakes);
  return {
    contract,
    named: file === options.contract ? resolve(file) : options.contract,
    checks,
    ...(rates === undefined ? {} : { rates }),
    known: baseline === undefined ? [] : readBaseline(readFileSync(baseline, 'utf8'), baseline),
  };
}

/** The value, asked for where it is a function. */
export async function asked<Value>(later: Later<Value>): Promise<Value> {
  return later instanceof Function ? later() : later;
}
