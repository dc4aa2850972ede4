// A run as text for a person: one line a check while it goes on, then each violation in full, then the sum.

import pc from 'picocolors';
import type { Exchange, Report, Result, Verdict } from '../conformance/verdict.ts';
import { exercisedShare } from '../conformance/verdict.ts';
import { curlLine } from './curl.ts';

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
export function listLine({ id, verdict, reason }: Result, colors: Colors): string {
  const paint = {
    conforms: colors.green,
    violated: colors.red,
    notExercised: colors.dim,
    flaky: colors.yellow,
  };
  const why = verdict === 'notExercised' || verdict === 'flaky' ? colors.dim(` (${reason})`) : '';
  return `  ${paint[verdict](MARKS[verdict])} ${id}${why}`;
}

/** Every violation with its rule, source, requests and answers, then the counts. */
export function listSummary(report: Report, colors: Colors): string {
  const violated = report.results.filter(({ verdict }) => verdict === 'violated');
  const { conforms, flaky, notExercised } = report.summary;
  const share = Math.round(exercisedShare(report.results) * 100);
  const counts = [
    `${conforms} conform`,
    colors.red(`${violated.length} violated`),
    `${notExercised} not exercised`,
    `${flaky} flaky`,
  ];
  return [
    ...violated.map((result, i) => violation(result, i + 1, report, colors)),
    `${report.api} at ${report.target}: ${counts.join(', ')}`,
    `${report.requests} requests, ${share} % of the rules exercised, seed ${report.seed}`,
    '',
  ].join('\n');
}

function violation(result: Result, number: number, { target }: Report, colors: Colors): string {
  const { id, says, basis, source, place, reason, requests = [] } = result;
  const where = place === undefined ? '' : `\n     at  ${place.file}:${place.line}:${place.column}`;
  return [
    `${colors.red(`${number}) ${id}`)}`,
    `   rule  ${says}`,
    `  ${basis.padStart(5)}  ${source}${where}`,
    `   seen  ${reason}`,
    ...requests
      .slice(-8)
      .flatMap((exchange) => [
        colors.dim(`         ${curlLine(target, exchange.request)}`),
        colors.dim(`         # ${answered(exchange)}`),
      ]),
    '',
  ].join('\n');
}

function answered({ received }: Exchange): string {
  if ('failure' in received) return received.failure;
  const body = received.body === undefined ? '' : ` ${JSON.stringify(received.body)}`;
  return `${received.status}${body.length > 400 ? `${body.slice(0, 400)}...` : body}`;
}
