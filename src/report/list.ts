// A run as text for a person: one line a check while it goes on, then each violation in full, then the sum.

import pc from 'picocolors';
import type { Report, Result, Verdict } from '../conformance/verdict.ts';
import { exercisedShare, knownViolations, newViolations } from '../conformance/verdict.ts';
import { adviceOn } from './advice.ts';
import { cleanUpText } from './clean-up.ts';
import { curlBlock } from './curl-block.ts';
import { leftOutText } from './left-out.ts';
import { printable, sourceOf } from './shown.ts';

export type Colors = Omit<typeof pc, 'createColors'>;

/** Colours for a stream: none unless it is a terminal. */
export function colorsFor(stream: { readonly isTTY?: boolean | undefined }): Colors {
  return pc.createColors(stream.isTTY === true && process.env['NO_COLOR'] === undefined);
}

const MARKS: Readonly<Record<Verdict, string>> = {
  conforms: '✓',
  violated: '✗',
  notExercised: '-',
  flaky: '~',
};

/** `✓ group.lookup-key-unique/duplicate-create` */
export function listLine({ id, verdict, reason, known }: Result, colors: Colors): string {
  const paint = {
    conforms: colors.green,
    violated: colors.red,
    notExercised: colors.dim,
    flaky: colors.yellow,
  };
  if (known !== undefined)
    return `  ${colors.yellow('!')} ${id}${colors.dim(` (${knownWords(known)})`)}`;
  const isTold = verdict === 'notExercised' || verdict === 'flaky';
  const why = isTold ? colors.dim(` (${printable(reason ?? '')})`) : '';
  return `  ${paint[verdict](MARKS[verdict])} ${id}${why}`;
}

function knownWords({ reason, until }: NonNullable<Result['known']>): string {
  return `known until ${until}: ${printable(reason)}`;
}

/** Every violation with its rule, source, requests and answers, what a baseline says of others, then the counts. */
export function listSummary(report: Report, colors: Colors): string {
  const { results, baseline, summary, shard, leftOut, ended, cleanup } = report;
  const violated = newViolations(results);
  const known = knownViolations(results);
  const share = Math.round(exercisedShare(results) * 100);
  const counts = [
    `${summary.conforms} conform`,
    colors.red(`${violated.length} violated`),
    ...(baseline === undefined && known.length === 0 ? [] : [`${known.length} known`]),
    `${summary.notExercised} not exercised`,
    `${summary.flaky} flaky`,
  ];
  const part = shard === undefined ? '' : `, shard ${shard.index} of ${shard.of}`;
  const advice = adviceOn(report);
  return [
    ...violated.map((result, i) => `${violationText(result, report, colors, `${i + 1}) `)}\n`),
    ...known.map(({ id, known: why }) => `${colors.yellow('!')} ${id}: ${why && knownWords(why)}`),
    ...(baseline?.expired ?? []).map(
      (line) => `${colors.yellow('baseline, expired')}: ${printable(line)}`,
    ),
    ...(baseline?.stale ?? []).map(
      (line) => `${colors.yellow('baseline, stale')}: ${printable(line)}`,
    ),
    ...(ended === undefined ? [] : [`${colors.yellow('ended early')}: ${ended}`]),
    ...(leftOut === undefined ? [] : [leftOutText(leftOut)]),
    ...(advice === undefined ? [] : [`${colors.yellow('look first')}: ${printable(advice)}`]),
    ...(cleanup === undefined ? [] : cleanUpText(cleanup).split('\n').map(printable)),
    `${report.api} at ${report.target}: ${counts.join(', ')}`,
    `${report.requests} requests, ${share} % of the rules exercised, seed ${report.seed}${part}`,
    '',
  ].join('\n');
}

/** What the check holds the server to, what was seen, and the requests; a line each and a block for a shell. */
export function violationText(
  result: Result,
  report: Pick<Report, 'target' | 'seed'>,
  colors: Colors,
  number = '',
): string {
  const { id, says, basis, place, reason } = result;
  const where = place === undefined ? '' : `\n     at  ${place.file}:${place.line}:${place.column}`;
  return [
    `${colors.red(`${number}${id}`)}`,
    `   rule  ${printable(says)}`,
    `  ${basis.padStart(5)}  ${printable(sourceOf(result))}${where}`,
    `   seen  ${printable(reason ?? '')}`,
    ...curlBlock(report, result)
      .split('\n')
      .map((line) => colors.dim(`         ${printable(line)}`)),
  ].join('\n');
}
