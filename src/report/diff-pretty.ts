// A diff as text for a person: what breaks first, one change with all its operations, then what it does here.

import type { Change } from '../diff/change.ts';
import { type DiffReport, levelCounts } from '../diff/diff.ts';
import type { Colors } from './list.ts';
import { printable } from './shown.ts';

export const LEVELS: readonly (readonly [level: Change['level'], title: string])[] = [
  ['breaking-request', 'Breaking for requests'],
  ['breaking-response', 'Breaking for responses'],
  ['warning', 'Depends on the caller'],
  ['compatible', 'Compatible'],
];

/** One change of a schema that several operations share. */
export interface Grouped {
  readonly change: Change;
  readonly operations: readonly string[];
  readonly touches: readonly string[];
}

/** Changes of one kind at one place, as one. */
export function grouped(changes: readonly Change[]): Grouped[] {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const { id, old, new: now, message, field, operation } = change;
    const news = message.replace(/^("[^"]*" of )?the body( of \w+)? /, '');
    const key = JSON.stringify([id, old, now, news, field === undefined ? operation : '']);
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups.values()].map((all) => ({
    change: all.reduce((a, b) => ((b.field ?? '').length < (a.field ?? '').length ? b : a)),
    operations: [...new Set(all.map(({ operation }) => operation))].filter((id) => id !== ''),
    touches: [...new Set(all.flatMap(({ touches }) => touches ?? []))],
  }));
}

/** The changes by level, their effects, and the counts. */
export function diffPretty(report: DiffReport, colors: Colors): string {
  const blocks = LEVELS.flatMap(([level, title]) => {
    const groups = grouped(report.changes.filter((change) => change.level === level));
    if (groups.length === 0) return [];
    return [
      `${painted(level, title, colors)}\n${groups.map((group) => lines(group, colors)).join('')}`,
    ];
  });
  if (report.effects.length > 0) {
    const effects = report.effects.map(({ on, name, says }) => printable(`${on} ${name}: ${says}`));
    blocks.push(
      `${colors.bold('What it does here')}\n${effects.map((line) => `  ${line}\n`).join('')}`,
    );
  }
  return [...blocks, `${summary(report)}\n`].join('\n');
}

function painted(level: Change['level'], title: string, colors: Colors): string {
  if (level === 'compatible') return colors.bold(title);
  return colors.bold(level === 'warning' ? colors.yellow(title) : colors.red(title));
}

const MOST_NAMED = 4;

function lines({ change, operations, touches }: Grouped, colors: Colors): string {
  const { id, message, place } = change;
  const head = operations.length === 0 ? '' : `${named(operations)}: `;
  const where = place === undefined ? '' : ` ${place.file}:${place.line}`;
  const spoken = touches.filter((touch) => touch.startsWith('rule '));
  const touched = spoken.length === 0 ? '' : `    ${colors.dim(`→ ${printable(named(spoken))}`)}\n`;
  return `  ${printable(head + message)}  ${colors.dim(id + where)}\n${touched}`;
}

function named(all: readonly string[]): string {
  const more = all.length - MOST_NAMED;
  return all.slice(0, MOST_NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** `2 breaking (1 for requests, 1 for responses), 0 warnings, 3 compatible` */
export function summary(report: DiffReport): string {
  const counts = levelCounts(report);
  const [requests, responses] = [counts['breaking-request'], counts['breaking-response']];
  const warnings = `${counts.warning} ${counts.warning === 1 ? 'warning' : 'warnings'}`;
  const breaking = `${requests + responses} breaking (${requests} for requests, ${responses} for responses)`;
  const effects =
    report.effects.length === 0
      ? ''
      : `, ${report.effects.length} ${report.effects.length === 1 ? 'effect' : 'effects'} here`;
  return `${report.old} → ${report.new}: ${breaking}, ${warnings}, ${counts.compatible} compatible${effects}`;
}
