// From the results of a run to its reports and its exit code: secrets are hidden, known violations marked.

import {
  type BaselineEntry,
  baselineText,
  dayOf,
  withBaseline,
  withKnown,
} from '../conformance/baseline.ts';
import { exercisedShare, newViolations, type Report, type Result } from '../conformance/verdict.ts';
import { UnreachableError, UsageError } from '../model/usage-error.ts';
import { type Hide, hiddenReport, withoutSecrets } from '../report/redact.ts';
import { EXIT } from './exit.ts';
import { writeReport } from './report-files.ts';
import { endAll, makeReporters, type ReporterChoice } from './reporters.ts';

export interface ReportingOptions {
  readonly reporters: readonly ReporterChoice[];
  readonly hide: Hide;
  readonly baseline?: readonly BaselineEntry[];
  /** The file that the violations are written to, as a baseline. */
  readonly writeBaseline?: string;
  /** Whether all checks of the contract are asked for: a baseline's entry for another one is stale then. */
  readonly isWhole: boolean;
  /** The time; now unless given. */
  readonly now?: number;
}

export interface Reporting {
  progress(result: Result, done: number, all: number): void;
  /** Writes all reports, and says the exit code. Throws UsageError for what can't be written. */
  end(report: Report): number;
}

/** The reporters, ready for a run; a report is written at its end. */
export function startReporting(options: ReportingOptions): Reporting {
  const { hide, baseline, writeBaseline, isWhole, now = Date.now() } = options;
  const reporters = makeReporters(options.reporters);
  const today = dayOf(now);
  return {
    progress(result, done, all) {
      const shown = withKnown(withoutSecrets(result, hide), baseline ?? [], today);
      for (const reporter of reporters) reporter.progress?.(shown, done, all);
    },
    end(report) {
      const plain = hiddenReport(report, hide);
      const whole = isWhole && report.ended === undefined;
      const told = baseline === undefined ? plain : withBaseline(plain, baseline, today, whole);
      endAll(reporters, told);
      if (writeBaseline !== undefined) writeReport(writeBaseline, baselineText(told.results, now));
      return exitCodeOf(told);
    },
  };
}

/** A shard alone can't tell whether enough was exercised: the merged report can. */
function exitCodeOf({ results, shard }: Report): number {
  if (newViolations(results).length > 0) return EXIT.findings;
  return shard === undefined && exercisedShare(results) < 0.8 ? EXIT.notConclusive : EXIT.clean;
}

/** The error with every secret in its words hidden; anything that is no error stays itself. */
export function hiddenError(error: unknown, hide: Hide): unknown {
  if (error instanceof UnreachableError) return new UnreachableError(hide(error.message));
  if (error instanceof UsageError) return new UsageError(error.messages.map(hide));
  if (error instanceof Error && error.stack !== undefined) error.stack = hide(error.stack);
  return error;
}
