// Cross-origin access to the APIs: a page on another port is their first user. The admin API has none of it.

import type { IncomingHttpHeaders } from 'node:http';
import type { HttpResponse } from '../model/http.ts';

const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS';
const SHOWN =
  'allow, content-length, date, location, preference-applied, retry-after, x-tallystick-rule';

/** On every answer of an API: name, value, name, value. */
export const CORS_HEADERS: readonly string[] = [
  'access-control-allow-origin',
  '*',
  'access-control-expose-headers',
  SHOWN,
];

/** The answer to a preflight; browsers send no credentials with one, so none are asked for. */
export function preflight(headers: IncomingHttpHeaders): HttpResponse {
  const asked = headers['access-control-request-headers'];
  return {
    status: 204,
    headers: {
      allow: METHODS,
      'access-control-allow-methods': METHODS,
      'access-control-allow-headers': asked ?? 'authorization, content-type, prefer, x-api-key',
      'access-control-max-age': '600',
      vary: 'access-control-request-headers',
    },
  };
}
