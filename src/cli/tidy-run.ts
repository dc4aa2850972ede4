// A run that tidies up after itself: what it makes goes to a ledger, and is removed at its end, also when it is
// interrupted or the target stops answering. A second Ctrl-C leaves the ledger to `tallystick cleanup`.

import { cleanUp } from '../conformance/clean-up.ts';
import { type RunOptions, run } from '../conformance/run.ts';
import { type Credentials, environmentHeader, prefixOf } from '../conformance/senders.ts';
import type { CleanUp, Report } from '../conformance/verdict.ts';
import type { Send } from '../model/http.ts';
import { cleanUpText } from '../report/clean-up.ts';
import { EXIT } from './exit.ts';
import { type LedgerFile, openLedger, removeLedger } from './ledger-file.ts';

export interface TidyOptions {
  /** The API's name, or the contract's file: what `tallystick cleanup` finds it by. */
  readonly contract: string;
  /** The ledger's file; nothing is kept or removed without. */
  readonly ledger?: string | undefined;
  /** Told that the run is being stopped. */
  readonly say: (text: string) => void;
  /** For the clean-up, which is not cut short by an interruption. */
  readonly send: Send;
  /** Aborted by the first Ctrl-C. */
  readonly stop: AbortController;
}

/** The report, with what became of the run's records. Rejects as `run` does, after tidying up. */
export async function tidyRun(options: RunOptions, tidy: TidyOptions): Promise<Report> {
  const file = tidy.ledger === undefined ? undefined : ledgerFor(options, tidy, tidy.ledger);
  const release = onInterrupt(tidy);
  try {
    const ledger = file === undefined ? {} : { ledger: file.ledger };
    const report = await run({ ...options, ...ledger, signal: tidy.stop.signal });
    if (file === undefined) return report;
    const cleanup = await tidyUp(options, tidy.send, file);
    return cleanup === undefined ? report : { ...report, cleanup };
  } catch (error) {
    const cleanup = file && (await tidyUp(options, tidy.send, file));
    if (cleanup !== undefined) tidy.say(cleanUpText(cleanup));
    throw error;
  } finally {
    release();
  }
}

/** A new ledger of the run in the file. Throws UsageError when it can't be written. */
export function ledgerFor(
  options: RunOptions,
  { contract }: Pick<TidyOptions, 'contract'>,
  file: string,
): LedgerFile {
  const { target, seed, mark, headers, otherHeaders = {} } = options;
  const name = environmentHeader(options.contract);
  const environment = name === undefined ? undefined : headers[name];
  return openLedger(file, {
    contract,
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

/** The first signal stops the run, the second ends the program. Gives a function that listens no longer. */
function onInterrupt({ stop, say }: TidyOptions): () => void {
  const interrupt = () => {
    if (stop.signal.aborted) process.exit(EXIT.interrupted);
    say('stopping, then removing what the run made; once more stops at once');
    stop.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, interrupt);
  return () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, interrupt);
  };
}
