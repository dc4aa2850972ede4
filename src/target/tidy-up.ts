// A run tidies up after itself: what it makes goes to a ledger on disk, and is removed at the end.

import { cleanUp } from '../conformance/clean-up.ts';
import type { RunOptions } from '../conformance/run.ts';
import { type Credentials, environmentHeader, prefixOf } from '../conformance/senders.ts';
import type { CleanUp } from '../conformance/verdict.ts';
import type { Send } from '../model/http.ts';
import { type LedgerFile, openLedger, removeLedger } from './ledger-file.ts';

/** A new ledger of the run in the file; `tallystick cleanup` finds the contract by what it is named. Throws UsageError when it can't be written. */
export function ledgerFor(options: RunOptions, named: string, file: string): LedgerFile {
  const { target, seed, mark, headers, otherHeaders = {} } = options;
  const name = environmentHeader(options.contract);
  const environment = name === undefined ? undefined : headers[name];
  return openLedger(file, {
    contract: named,
    target,
    prefix: prefixOf(seed, mark),
    started: new Date().toISOString(),
    headers: Object.keys(headers),
    otherHeaders: Object.keys(otherHeaders),
    ...(name === undefined || environment === undefined
      ? {}
      : { environment: { [name]: environment } }),
  });
}

/** Removes what the ledger names, and the ledger when nothing is left that could be; undefined for an empty one. */
export async function tidyUp(
  options: RunOptions,
  send: Send,
  { file, ledger }: LedgerFile,
): Promise<CleanUp | undefined> {
  const { contract, headers, otherHeaders, seed, mark, workers = 1 } = options;
  const credentials: Credentials = {
    headers,
    ...(otherHeaders === undefined ? {} : { otherHeaders }),
    prefix: prefixOf(seed, mark),
  };
  const isEmpty = ledger.left.length === 0 && ledger.unknown.length === 0;
  const cleanup = isEmpty
    ? undefined
    : await cleanUp({ contract, ledger, send, credentials, workers, sure: true });
  if (cleanup !== undefined && cleanup.refused.length > 0) return { ...cleanup, ledger: file };
  removeLedger(file);
  return cleanup;
}
