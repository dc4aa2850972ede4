// HttpResponse -> the wire, in one write.

import type { ServerResponse } from 'node:http';
import type { HttpResponse } from '../model/http.ts';

/** Sends the answer with further headers (name, value, name, value, ...); its body not, to a HEAD. */
export function reply(
  to: ServerResponse,
  { status, headers, body }: HttpResponse,
  further: readonly string[] = [],
  isHead = false,
): void {
  if (to.writableEnded || to.destroyed) return;
  const sent = [...further];
  for (const name in headers) sent.push(name, headers[name] ?? '');
  if (body === undefined) {
    if (status !== 204 && status !== 304) sent.push('content-length', '0');
    to.writeHead(status, sent);
    to.end();
    return;
  }
  const isText = typeof body === 'string' && !(headers['content-type'] ?? '').includes('json');
  const text = isText ? body : JSON.stringify(body);
  sent.push('content-length', String(Buffer.byteLength(text)));
  to.writeHead(status, sent);
  to.end(isHead ? undefined : text);
}

/** A JSON answer of the server itself, outside any API. */
export function json(
  status: number,
  body: HttpResponse['body'],
  more: HttpResponse['headers'] = {},
): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...more },
    ...(body === undefined ? {} : { body }),
  };
}
