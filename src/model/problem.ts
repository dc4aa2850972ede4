// Answers that say why there is no other (RFC 9457).

import type { HttpResponse } from './http.ts';
import type { Json, JsonObject } from './json.ts';

/** An `application/problem+json` answer. */
export function problem(
  status: number,
  title: string,
  detail: string,
  more: JsonObject = {},
): HttpResponse {
  const body: Record<string, Json> = { type: 'about:blank', ...more, title, status, detail };
  return { status, headers: { 'content-type': 'application/problem+json; charset=utf-8' }, body };
}
