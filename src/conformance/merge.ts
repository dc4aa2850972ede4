// The reports of all shards -> the report of the whole run.

import { UsageError } from '../model/usage-error.ts';
import { isTraffic } from './traffic.ts';
import {
  type CleanUp,
  type Report,
  type Result,
  type Shard,
  summarize,
  type Verdict,
} from './verdict.ts';

/** A report with the name under which a message speaks of it: its file. */
export interface NamedReport {
  readonly name: string;
  readonly report: Report;
}

/** The worst comes first: what one shard saw broken is broken. */
const WORST_FIRST: readonly Verdict[] = ['violated', 'flaky', 'conforms', 'notExercised'];

/**
 * One report for all. A single report of a whole run is itself. Throws UsageError when the reports are not
 * exactly the shards of one run, with everything that is wrong.
 */
export function mergeReports(named: readonly NamedReport[]): Report {
  const [first] = named;
  if (first === undefined) throw new UsageError('no report to merge');
  const { api, target, seed, shard, leftOut } = first.report;
  if (named.length === 1 && shard === undefined) return first.report;
  const mistakes = [...disagreements(named, first), ...gaps(named)];
  if (mistakes.length > 0) throw new UsageError(mistakes);
  const results = mergedResults(named, shard?.planned ?? 0);
  return {
    api,
    target,
    seed,
    requests: named.reduce((sum, { report }) => sum + report.requests, 0),
    summary: summarize(results),
    results,
    ...(leftOut === undefined ? {} : { leftOut }),
    ...cleanUpOf(named),
  };
}

/** What became of all shards' records; nothing when none had to clean up. */
function cleanUpOf(named: readonly NamedReport[]): Pick<Report, 'cleanup'> {
  const [first, ...others] = named.flatMap(({ report: { cleanup } }) => cleanup ?? []);
  if (first === undefined) return {};
  return { cleanup: others.reduce(bothOf, first) };
}

function bothOf(a: CleanUp, b: CleanUp): CleanUp {
  const names = new Set([...Object.keys(a.noDelete), ...Object.keys(b.noDelete)]);
  const ledger = [a.ledger, b.ledger].filter((file) => file !== undefined).join(', ');
  return {
    ...a,
    requests: a.requests + b.requests,
    answers: a.answers + b.answers,
    removed: a.removed + b.removed,
    gone: a.gone + b.gone,
    noDelete: Object.fromEntries(
      [...names].map((name) => [name, (a.noDelete[name] ?? 0) + (b.noDelete[name] ?? 0)]),
    ),
    refused: [...a.refused, ...b.refused],
    unknown: a.unknown + b.unknown,
    ...(ledger === '' ? {} : { ledger }),
  };
}

function disagreements(named: readonly NamedReport[], first: NamedReport): string[] {
  return named
    .slice(1)
    .flatMap(({ name, report }) =>
      (['api', 'target', 'seed'] as const)
        .filter((key) => report[key] !== first.report[key])
        .map(
          (key) =>
            `${name}: ${key} is ${report[key]}, in ${first.name} it is ${first.report[key]}: not one run`,
        ),
    );
}

/** What keeps the reports from being shards 1 to n, each once. */
function gaps(named: readonly NamedReport[]): string[] {
  const of = named.find(({ report }) => report.shard !== undefined)?.report.shard?.of ?? 0;
  const seen = new Map<number, string>();
  const mistakes = named.flatMap(({ name, report: { shard } }) => {
    if (shard === undefined) return [`${name}: is the report of a whole run, no shard of one`];
    if (shard.of !== of) return [`${name}: is shard ${said(shard)}, the others are of ${of}`];
    const earlier = seen.get(shard.index);
    seen.set(shard.index, name);
    return earlier === undefined ? [] : [`${name}: is shard ${said(shard)}, and so is ${earlier}`];
  });
  const missing = Array.from({ length: of }, (_, i) => i + 1).filter((index) => !seen.has(index));
  return [...mistakes, ...missing.map((index) => `shard ${index}/${of} is missing`)];
}

function said({ index, of }: Shard): string {
  return `${index}/${of}`;
}

/** What every shard judged is merged, all else must be in one shard alone. */
function mergedResults(named: readonly NamedReport[], planned: number): Result[] {
  const found = new Map<string, Result[]>();
  for (const { report } of named) {
    for (const result of report.results) {
      found.set(result.id, [...(found.get(result.id) ?? []), result]);
    }
  }
  const doubled = [...found].filter(([, { length }]) => length !== 1 && length !== named.length);
  const isWhole = named.every(({ report }) => report.shard?.planned === planned);
  if (doubled.length > 0 || !isWhole) {
    throw new UsageError(
      'the shards are parts of different plans: were they run with another --only, --basis or contract?',
    );
  }
  const results = [...found.values()].flatMap((results) => worst(results) ?? []);
  const lost = planned - results.filter((result) => !isTraffic(result)).length;
  if (lost > 0) {
    throw new UsageError(
      `${lost} of ${planned} planned checks are in no shard: was one interrupted?`,
    );
  }
  return results;
}

function worst(results: readonly Result[]): Result | undefined {
  for (const verdict of WORST_FIRST) {
    const found = results.find((result) => result.verdict === verdict);
    if (found !== undefined) return found;
  }
  return undefined;
}
