// `tallystick merge-reports`: the JSON reports of all shards as one report, or one report in other forms.

import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { mergeReports } from '../../conformance/merge.ts';
import type { Report } from '../../conformance/verdict.ts';
import { UsageError } from '../../model/usage-error.ts';
import { readReport } from '../../report/read.ts';
import { type ReportFlags, reportFlags, reportOptions } from '../report-options.ts';
import { startReporting } from '../reporting.ts';

const EXAMPLES = `
Examples:
  tallystick test flexprice --target URL --seed 7 --shard 1/2 --reporter json=1.json
  tallystick test flexprice --target URL --seed 7 --shard 2/2 --reporter json=2.json
  tallystick merge-reports 1.json 2.json --reporter list --reporter html=report.html
                                             two machines, one report
  tallystick merge-reports report.json --reporter junit=report.xml
                                             the report of a whole run in another form

Reports are of one run when api, target and seed agree and each shard is there once. What every shard judged (the
smallest bodies, and what all answers are held to) is violated if it is in any of them. Whether enough was exercised
is judged here, not by a shard.
Exit codes: 0 all conform, 1 violations, 2 bad usage, 4 not conclusive.`;

/** The command; its action throws UsageError for mistakes and sets the exit code otherwise. */
export function mergeReportsCommand(): Command {
  const command = new Command('merge-reports')
    .description('make one report of the JSON reports of all shards')
    .argument('<files...>', 'what test --reporter json=FILE wrote');
  for (const option of reportFlags()) command.addOption(option);
  return command.addHelpText('after', EXAMPLES).action(action);
}

function action(files: readonly string[], flags: ReportFlags): void {
  const mistakes: string[] = [];
  const options = reportOptions(flags, mistakes);
  const reports = files.flatMap((name) => {
    const report = reportIn(name, mistakes);
    return report === undefined ? [] : [{ name, report }];
  });
  if (mistakes.length > 0) throw new UsageError(mistakes);
  const report = mergeReports(reports);
  const reporting = startReporting({ ...options, hide: (text) => text, isWhole: false });
  report.results.forEach((result, i) => {
    reporting.progress(result, i + 1, report.results.length);
  });
  process.exitCode = reporting.end(report);
}

function reportIn(file: string, mistakes: string[]): Report | undefined {
  try {
    return readReport(readFileSync(file, 'utf8'), file);
  } catch (error) {
    const messages =
      error instanceof UsageError
        ? error.messages
        : [`can't read ${file}: ${(error as Error).message}`];
    mistakes.push(...messages);
    return undefined;
  }
}
