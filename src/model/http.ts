// A request and an answer as plain data: no streams, no sockets. The edges (server, fetch) convert.

import type { Json } from './json.ts';

/** What went wrong before a body became JSON; `handle` words it in the API's own error shape. */
export type BodyFault = 'malformed' | 'unsupported' | 'too-large' | 'too-deep' | 'not-finite';

export interface HttpRequest {
  readonly method: string;
  /** The path as it was sent, percent-encoding included, below the API's base path; begins with `/`. */
  readonly path: string;
  /** The last value wins for a key given twice, unless its parameter is declared as an array. */
  readonly query: ReadonlyMap<string, readonly string[]>;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON body; absent when none was sent. */
  readonly body?: Json;
  readonly bodyFault?: BodyFault;
  /** The fields of a form, all of them texts, where the body is one; it counts where the operation takes forms. */
  readonly form?: Json;
  /** The body as it was sent, where its type is a text; it counts where the operation takes texts. */
  readonly text?: string;
}

export interface HttpResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Absent when the answer has no body; a string where `contentType` is not JSON. */
  readonly body?: Json;
}

/** Sends a request and gives the answer; rejects only when there is none (refused, reset, timed out). */
export type Send = (request: HttpRequest) => Promise<HttpResponse>;

/** The query as it stands in a URL: `?a=1&b=2`, or '' when there is none. */
export function searchOf(query: HttpRequest['query']): string {
  const pairs = [...query].flatMap(([name, values]) =>
    values.map((value): [string, string] => [name, value]),
  );
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`;
}

/** The media type of a content-type header without its parameters, lower-case; '' when absent. */
export function mediaType(header: string | undefined): string {
  return (header ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}
