// What several reports show in the same words: answers, expectations, places and files.

import { relative, sep } from 'node:path';
import type { Exchange, Result } from '../conformance/verdict.ts';
import { searchOf } from '../model/http.ts';
import type { Json } from '../model/json.ts';

/**
 * The text on one line, without what could move a terminal's cursor, begin a command of a CI's log or turn the
 * reading direction: those characters are shown as `\u001b`.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, escaped);
}

/** `\u001b` */
export function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** The text, or so much of it as a report can hold, with how much was left out. */
export function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most)}... (${text.length - most} more)`;
}

/** A body as text: pretty JSON, a text as it came; '' where there is none. */
export function bodyText(body: Json | undefined): string {
  if (body === undefined) return '';
  return typeof body === 'string' ? body : JSON.stringify(body, null, 2);
}

/** `POST /groups?limit=1` */
export function requestLine({ request: { method, path, query } }: Exchange): string {
  return `${method} ${path}${searchOf(query)}`;
}

/** `409 {"code":"already_exists"}`, on one line. */
export function answerLine({ received }: Exchange): string {
  if ('failure' in received) return printable(received.failure);
  const body = received.body === undefined ? '' : ` ${JSON.stringify(received.body)}`;
  return `${received.status}${printable(body.length > 400 ? `${body.slice(0, 400)}...` : body)}`;
}

/** The document that the check comes from; a file is shown from the working folder where it is below it. */
export function sourceOf({ rule, source }: Result): string {
  return rule.startsWith('spec.') ? shownFile(source) : source;
}

/** The path from the working folder, with forward slashes; as it is where the file is elsewhere. */
function shownFile(file: string): string {
  const path = relative(process.cwd(), file) || file;
  return (path.startsWith('..') ? file : path).split(sep).join('/');
}

/** Where a result belongs: the rule's line in the contract, or the spec as a whole; undefined when neither is known. */
export function placeOf({ place, rule, source }: Result) {
  if (place !== undefined) return { ...place, file: shownFile(place.file) };
  const isFile = rule.startsWith('spec.') && /\.(ya?ml|json)$/i.test(source);
  return isFile ? { file: shownFile(source) } : undefined;
}

const LONGEST_REASON = 2000;
const CONTRASTS = [
  /^(?:(?<what>.*?): )?expected (?<expected>.+), got (?<received>.+)$/s,
  /^(?:answered |the media type is )?(?<received>.*), documented is (?<expected>.+)$/s,
  /^(?:(?<what>.*?): )?(?<expected>.+) does not hold \((?<received>.*)\)$/s,
];

/** What was expected beside what came, where the reason says both; undefined where it does not. */
export function contrastOf({ reason = '' }: Result) {
  for (const pattern of CONTRASTS) {
    const { expected, received } = pattern.exec(cut(reason, LONGEST_REASON))?.groups ?? {};
    if (expected !== undefined && received !== undefined) return { expected, received };
  }
  return undefined;
}
