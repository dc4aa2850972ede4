// A request as a curl line that a person can paste; the credential is read from TALLYSTICK_HEADER.

import { type HttpRequest, searchOf } from '../model/http.ts';

/** One line for a POSIX shell. */
export function curlLine(
  base: string,
  { method, path, query, headers, body, bodyFault }: HttpRequest,
): string {
  const names = Object.keys(headers).filter((name) => name !== 'content-type');
  const parts = [
    'curl -sS',
    method === 'GET' ? '' : `-X ${method}`,
    quoted(`${base}${path}${searchOf(query)}`),
    names.length === 0 ? '' : '-H "$TALLYSTICK_HEADER"',
    headers['content-type'] === undefined
      ? ''
      : `-H ${quoted(`content-type: ${headers['content-type']}`)}`,
    body === undefined
      ? ''
      : `--data ${quoted(bodyFault === 'malformed' ? String(body) : JSON.stringify(body))}`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
