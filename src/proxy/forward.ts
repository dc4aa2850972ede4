// One request to the target, byte for byte: bodies are streams on their way and are never unpacked or parsed.

import type { IncomingMessage } from 'node:http';
import type { Dispatcher } from 'undici';
import { passedOn } from './headers.ts';

export interface Way {
  /** The target's base URL. */
  readonly target: string;
  /** Sent with every request, in place of the client's own of these names. */
  readonly headers: Readonly<Record<string, string>>;
  /** How long the target may take to begin its answer, in milliseconds. */
  readonly timeout: number;
  /** undici's own when undefined. */
  readonly dispatcher: Dispatcher | undefined;
}

export interface Upstream {
  readonly status: number;
  /** Name, value, name, value, as they came. */
  readonly headers: readonly string[];
  readonly body: AsyncIterable<Uint8Array>;
}

/** Sends the request on, to the path below the target's own. Rejects when there is no answer. */
export async function forward(
  request: IncomingMessage,
  path: string,
  body: AsyncIterable<Uint8Array> | undefined,
  { target, headers, timeout, dispatcher }: Way,
  signal: AbortSignal,
): Promise<Upstream> {
  const { getGlobalDispatcher } = await import('undici');
  const { origin, pathname } = new URL(target);
  const own = Object.entries(headers).flat();
  const answer = await (dispatcher ?? getGlobalDispatcher()).request({
    origin,
    // As it was sent: a URL would take `..` and `//` for something else.
    path: pathname.replace(/\/+$/, '') + path,
    method: (request.method ?? 'GET') as Dispatcher.HttpMethod,
    headers: [...passedOn(request.rawHeaders, ['host', ...Object.keys(headers)]), ...own],
    body: body === undefined ? null : (body as never),
    headersTimeout: timeout,
    // A stream of events may be silent for long.
    bodyTimeout: 0,
    responseHeaders: 'raw',
    signal,
  });
  const raw = answer.headers as unknown as readonly (string | Buffer)[];
  const texts = raw.map((text) => (typeof text === 'string' ? text : text.toString('latin1')));
  return { status: answer.statusCode, headers: passedOn(texts), body: answer.body };
}

/** Whether the request brings a body. */
export function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers['content-length'];
  return headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}

/** Why there is no answer, in words. */
export function failureOf(error: Error & { code?: string }): string {
  const cause = error.cause as (Error & { code?: string }) | undefined;
  const code = error.code ?? cause?.code ?? '';
  // What the libraries call their errors says less than their words.
  return /^(UND_ERR_|HPE_|$)/.test(code) ? error.message : code;
}
