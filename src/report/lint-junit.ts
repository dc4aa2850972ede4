// Findings as JUnit XML: a suite for each file, a case for each finding, one that passes for a file without any.

import type { LintReport } from '../lint/files.ts';
import type { Finding } from '../model/finding.ts';
import { attributes, text } from './junit.ts';

/** The report as one XML document; only errors fail, what is ignored is skipped. */
export function lintJunit(report: LintReport): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="tallystick lint">',
    ...report.files.map((file) => suite(report, file)),
    '</testsuites>',
    '',
  ].join('\n');
}

function suite({ findings, ignored }: LintReport, file: string): string {
  const isHere = ({ place }: Finding) => place?.file === file;
  const own = findings.filter(isHere);
  const skipped = ignored.filter(({ finding }) => isHere(finding));
  const failures = own.filter(({ severity }) => severity === 'error').length;
  const all = own.length + skipped.length;
  const counts = {
    tests: String(Math.max(1, all)),
    failures: String(failures),
    errors: '0',
    skipped: String(skipped.length),
  };
  return [
    `  <testsuite${attributes({ name: file, ...counts })}>`,
    ...own.map((finding) => testCase(file, finding, failureOf(finding))),
    ...skipped.map(({ finding, reason, until }) =>
      testCase(file, finding, `<skipped${attributes({ message: ignoredWords(reason, until) })}/>`),
    ),
    ...(all === 0 ? [`    <testcase${attributes({ classname: file, name: 'lint' })}/>`] : []),
    '  </testsuite>',
  ].join('\n');
}

/** `until 2027-01-31: the reason` */
export function ignoredWords(reason: string, until: string): string {
  return until === '' ? reason : `until ${until}: ${reason}`;
}

function testCase(file: string, { check, place }: Finding, inside: string): string {
  const line = place?.line ?? 1;
  const named = { classname: file, name: `${check} ${line}:${place?.column ?? 1}` };
  return `    <testcase${attributes({ ...named, file, line: String(line) })}>${inside}</testcase>`;
}

function failureOf({ severity, message, check }: Finding): string {
  if (severity === 'warning') return `<system-out>${text(`warning: ${message}`)}</system-out>`;
  return `<failure${attributes({ message, type: check })}/>`;
}
