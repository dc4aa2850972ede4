// A request off the wire -> HttpRequest, plain data. Tolerates what can't be decoded: it is kept as text.

import type { IncomingMessage } from 'node:http';
import type { HttpRequest } from '../model/http.ts';
import type { Body } from './body.ts';

const NO_QUERY: ReadonlyMap<string, readonly string[]> = new Map();

/** The request; `request.url` is below the API's base path, as Express leaves it for a mounted handler. */
export function toRequest(request: IncomingMessage, body: Body): HttpRequest {
  const [path, query] = splitTarget(request.url ?? '/');
  const method = request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET');
  return {
    method,
    path,
    query: query === '' ? NO_QUERY : parseQuery(query),
    headers: plainHeaders(request),
    ...body,
  };
}

/** Path and query (without `?`) of a request target; of a whole URL (RFC 9112, 3.2.2) too. */
export function splitTarget(target: string): [path: string, query: string] {
  const local = target.startsWith('/')
    ? target
    : target.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i, '');
  const mark = local.indexOf('?');
  const path = mark < 0 ? local : local.slice(0, mark);
  return [path.startsWith('/') ? path : `/${path}`, mark < 0 ? '' : local.slice(mark + 1)];
}

/** The values of each key, in the order they were sent. Never throws. */
export function parseQuery(text: string): Map<string, string[]> {
  const query = new Map<string, string[]>();
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const key = decode(equals < 0 ? pair : pair.slice(0, equals));
    const value = equals < 0 ? '' : decode(pair.slice(equals + 1));
    const known = query.get(key);
    if (known === undefined) query.set(key, [value]);
    else known.push(value);
  }
  return query;
}

function decode(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

/** Node joins repeated headers itself, all but `set-cookie`, which no request has a use for. */
function plainHeaders({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  if (headers['set-cookie'] === undefined) return headers as Record<string, string>;
  return {
    ...(headers as Record<string, string>),
    'set-cookie': headers['set-cookie'].join(', '),
  };
}
