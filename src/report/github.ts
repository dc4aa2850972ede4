// A run as GitHub shows it: annotations on the contract's lines, and a summary of the step in Markdown.

import {
  exercisedShare,
  knownViolations,
  newViolations,
  type Report,
  type Result,
} from '../conformance/verdict.ts';
import { adviceOn } from './advice.ts';
import { curlBlock } from './curl-block.ts';
import { leftOutText } from './left-out.ts';
import { html } from './markup.ts';
import { cut, placeOf, printable, sourceOf } from './shown.ts';

/** GitHub refuses a summary of more than a mebibyte; the lines around the details need little. */
const MOST_BYTES = 700_000;
const MOST_OF_A_REASON = 600;
const MOST_OF_A_BLOCK = 20_000;
const MOST_LINES = 500;

/** A workflow command for each violation that is new (an error), known (a notice), or flaky (a warning). */
export function githubAnnotations({ results, baseline, ended }: Report): string {
  const flaky = results.filter(({ verdict }) => verdict === 'flaky');
  return [
    ...newViolations(results).map((result) => annotation('error', result, result.reason ?? '')),
    ...flaky.map((result) => annotation('warning', result, `flaky: ${result.reason}`)),
    ...knownViolations(results).map((result) =>
      annotation('notice', result, `known until ${result.known?.until}: ${result.known?.reason}`),
    ),
    ...(ended === undefined ? [] : [command('warning', {}, `ended early: ${ended}`)]),
    ...(baseline?.expired ?? []).map((line) =>
      command('warning', {}, `baseline, expired: ${line}`),
    ),
    ...(baseline?.stale ?? []).map((line) => command('warning', {}, `baseline, stale: ${line}`)),
  ].join('');
}

function annotation(level: string, result: Result, what: string): string {
  const place = placeOf(result);
  const where: Record<string, string> = {};
  if (place !== undefined) where['file'] = place.file;
  if (place !== undefined && 'line' in place) {
    where['line'] = String(place.line);
    where['col'] = String(place.column);
  }
  const text = `${what}\n${result.says}\n${sourceOf(result)}`;
  return command(level, { ...where, title: result.id }, text);
}

/** One workflow command, its properties and text escaped. */
export function command(
  level: string,
  properties: Readonly<Record<string, string>>,
  text: string,
): string {
  const listed = Object.entries(properties)
    .map(([name, value]) => `${name}=${data(value).replaceAll(':', '%3A').replaceAll(',', '%2C')}`)
    .join(',');
  return `::${level}${listed === '' ? '' : ` ${listed}`}::${data(text)}\n`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** The summary of the step, in Markdown that no answer of a server can break out of. */
export function githubSummary(report: Report): string {
  const { api, target, requests, seed, results, summary, leftOut, baseline, ended } = report;
  const fresh = newViolations(results);
  const known = knownViolations(results);
  const share = Math.round(exercisedShare(results) * 100);
  const advice = adviceOn(report);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    `## ${plain(api)} at ${plain(target)}`,
    '',
    line(['conform', 'violated', 'known', 'not exercised', 'flaky', 'rules exercised']),
    line(['---:', '---:', '---:', '---:', '---:', '---:']),
    line(
      [summary.conforms, fresh.length, known.length, summary.notExercised, summary.flaky]
        .map(String)
        .concat(`${share} %`),
    ),
    '',
    `${requests} requests, seed ${seed}${ended === undefined ? '' : `, ended early: ${plain(ended)}`}`,
    '',
    ...(leftOut === undefined ? [] : [leftOutText(leftOut), '']),
    ...(advice === undefined ? [] : [`Look first: ${plain(advice)}`, '']),
    ...detailsOf(report, fresh),
    ...known
      .slice(0, MOST_LINES)
      .map(
        ({ id, known: why }) =>
          `- known until ${why?.until}: ${plain(id)}: ${plain(why?.reason ?? '')}`,
      ),
    ...(baseline?.expired ?? []).map((text) => `- baseline, expired: ${plain(text)}`),
    ...(baseline?.stale ?? []).map((text) => `- baseline, stale: ${plain(text)}`),
    '',
  ].join('\n');
}

/** So many details as fit below the limit, then how many were left out. */
function detailsOf(report: Report, results: readonly Result[]): string[] {
  const told: string[] = [];
  let bytes = 0;
  for (const result of results) {
    const next = details(report, result);
    bytes += Buffer.byteLength(next);
    if (bytes > MOST_BYTES) break;
    told.push(next);
  }
  const left = results.length - told.length;
  return left === 0 ? told : [...told, `… and ${left} more`, ''];
}

function details(report: Report, result: Result): string {
  const { id, says, reason = '', place } = result;
  const where = place === undefined ? '' : ` (${place.file}:${place.line})`;
  return [
    `<details><summary>${plain(id)}: ${plain(cut(reason, MOST_OF_A_REASON))}</summary>`,
    '',
    plain(`${says} ${sourceOf(result)}${where}`),
    '',
    html`<pre>${cut(curlBlock(report, result), MOST_OF_A_BLOCK)}</pre>`.text,
    '',
    '</details>',
    '',
  ].join('\n');
}

/** One line whose every sign that Markdown or HTML could read is a character reference. */
function plain(text: string): string {
  return printable(text).replace(/[^A-Za-z0-9 ]/gu, (sign) => `&#${sign.codePointAt(0)};`);
}
