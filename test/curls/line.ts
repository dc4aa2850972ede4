// A request as one curl line of a POSIX shell, and such a line back as a request. The two know one small
// part of curl between them, and nothing else of it is understood.

import { type HttpRequest, searchOf } from '../../src/model/http.ts';

/** What the lines call the server. */
export const URL_NAME = 'TALLYSTICK_URL';

/** One line; `mount` is where the API stands below the server, such as `/flexprice/v1`. */
export function lineOf(mount: string, { method, path, query, headers, body }: HttpRequest): string {
  return [
    'curl -sS -i',
    ...(method === 'GET' ? [] : [`-X ${method}`]),
    `"$${URL_NAME}${mount}${path}${searchOf(query)}"`,
    ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(body === undefined ? [] : [`--data ${quoted(JSON.stringify(body))}`]),
  ].join(' ');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

export interface Line {
  readonly method: string;
  /** Below the server: `/flexprice/v1/groups`. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

const QUOTED = String.raw`'(?:[^']|'\\'')*'`;
const LINE = new RegExp(
  [
    '^curl -sS -i(?: -X (POST|PUT|PATCH|DELETE))?',
    String.raw` "\$${URL_NAME}(/[^\s"$\\\x60]*)"`,
    `((?: -H ${QUOTED})*)(?: --data (${QUOTED}))?$`,
  ].join(''),
);

/** What the line asks for. Throws for a line that `lineOf` would not write. */
export function parseLine(text: string): Line {
  const [found, method = 'GET', target = '', headers = '', data] = LINE.exec(text) ?? [];
  if (found === undefined) throw new Error(`no line that can be read: ${text}`);
  const fields = [...headers.matchAll(new RegExp(` -H (${QUOTED})`, 'g'))].map(([, field = '']) =>
    fieldOf(unquoted(field)),
  );
  return {
    method,
    target,
    headers: Object.fromEntries(fields),
    ...(data === undefined ? {} : { body: unquoted(data) }),
  };
}

function unquoted(text: string): string {
  return text.slice(1, -1).replaceAll("'\\''", "'");
}

function fieldOf(text: string): [name: string, value: string] {
  const colon = text.indexOf(': ');
  if (colon < 1) throw new Error(`no header: ${text}`);
  return [text.slice(0, colon), text.slice(colon + 2)];
}
