// A diff for machines and for pull requests: JSON, JUnit, annotations of GitHub, Markdown.

import { isBreaking } from '../diff/change.ts';
import { type DiffReport, levelCounts } from '../diff/diff.ts';
import { changeKinds } from '../diff/kinds.ts';
import { grouped, LEVELS, summary } from './diff-pretty.ts';
import { command } from './github.ts';
import { attributes, text } from './junit.ts';

/** The report as one JSON text; `version` grows when a reader of an earlier one would be wrong. */
export function diffJson(report: DiffReport): string {
  const { old, new: now, changes, effects } = report;
  const whole = { version: 1, old, new: now, summary: levelCounts(report), changes, effects };
  return `${JSON.stringify(whole, null, 2)}\n`;
}

function isBroken({ level }: DiffReport['effects'][number]): boolean {
  return level === 'broken';
}

/** One suite: what breaks, or no longer holds, fails; everything else passes. */
export function diffJunit(report: DiffReport): string {
  const { changes, effects } = report;
  const failures = changes.filter(isBreaking).length + effects.filter(isBroken).length;
  const counts = {
    tests: String(Math.max(1, changes.length + effects.length)),
    failures: String(failures),
  };
  const one = (name: string, isFailure: boolean, type: string, message: string) => {
    const inside = isFailure
      ? `<failure${attributes({ message, type })}/>`
      : `<system-out>${text(message)}</system-out>`;
    return `    <testcase${attributes({ classname: type, name })}>${inside}</testcase>`;
  };
  const name = `${report.old} to ${report.new}`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="tallystick diff">',
    `  <testsuite${attributes({ name, ...counts, errors: '0', skipped: '0' })}>`,
    ...changes.map((change) =>
      one(
        `${change.operation} ${change.message}`.trim(),
        isBreaking(change),
        change.id,
        change.message,
      ),
    ),
    ...effects.map(({ on, name: whose, says, level }) =>
      one(`${on} ${whose}: ${says}`, level === 'broken', on, says),
    ),
    ...(changes.length + effects.length === 0
      ? [one('no changes', false, 'diff', 'no changes')]
      : []),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

/** An annotation for each change that is not compatible, and for whatever no longer holds. */
export function diffGithub({ changes, effects }: DiffReport): string {
  const told = grouped(changes.filter(({ level }) => level !== 'compatible'));
  const lines = told.map(({ change, operations }) => {
    const whose = operations.length === 0 ? '' : `${operations.join(', ')}: `;
    const level = isBreaking(change) ? 'error' : 'warning';
    return command(level, { ...placeOf(change.place), title: change.id }, whose + change.message);
  });
  const lost = effects.map(({ on, name, says, place, level }) =>
    command(
      level === 'broken' ? 'error' : 'notice',
      { ...placeOf(place), title: `${on} ${name}` },
      says,
    ),
  );
  return [...lines, ...lost].join('');
}

function placeOf(
  place: { file: string; line: number; column: number } | undefined,
): Record<string, string> {
  if (place === undefined) return {};
  return { file: place.file, line: String(place.line), col: String(place.column) };
}

/** Tables, for a pull request or the notes of a release. */
export function diffMarkdown(report: DiffReport): string {
  const parts = LEVELS.flatMap(([level, title]) => {
    const groups = grouped(report.changes.filter((change) => change.level === level));
    if (groups.length === 0) return [];
    const rows = groups.map(({ change, operations, touches }) => [
      plain(operations.join(', ')),
      plain(change.message),
      `\`${change.id}\``,
      plain(touches.filter((touch) => touch.startsWith('rule ')).join(', ')),
    ]);
    return [`### ${title}`, '', table(['operation', 'change', 'kind', 'rules'], rows), ''];
  });
  const effects = report.effects.map(({ on, name, says }) => [plain(`${on} ${name}`), plain(says)]);
  const lost =
    effects.length === 0 ? [] : ['### What it does here', '', table(['what', 'why'], effects), ''];
  return [`## ${plain(summary(report))}`, '', ...parts, ...lost].join('\n');
}

/** Every kind of change, as the docs show them. */
export function changeKindsTable(): string {
  const rows = changeKinds.map(({ id, level, says }) => [`\`${id}\``, level, says]);
  return `${table(['kind', 'level', 'what it means'], rows)}\n`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** What is a name or a value in the documents is no markup here. */
function plain(words: string): string {
  return words
    .replaceAll(/[\r\n]+/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_[\]|~@]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
