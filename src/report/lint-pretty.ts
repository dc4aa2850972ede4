// Findings as text for a person: by file, each with its place, its rule and, the first time, what to do about it.

import type { LintReport } from '../lint/files.ts';
import type { Finding } from '../model/finding.ts';
import type { Colors } from './list.ts';
import { printable } from './shown.ts';

/** The findings by file, what is ignored, and the counts. */
export function lintPretty(report: LintReport, colors: Colors): string {
  const told = new Set<string>();
  const files = [...new Set(report.findings.map(({ place }) => place?.file ?? ''))];
  const blocks = files.map((file) => {
    const own = report.findings.filter(({ place }) => (place?.file ?? '') === file);
    const width = Math.max(...own.map((one) => position(one).length));
    const lines = own.map((one) => line(one, width, mendOf(report, one, told), colors));
    return `${colors.underline(printable(file))}\n${lines.join('')}\n`;
  });
  return `${blocks.join('')}${summary(report, colors)}\n`;
}

function line(finding: Finding, width: number, mend: string | undefined, colors: Colors): string {
  const { severity, check, message } = finding;
  const word = severity === 'error' ? colors.red('error  ') : colors.yellow('warning');
  const where = colors.dim(position(finding).padEnd(width));
  const indent = ' '.repeat(width + 4);
  const hint = mend === undefined ? '' : `${indent}${colors.dim(`→ ${mend}`)}\n`;
  return `  ${where}  ${word}  ${printable(message)}  ${colors.dim(check)}\n${hint}`;
}

function position({ place }: Finding): string {
  return place === undefined ? '' : `${place.line}:${place.column}`;
}

/** What to do about it, where no finding before told so. */
function mendOf({ rules }: LintReport, { check }: Finding, told: Set<string>): string | undefined {
  if (told.has(check)) return undefined;
  told.add(check);
  return rules.find(({ id }) => id === check)?.mend;
}

/** `3 files: 1 error, 2 warnings, 1 ignored` */
function summary({ files, findings, ignored }: LintReport, colors: Colors): string {
  const { errors, warnings } = countsOf(findings);
  const count = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`;
  const parts = [
    errors === 0 ? '0 errors' : colors.red(count(errors, 'error')),
    warnings === 0 ? '0 warnings' : colors.yellow(count(warnings, 'warning')),
    ...(ignored.length === 0 ? [] : [`${ignored.length} ignored`]),
  ];
  return `${count(files.length, 'file')}: ${parts.join(', ')}`;
}

/** How many findings of each severity. */
export function countsOf(findings: readonly Finding[]): { errors: number; warnings: number } {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return { errors, warnings: findings.length - errors };
}
