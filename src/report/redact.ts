// Credentials never leave the process: what was sent as one is *** wherever it comes back, in headers, bodies,
// reasons and messages.

import type { Exchange, Received, Report, Result } from '../conformance/verdict.ts';
import type { HttpRequest } from '../model/http.ts';
import { isObject, type Json } from '../model/json.ts';

const HIDDEN = '***';

/** Headers that say nothing secret; all others are shown by name only. */
const PLAIN = new Set([
  'accept',
  'content-type',
  'content-length',
  'user-agent',
  'x-environment-id',
]);

/** A shorter secret is hidden only where it stands as a word of its own, or `test` would be taken out of `latest`. */
const LONG = 8;

/** What is shorter still keeps nobody out, and hiding `one` would garble what is said. */
const SHORTEST = 4;

/** A server may nest its answer so deep that nothing could print it. */
const DEEPEST = 200;

/** Headers as a report may show them. */
export function redacted(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      PLAIN.has(name.toLowerCase()) ? value : HIDDEN,
    ]),
  );
}

/** A text with every secret in it hidden. */
export type Hide = (text: string) => string;

/** Hides the values of these headers, but plain ones, in the forms in which a server may send them back. */
export function hiding(
  ...headers: readonly (Readonly<Record<string, string>> | undefined)[]
): Hide {
  const secrets = headers.flatMap((some) =>
    Object.entries(some ?? {}).flatMap(([name, value]) => secretsIn(name.toLowerCase(), value)),
  );
  const forms = [...new Set(secrets.flatMap(formsOf))].sort((a, b) => b.length - a.length);
  if (forms.length === 0) return (text) => text;
  const pattern = new RegExp(forms.map(patternOf).join('|'), 'gi');
  return (text) => text.replace(pattern, HIDDEN);
}

/** The value, and the part of it that is the credential: behind a scheme, in a cookie, in Basic's base64. */
function secretsIn(name: string, value: string): string[] {
  if (PLAIN.has(name) || value.trim() === '') return [];
  const whole = value.trim();
  if (name === 'cookie') {
    return [whole, ...whole.split(';').map((pair) => pair.slice(pair.indexOf('=') + 1).trim())];
  }
  const [, scheme, token] = /^(\w+)\s+(\S.*)$/.exec(whole) ?? [];
  if (scheme === undefined || token === undefined) return [whole];
  if (scheme.toLowerCase() !== 'basic') return [whole, token];
  const decoded = Buffer.from(token, 'base64').toString('utf8');
  return [whole, token, decoded, decoded.slice(decoded.indexOf(':') + 1)];
}

function formsOf(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const html = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const base64 = Buffer.from(secret).toString('base64');
  return [
    secret,
    json,
    json.replaceAll('/', '\\/'),
    JSON.stringify(json).slice(1, -1),
    html,
    encodeURIComponent(secret),
    new URLSearchParams({ '': secret }).toString().slice(1),
    ...(secret.length < LONG ? [] : [base64, base64.replace(/=+$/, '')]),
  ].filter((form) => form.length >= SHORTEST);
}

function patternOf(form: string): string {
  const literal = form.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  return form.length < LONG ? `(?<![A-Za-z0-9])${literal}(?![A-Za-z0-9])` : literal;
}

/** The result as a report may show it. */
export function withoutSecrets(result: Result, hide: Hide): Result {
  const { reason, requests, setup } = result;
  return {
    ...result,
    ...(reason === undefined ? {} : { reason: hide(reason) }),
    ...(requests === undefined ? {} : { requests: requests.map((item) => hidden(item, hide)) }),
    ...(setup === undefined ? {} : { setup: setup.map((item) => hidden(item, hide)) }),
  };
}

/** The whole report as it may be shown. */
export function hiddenReport(report: Report, hide: Hide): Report {
  const { results, cleanup } = report;
  return {
    ...report,
    results: results.map((result) => withoutSecrets(result, hide)),
    ...(cleanup === undefined
      ? {}
      : {
          cleanup: {
            ...cleanup,
            refused: cleanup.refused.map((item) => ({ ...item, reason: hide(item.reason) })),
          },
        }),
  };
}

function hidden(exchange: Exchange, hide: Hide): Exchange {
  return {
    ...exchange,
    request: hiddenRequest(exchange.request, hide),
    received: hiddenAnswer(exchange.received, hide),
  };
}

function hiddenRequest(request: HttpRequest, hide: Hide): HttpRequest {
  const { path, query, headers, body } = request;
  return {
    ...request,
    path: hide(path),
    query: new Map([...query].map(([name, values]) => [name, values.map(hide)])),
    headers: redacted(headers),
    ...(body === undefined ? {} : { body: hiddenJson(body, hide) }),
  };
}

function hiddenAnswer(received: Received, hide: Hide): Received {
  if ('failure' in received) return { failure: hide(received.failure) };
  const headers = Object.entries(received.headers).map(([name, value]) => [
    hide(name),
    name === 'set-cookie' ? HIDDEN : hide(value),
  ]);
  const { body } = received;
  return {
    ...received,
    headers: Object.fromEntries(headers),
    ...(body === undefined ? {} : { body: hiddenJson(body, hide) }),
  };
}

/** The value with its texts, keys and numbers hidden where they are secrets; cut off where it is absurdly deep. */
function hiddenJson(value: Json, hide: Hide, depth = 0): Json {
  if (typeof value === 'string') return hide(value);
  if (typeof value === 'number') return hide(String(value)) === HIDDEN ? HIDDEN : value;
  if (depth > DEEPEST) return '(deeper)';
  if (Array.isArray(value)) return value.map((item) => hiddenJson(item, hide, depth + 1));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [hide(key), hiddenJson(item, hide, depth + 1)]),
  );
}
