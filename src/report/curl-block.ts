// A violation as a block for a POSIX shell: pasted into sh, it repeats the requests from nothing against the same
// server. It needs curl and sed; ids are read from the answers, and values that must be new are new.

import type { Exchange, Report, Result } from '../conformance/verdict.ts';
import { type Group, grouped } from './curl-group.ts';
import { senderName, senders } from './curl-senders.ts';
import {
  bodyPieces,
  type Capture,
  type Piece,
  pathTexts,
  provenanceOf,
  RUN,
  type Sent,
} from './provenance.ts';
import { comment, nameOf, shellWord, wordOf } from './shell.ts';
import { answerLine, printable, sourceOf } from './shown.ts';

/** Sends one request with the headers that come in, and prints the answer and its status. */
const ASK = `ask() { curl -sS -H @- -H 'accept: application/json' -w '\\n%{http_code}\\n' "$@"; }`;

/** pick KEY N: the N-th value of that key in the answer that comes in. On one line, so that it may be indented. */
const PICK = `pick() { sed -n -e ':all' -e '$!{' -e 'N' -e 'b all' -e '}' -e 's/[[:space:]]/ /g' \\
  -e 's/"'"$1"'" *: */<here>/'"$2" -e '/<here>/!d' -e 's/.*<here>//' -e '/^"/!s/[],} ].*//' -e 's/^"\\([^"]*\\)".*/\\1/' -e 'p'; }`;

/** A value as it stands in a URL. */
const ENCODE = `encode() { sed ${[...'% !"#$&\'()*+,/:;<=>?@']
  .map((char) => {
    const code = `%${char.charCodeAt(0).toString(16).toUpperCase()}`;
    return `-e ${shellWord(`s|${'$*'.includes(char) ? `[${char}]` : char}|${code}|g`)}`;
  })
  .join(' ')}; }`;

/**
 * The block, with a closing newline. A result without requests has none, so '' comes back. What comes before the
 * violation in the run, other than the records that it shares, is not repeated.
 */
export function curlBlock(
  { target, seed }: Pick<Report, 'target' | 'seed'>,
  result: Result,
): string {
  const exchanges = [...(result.setup ?? []), ...(result.requests ?? [])];
  if (exchanges.length === 0) return '';
  const from = provenanceOf(exchanges, seed);
  const groups = grouped(exchanges, from, seed);
  const urls = exchanges.map(({ request }, i) => urlOf(request, from.sentBy(i))).join(' ');
  const requests = groups.flatMap((group) => [
    ...requestLines(group, from.sentBy(group.first)),
    ...from.capturesFrom(group.first).flatMap((capture) => captureLines(capture, urls)),
  ]);
  const tools = [ASK, PICK, ENCODE].filter((tool) => isUsed(tool, requests));
  return [
    ...heading(result),
    '(',
    `BASE=\${BASE:-${shellWord(target.replace(/\/+$/, ''))}}`,
    'RUN=$(date +%s)$$',
    ...senders(exchanges, seed),
    ...tools,
    ...requests,
    ')',
    comment(`Look at the last answer: ${result.reason ?? result.says}`),
    '',
  ].join('\n');
}

function heading(result: Result): string[] {
  const { id, says, basis, reason } = result;
  return [
    comment(id),
    comment(`Should be: ${says} (${basis}: ${sourceOf(result)})`),
    comment(`Was: ${reason ?? 'otherwise'}`),
    comment('Needs curl and sed, and the credential as "name: value" in TALLYSTICK_HEADER.'),
  ];
}

function isUsed(tool: string, lines: readonly string[]): boolean {
  const name = tool.slice(0, tool.indexOf('('));
  return lines.some((line) => line.includes(`| ${name} `) || line.includes(`| ${name})`));
}

function requestLines({ first, exchanges }: Group, from: Sent): string[] {
  const [exchange] = exchanges;
  if (exchange === undefined) return [];
  const many = exchanges.length;
  const { request, operation } = exchange;
  const race = exchange.race === true;
  const last = many === 1 ? '' : `-${first + many}`;
  const times = many === 1 ? '' : `, ${many} times${race ? ' at once' : ''}`;
  const title = `== ${first + 1}${last}. ${request.method} ${urlOf(request, from)}`;
  const what = `${operation === undefined ? '' : ` (${operation})`}${times}`;
  const sent = `${senderName(exchange.by)} | ask`;
  return [
    ...pauseLines(exchange),
    ...nulNote(exchange),
    `printf '\\n%s\\n' "${title}"${what === '' ? '' : shellWord(printable(what))}`,
    ...(race
      ? [`${sent} ${raceFlags(many)} ${argumentsOf(exchange, from, `#[1-${many}]`)}`]
      : loop(`A=$(${sent} ${argumentsOf(exchange, from)}); printf '%s\\n' "$A"`, many)),
    ...answersIn(exchanges).map((answer) => comment(`  answered ${answer}`)),
  ];
}

/** What the run was answered: each answer once. */
function answersIn(exchanges: readonly Exchange[]): string[] {
  if (exchanges.length === 1) return exchanges.map(answerLine);
  const statuses = exchanges.map(({ received }) =>
    'failure' in received ? received.failure : String(received.status),
  );
  return [...new Set(statuses)].map(
    (status) => `${status}, ${statuses.filter((other) => other === status).length} times`,
  );
}

function pauseLines({ paused = 0 }: Exchange): string[] {
  return paused === 0 ? [] : [`sleep ${Math.ceil(paused / 1000)}`];
}

function nulNote({ request: { body, bodyFault } }: Exchange): string[] {
  const hasNul = bodyFault === 'malformed' && String(body).includes('\0');
  return hasNul ? [comment('The body had a NUL, which no shell can pass on: it is left out.')] : [];
}

/** One curl for all of them: many would begin one after the other. Only the statuses are printed. */
function raceFlags(many: number): string {
  return `--no-progress-meter --parallel --parallel-immediate --parallel-max ${many} -o /dev/null`;
}

function loop(line: string, many: number): string[] {
  if (many === 1) return [line];
  const turns = Array.from({ length: many }, (_, i) => i + 1).join(' ');
  return ['ALL=$RUN', `for i in ${turns}; do`, '  RUN=$ALL$i', `  ${line}`, 'done', 'RUN=$ALL'];
}

/** Reads the value from the answer; one that a URL can't hold as it is gets a variable for that, too. */
function captureLines({ name, key, nth }: Capture, urls: string): string[] {
  const isInUrl = urls.includes(`\${${name}_url}`);
  return [
    `${name}=$(printf '%s\\n' "$A" | pick ${key} ${nth})`,
    ...(isInUrl ? [`${name}_url=$(printf '%s\\n' "$${name}" | encode)`] : []),
  ];
}

function isEncoded({ value }: Capture): boolean {
  return inUrlText(String(value)) !== String(value);
}

/** The arguments for curl; `fragment` is not sent, but makes curl repeat the request. */
function argumentsOf(exchange: Exchange, from: Sent, fragment = ''): string {
  const { request } = exchange;
  const type = request.headers['content-type'];
  return [
    ...(request.method === 'GET' ? [] : [`-X ${request.method}`]),
    `"$BASE${urlOf(request, from)}${fragment}"`,
    ...(type === undefined ? [] : [`-H ${shellWord(`content-type: ${type}`)}`]),
    ...(request.body === undefined ? [] : [`--data-raw ${wordOf(bodyPieces(request, from))}`]),
  ].join(' ');
}

/** Path and query, for within double quotes. */
function urlOf({ path, query }: Exchange['request'], from: Sent): string {
  const part = (text: string) => from.pieces(text).map(urlPiece).join('');
  const pairs = [...query].flatMap(([name, values]) =>
    values.map((value) => `${part(name)}=${part(value)}`),
  );
  const segments = pathTexts(path).map(part);
  return `${segments.join('/')}${pairs.length === 0 ? '' : `?${pairs.join('&')}`}`;
}

function urlPiece(piece: Piece): string {
  if (typeof piece === 'string') return inUrlText(piece);
  const suffix = piece !== RUN && isEncoded(piece) ? '_url' : '';
  return `\${${nameOf(piece)}${suffix}}`;
}

/** As it stands in a URL, and within double quotes: nothing that a shell reads is left. */
function inUrlText(text: string): string {
  // Half a surrogate pair, which a server may send, is no text that a URL could hold.
  return encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd')).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
