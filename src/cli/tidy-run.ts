// A run that tidies up after itself: what it makes goes to a ledger, and is removed at its end, also when it is
// interrupted or the target stops answering. A second Ctrl-C leaves the ledger to `tallystick cleanup`.

import { type RunOptions, run } from '../conformance/run.ts';
import type { Report } from '../conformance/verdict.ts';
import type { Send } from '../model/http.ts';
import { cleanUpText } from '../report/clean-up.ts';
import { ledgerFor, tidyUp } from '../target/tidy-up.ts';
import { EXIT } from './exit.ts';

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
  const file =
    tidy.ledger === undefined ? undefined : ledgerFor(options, tidy.contract, tidy.ledger);
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
