// A run as JUnit XML: a suite for each rule, a case for each check.

import type { Report, Result } from '../conformance/verdict.ts';
import { curlBlock } from './curl-block.ts';
import { escaped, sourceOf } from './shown.ts';

/** The report as one XML document. What is known or was not exercised is skipped; what is flaky passes and says so. */
export function junitReport(report: Report): string {
  const suites = new Map<string, Result[]>();
  for (const result of report.results) {
    suites.set(result.rule, [...(suites.get(result.rule) ?? []), result]);
  }
  const counts = countsOf(report.results);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: `tallystick ${report.api}`, ...counts })}>`,
    ...[...suites].map(([rule, results]) => suite(report, rule, results)),
    '</testsuites>',
    '',
  ].join('\n');
}

function countsOf(results: readonly Result[]) {
  const failures = results.filter(isFailure).length;
  const skipped = results.filter((result) => skipOf(result) !== undefined).length;
  return {
    tests: String(results.length),
    failures: String(failures),
    errors: '0',
    skipped: String(skipped),
  };
}

function isFailure({ verdict, known }: Result): boolean {
  return verdict === 'violated' && known === undefined;
}

/** Why the case is skipped; undefined when it isn't. */
function skipOf({ verdict, known, reason }: Result): string | undefined {
  if (verdict === 'notExercised') return reason ?? 'not exercised';
  return known === undefined ? undefined : `known until ${known.until}: ${known.reason}`;
}

function suite(report: Report, rule: string, results: readonly Result[]): string {
  const [{ says, basis }] = results as [Result];
  const { target, seed, ended } = report;
  const run = { target, seed: String(seed), ...(ended === undefined ? {} : { ended }) };
  const properties = { ...run, says, basis };
  return [
    `  <testsuite${attributes({ name: rule, ...countsOf(results) })}>`,
    ...propertiesOf('    ', { ...properties, source: sourceOf(results[0] as Result) }),
    ...results.map((result) => testCase(report, result)),
    '  </testsuite>',
  ].join('\n');
}

function testCase(report: Report, result: Result): string {
  const { id, rule, verdict, reason = '', place, operation } = result;
  const where = place === undefined ? {} : { file: place.file, line: String(place.line) };
  const skip = skipOf(result);
  const inside = [
    ...propertiesOf('      ', {
      operation,
      ...(verdict === 'flaky' ? { flaky: reason } : {}),
    }),
    ...(skip === undefined ? [] : [`      <skipped${attributes({ message: skip })}/>`]),
    ...(isFailure(result)
      ? [
          `      <failure${attributes({ message: reason, type: rule })}>${text(details(report, result))}</failure>`,
        ]
      : []),
    ...(verdict === 'flaky' ? [`      <system-out>${text(`flaky: ${reason}`)}</system-out>`] : []),
    ...(result.known === undefined
      ? []
      : [`      <system-out>${text(details(report, result))}</system-out>`]),
  ];
  const named = attributes({ classname: `${report.api}.${rule}`, name: id, ...where });
  return `    <testcase${named}>\n${inside.join('\n')}\n    </testcase>`;
}

function propertiesOf(indent: string, properties: Readonly<Record<string, string>>): string[] {
  const lines = Object.entries(properties).map(
    ([name, value]) => `${indent}  <property${attributes({ name, value })}/>`,
  );
  return [`${indent}<properties>`, ...lines, `${indent}</properties>`];
}

function details(report: Report, result: Result): string {
  const { says, reason = '', place } = result;
  return [
    says,
    sourceOf(result),
    ...(place === undefined ? [] : [`${place.file}:${place.line}:${place.column}`]),
    reason,
    '',
    curlBlock(report, result),
  ].join('\n');
}

export function attributes(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${attribute(value)}"`)
    .join('');
}

function attribute(value: string): string {
  return text(value)
    .replaceAll('"', '&quot;')
    .replace(/[\t\n]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** The text as XML 1.0 can hold it: what it forbids is shown as `\u0000`. */
export function text(value: string): string {
  return value
    .replace(FORBIDDEN, escaped)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
}

const FORBIDDEN = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu;
