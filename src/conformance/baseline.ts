// Violations that are known and accepted for a time, each with a reason: they are shown, and fail no run.

import { readYaml } from '../contract/positions.ts';
import type { Place } from '../model/finding.ts';
import { isObject, type Json } from '../model/json.ts';
import { didYouMean } from '../model/suggest.ts';
import { UsageError } from '../model/usage-error.ts';
import { globTest } from './plan.ts';
import { type BaselineNotes, type Report, type Result, summarize } from './verdict.ts';

export interface BaselineEntry {
  /** The id of a check; `*` stands for anything. */
  readonly check: string;
  readonly reason: string;
  /** The last day on which it counts, as in UTC: `2026-12-31`. */
  readonly until: string;
}

/** What `baselineText` writes for a reason; an entry that still says so is refused. */
export const NO_REASON = 'say why this is accepted';

const KEYS = ['check', 'reason', 'until'] as const;
const DAYS = 30;

/** The entries of a YAML or JSON text. Throws UsageError with every mistake and where it stands. */
export function readBaseline(text: string, file: string): BaselineEntry[] {
  const yaml = readYaml(text, file);
  if (!Array.isArray(yaml.value)) {
    throw new UsageError(`${file}: must be a list of { check, reason, until }`);
  }
  const mistakes: string[] = [];
  const entries = (yaml.value as Json[]).map((entry, i) => {
    const tell = (key: string | undefined, what: string) =>
      mistakes.push(`${at(yaml.place(key === undefined ? [i] : [i, key]))} ${what}`);
    return entryOf(entry, tell);
  });
  if (mistakes.length > 0) throw new UsageError(mistakes);
  return entries;
}

function at({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`;
}

function entryOf(
  entry: Json,
  tell: (key: string | undefined, what: string) => void,
): BaselineEntry {
  const fields = isObject(entry) ? entry : {};
  const text = (key: (typeof KEYS)[number]) => {
    const value = fields[key];
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
    tell(key in fields ? key : undefined, `${key} is missing: an entry needs ${KEYS.join(', ')}`);
    return '';
  };
  for (const key of Object.keys(fields)) {
    if ((KEYS as readonly string[]).includes(key)) continue;
    tell(key, `"${key}" is not known${didYouMean(key, KEYS, true)}`);
  }
  const read = { check: text('check'), reason: text('reason'), until: text('until') };
  if (read.reason.toLowerCase() === NO_REASON) tell('reason', `${read.check} has no reason yet`);
  if (read.until !== '' && !isDay(read.until)) {
    tell('until', `until ${read.until} is no day: say it like 2026-12-31`);
  }
  return read;
}

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(time) && dayOf(time) === text;
}

/** The day of a time, in UTC. */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** The result, known if it is a violation that an entry names whose last day is not over. */
export function withKnown(
  result: Result,
  entries: readonly BaselineEntry[],
  today: string,
): Result {
  if (result.verdict !== 'violated') return result;
  const entry = entries.find(({ check, until }) => until >= today && globTest(check)(result.id));
  if (entry === undefined) return result;
  return { ...result, known: { reason: entry.reason, until: entry.until } };
}

/** The report with its known violations marked; `isWhole` says that a check which it lacks does not exist. */
export function withBaseline(
  report: Report,
  entries: readonly BaselineEntry[],
  today: string,
  isWhole: boolean,
): Report {
  const results = report.results.map((result) => withKnown(result, entries, today));
  const { expired, stale } = notesOn(report.results, entries, today, isWhole);
  // What conforms in one shard may be violated in another: the merged report can tell.
  const baseline = { expired, stale: report.shard === undefined ? stale : [] };
  return { ...report, results, summary: summarize(results), baseline };
}

function notesOn(
  results: readonly Result[],
  entries: readonly BaselineEntry[],
  today: string,
  isWhole: boolean,
): BaselineNotes {
  const expired: string[] = [];
  const stale: string[] = [];
  for (const { check, until } of entries) {
    const matches = globTest(check);
    const verdicts = new Set(results.filter(({ id }) => matches(id)).map(({ verdict }) => verdict));
    const isBroken = verdicts.has('violated') || verdicts.has('flaky');
    if (verdicts.size === 0 && isWhole) stale.push(`${check}: there is no such check`);
    else if (verdicts.has('conforms') && !isBroken) stale.push(`${check}: conforms now`);
    else if (until < today) expired.push(`${check}: was accepted until ${until}`);
  }
  return { expired, stale };
}

/** A baseline of the violations, as YAML: known ones as they are, each new one for 30 days and without a reason yet. */
export function baselineText(results: readonly Result[], now: number): string {
  const until = dayOf(now + DAYS * 24 * 60 * 60 * 1000);
  const entries = results
    .filter(({ verdict }) => verdict === 'violated')
    .map(({ id, known }) => ({ check: id, ...(known ?? { reason: NO_REASON, until }) }));
  const lines = entries.map(
    ({ check, reason, until }) =>
      `- check: ${JSON.stringify(check)}\n  reason: ${JSON.stringify(reason)}\n  until: ${until}\n`,
  );
  const head = '# Violations that are accepted for a time. An entry counts once it has a reason.\n';
  return `${head}${lines.length === 0 ? '[]\n' : lines.join('')}`;
}
