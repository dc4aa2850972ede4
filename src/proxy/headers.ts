// Which headers go through, and what they say of who asks.

import type { Contract } from '../contract/contract.ts';
import { cookiesOf } from '../mock/cookies.ts';
import type { HttpRequest } from '../model/http.ts';

/** Of one connection only (RFC 9110, 7.6.1), and those by which the two ends agree on how bodies are sent. */
const OF_THE_HOP = new Set([
  'connection',
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Name, value, name, value: those that go on to the other side, as they were written and as often. */
export function passedOn(raw: readonly string[], dropped: readonly string[] = []): string[] {
  const named = valuesOf(raw, 'connection').flatMap((value) => value.split(','));
  const left = new Set([...dropped, ...named].map((name) => name.trim().toLowerCase()));
  return pairsOf(raw)
    .filter(([name]) => !OF_THE_HOP.has(name.toLowerCase()) && !left.has(name.toLowerCase()))
    .flat();
}

/** By lower-case name; what is sent several times is one text with commas. */
export function plainHeaders(raw: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of pairsOf(raw)) {
    const key = name.toLowerCase();
    const known = Object.hasOwn(headers, key) ? `${headers[key]}, ` : '';
    Object.defineProperty(headers, key, {
      value: known + value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return headers;
}

function pairsOf(raw: readonly string[]): [string, string][] {
  return raw.flatMap((name, i): [string, string][] =>
    i % 2 === 0 ? [[name, raw[i + 1] ?? '']] : [],
  );
}

function valuesOf(raw: readonly string[], wanted: string): string[] {
  return pairsOf(raw).flatMap(([name, value]) => (name.toLowerCase() === wanted ? [value] : []));
}

export interface Caller {
  /** The same for requests with the same credentials in the same environment. */
  readonly name: string;
  /** What must be in no report: name -> value. */
  readonly secrets: Readonly<Record<string, string>>;
  /** What a report says of the request's headers: by whom, where, and in which type. */
  readonly headers: Readonly<Record<string, string>>;
}

const ALWAYS_SECRET = ['authorization', 'cookie', 'proxy-authorization', 'x-api-key', 'api-key'];

/** Who sends the request, as far as its credentials say. */
export function callerOf(contract: Contract, { headers, query }: HttpRequest): Caller {
  const stated = contract.spec.operations.flatMap(({ credentials }) => credentials);
  const secrets: Record<string, string> = {};
  for (const name of [...ALWAYS_SECRET, ...namesOf(stated, 'header')]) {
    const value = headers[name];
    if (value !== undefined) secrets[name] = value;
  }
  for (const name of namesOf(stated, 'query')) {
    const value = query.get(name)?.at(-1);
    if (value !== undefined) secrets[`${name} in the query`] = value;
  }
  for (const name of namesOf(stated, 'cookie')) {
    const value = cookiesOf(headers['cookie']).get(name)?.at(-1);
    if (value !== undefined) secrets[`${name} in a cookie`] = value;
  }
  const environment = contract.callers.environment?.header.toLowerCase();
  const told = ['content-type', environment ?? '', ...Object.keys(secrets)];
  return {
    name: JSON.stringify([secrets, headers[environment ?? ''] ?? '']),
    secrets,
    headers: Object.fromEntries(
      told.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])),
    ),
  };
}

function namesOf(
  stated: readonly { readonly name: string; readonly in: string }[],
  where: string,
): string[] {
  const names = stated.filter((one) => one.in === where).map(({ name }) => name);
  return [...new Set(where === 'header' ? names.map((name) => name.toLowerCase()) : names)];
}
