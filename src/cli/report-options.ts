// The flags about reports that `test` and `merge-reports` share, as text, into options.

import { readFileSync } from 'node:fs';
import { Option } from 'commander';
import { type BaselineEntry, readBaseline } from '../conformance/baseline.ts';
import { collected } from '../model/usage-error.ts';
import { unwritable } from './report-files.ts';
import { choicesOf } from './reporter-choice.ts';
import { isDocument, REPORTERS, type ReporterChoice } from './reporters.ts';

/** As commander gives them. */
export interface ReportFlags {
  readonly reporter?: readonly string[];
  readonly baseline?: string;
  readonly writeBaseline?: string;
}

export interface ReportOptions {
  readonly reporters: readonly ReporterChoice[];
  readonly baseline?: readonly BaselineEntry[];
  readonly writeBaseline?: string;
}

export function reportFlags(): Option[] {
  const collect = (value: string, earlier: string[] = []) => [...earlier, value];
  return [
    new Option('--reporter <name[=file]>', `${REPORTERS.join(', ')}; repeatable`).argParser(
      collect,
    ),
    new Option('--baseline <file>', 'violations that are known, each with a reason and a last day'),
    new Option(
      '--write-baseline <file>',
      'write the violations as a baseline for 30 days; each needs a reason from you before it counts',
    ),
  ];
}

/** The options that the flags say; what is wrong goes to the mistakes. Files are tried, folders made. */
export function reportOptions(flags: ReportFlags, mistakes: string[]): ReportOptions {
  const { baseline, writeBaseline } = flags;
  const reporters = choicesOf(flags.reporter ?? ['list'], REPORTERS, isDocument, mistakes);
  const files = reporters.flatMap(({ file }) => file ?? []);
  if (writeBaseline !== undefined) files.push(writeBaseline);
  if (mistakes.length === 0) mistakes.push(...unwritable(files));
  return {
    reporters,
    ...(baseline === undefined ? {} : { baseline: baselineOf(baseline, mistakes) }),
    ...(writeBaseline === undefined ? {} : { writeBaseline }),
  };
}

function baselineOf(file: string, mistakes: string[]): BaselineEntry[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    mistakes.push(`can't read the baseline ${file}: ${(error as Error).message}`);
    return [];
  }
  return collected(mistakes, () => readBaseline(text, file)) ?? [];
}
