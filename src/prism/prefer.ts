// What a client prefers of an answer that Prism makes (RFC 7240): `Prefer: code=404, example=gone, dynamic=true,
// seed=5`, or Prism's own `?__code=404` where there is no such header.

import type { HttpRequest } from '../model/http.ts';

export interface Preferences {
  readonly code?: number;
  /** The name of an example in the document. */
  readonly example?: string;
  /** Whether the answer is made up from its schema, in place of an example. */
  readonly dynamic?: boolean;
  /** What a made-up answer is made from: the same seed gives the same answer. */
  readonly seed?: string;
}

const NAMES = ['code', 'example', 'dynamic', 'seed'] as const;
type Name = (typeof NAMES)[number];

/** The preferences; in words what is wrong with them, where they can't be understood. Others are ignored. */
export function preferencesOf({ headers, query }: HttpRequest): Preferences | string {
  const { prefer } = headers;
  const stated = prefer === undefined ? inQuery(query) : inHeader(prefer);
  const { code, dynamic, example, seed } = Object.fromEntries(stated) as Partial<
    Record<Name, string>
  >;
  if (code !== undefined && !/^[1-5]\d\d$/.test(code)) {
    return `the preference code=${code} must be a status of three digits, such as code=404`;
  }
  if (dynamic !== undefined && dynamic !== 'true' && dynamic !== 'false') {
    return `the preference dynamic=${dynamic} must be dynamic=true or dynamic=false`;
  }
  if (example === '') return 'the preference example must name an example, such as example=gone';
  if (seed === '') return 'the preference seed must have a value, such as seed=5';
  return {
    ...(code === undefined ? {} : { code: Number(code) }),
    ...(example === undefined ? {} : { example }),
    ...(dynamic === undefined ? {} : { dynamic: dynamic === 'true' }),
    ...(seed === undefined ? {} : { seed }),
  };
}

/** The value of `Preference-Applied`; undefined where nothing was asked that the answer keeps to. */
export function appliedText(asked: Preferences, status: number): string | undefined {
  const { code, example, dynamic, seed } = asked;
  const applied = [
    code === status ? `code=${code}` : '',
    // An example that is named is shown, whatever else is asked.
    example === undefined ? '' : `example=${quoted(example)}`,
    dynamic === undefined || (dynamic && example !== undefined) ? '' : `dynamic=${dynamic}`,
    seed === undefined || dynamic !== true || example !== undefined ? '' : `seed=${quoted(seed)}`,
  ].filter((text) => text !== '');
  return applied.length === 0 ? undefined : applied.join(', ');
}

/** The first of each name counts (RFC 7240, 2). */
function inHeader(text: string): Map<Name, string> {
  const stated = new Map<Name, string>();
  for (const preference of split(text, ',')) {
    const [pair = ''] = split(preference, ';');
    const equals = pair.indexOf('=');
    const word = (equals < 0 ? pair : pair.slice(0, equals)).trim().toLowerCase();
    const name = NAMES.find((known) => known === word);
    if (name === undefined || stated.has(name)) continue;
    stated.set(name, equals < 0 ? '' : unquoted(pair.slice(equals + 1).trim()));
  }
  return stated;
}

function inQuery(query: HttpRequest['query']): Map<Name, string> {
  return new Map(
    NAMES.flatMap((name): [Name, string][] => {
      const value = query.get(`__${name}`)?.at(-1);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** Cut at the mark, but not within a quoted string. */
function split(text: string, mark: ',' | ';'): string[] {
  const parts = [''];
  let isQuoted = false;
  for (let i = 0; i < text.length; i++) {
    const sign = text[i] ?? '';
    const last = parts.length - 1;
    if (isQuoted && sign === '\\') parts[last] += sign + (text[++i] ?? '');
    else if (sign === mark && !isQuoted) parts.push('');
    else {
      if (sign === '"') isQuoted = !isQuoted;
      parts[last] += sign;
    }
  }
  return parts;
}

function unquoted(text: string): string {
  const isQuoted = text.length > 1 && text.startsWith('"') && text.endsWith('"');
  return isQuoted ? text.slice(1, -1).replace(/\\(.)/g, '$1') : text;
}

function quoted(text: string): string {
  return /^[!#$%&'*+.^_`|~\w-]+$/.test(text)
    ? text
    : `"${text.replace(/[^\x20-\x7e]/g, '?').replace(/["\\]/g, '\\$&')}"`;
}
