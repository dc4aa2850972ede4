// From options to a run that can begin: the target is asked for and reached, and a ledger is open.

import { randomInt } from 'node:crypto';
import { readGiven } from '../conformance/given.ts';
import type { RunOptions } from '../conformance/run.ts';
import { Runner } from '../conformance/runner.ts';
import type { CleanUp } from '../conformance/verdict.ts';
import { UsageError } from '../model/usage-error.ts';
import { type Hide, hiding } from '../report/redact.ts';
import { defaultLedger, type LedgerFile } from '../target/ledger-file.ts';
import { linkTo } from '../target/link.ts';
import { baseUrl, refuseProduction, targetFault } from '../target/preflight.ts';
import { ledgerFor, tidyUp } from '../target/tidy-up.ts';
import { asked, type ContractTestOptions, type Headers, type Prepared } from './options.ts';

/** A run that has begun. */
export interface Begun {
  readonly runner: Runner;
  readonly target: string;
  readonly seed: number;
  /** Takes the credentials out of a text. */
  readonly hide: Hide;
  /** Removes what was made; undefined when there is nothing to tell. */
  end(): Promise<CleanUp | undefined>;
}

/** Reaches the target. Rejects with UsageError or UnreachableError. */
export async function begin(options: ContractTestOptions, prepared: Prepared): Promise<Begun> {
  const { contract, rates } = prepared;
  const { seed = randomInt(2 ** 31), timeout = 10_000, ca, cleanup = true } = options;
  const target = await asked(options.target);
  const fault = targetFault(target);
  if (fault !== undefined) throw new UsageError(`target ${fault}`);
  if (options.production !== true) refuseProduction(contract, target);
  const headers = lowerCase(await asked(options.headers));
  const others = await asked(options.otherHeaders);
  const otherHeaders = others === undefined ? {} : { otherHeaders: lowerCase(others) };
  const link = await linkTo(contract, target, { timeout, ca, rates });
  const base = await baseUrl(contract, target, headers, (url) => link(url, { patience: 2 }));
  const about: RunOptions = {
    contract,
    checks: prepared.checks,
    send: link(base),
    target: base,
    headers,
    ...otherHeaders,
    seed,
    mark: Date.now().toString(36),
    ...(options.bases === undefined ? {} : { bases: options.bases }),
    ...(options.settle === undefined ? {} : { settle: options.settle }),
    given: await readGiven(contract, idsOf(options, prepared), link(base), headers),
  };
  const ledger = cleanup ? ledgerFor(about, prepared.named, defaultLedger(seed)) : null;
  const runner = new Runner(ledger === null ? about : { ...about, ledger: ledger.ledger });
  const hide = hiding(headers, otherHeaders.otherHeaders);
  return { runner, target: base, seed, hide, end: () => end(runner, about, ledger) };
}

async function end(
  runner: Runner,
  about: RunOptions,
  ledger: LedgerFile | null,
): Promise<CleanUp | undefined> {
  await runner.idle();
  return ledger === null ? undefined : tidyUp(about, about.send, ledger);
}

function lowerCase(headers: Headers): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}

function idsOf({ given = {} }: ContractTestOptions, { contract }: Prepared) {
  const ids = new Map(Object.entries(given));
  const unknown = [...ids.keys()].filter((name) => !contract.resources.has(name));
  if (unknown.length > 0)
    throw new UsageError(unknown.map((name) => `given: no resource "${name}"`));
  return ids;
}
