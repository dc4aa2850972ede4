// `Send` over the network, for servers we know nothing about: time-outs, a cap on what is read, and
// patience with 429. It follows no redirects and keeps no connection state of its own.

import {
  type HttpRequest,
  type HttpResponse,
  mediaType,
  type Send,
  searchOf,
} from '../model/http.ts';
import type { Json } from '../model/json.ts';

export interface FetchOptions {
  /** In milliseconds; for one request, body included. */
  readonly timeout?: number;
  /** How often a 429 is waited out before it counts as an answer. */
  readonly patience?: number;
  readonly sleep?: (ms: number) => Promise<void>;
}

/** No answer of an API under test is read beyond this many bytes. */
const MOST_BYTES = 16 * 1024 * 1024;
const LONGEST_WAIT = 30_000;

/** Sends below the base URL. Rejects when there is no answer, with what the network said. */
export function fetchSend(base: string, options: FetchOptions = {}): Send {
  const { timeout = 10_000, patience = 5 } = options;
  const sleep = options.sleep ?? ((ms) => new Promise<void>((done) => setTimeout(done, ms)));
  return async (request) => {
    for (let tries = 0; ; tries++) {
      const response = await once(base, request, timeout);
      if (response.status !== 429 || tries >= patience) return response;
      await sleep(waitOf(response, tries));
    }
  };
}

function waitOf({ headers }: HttpResponse, tries: number): number {
  const stated = headers['retry-after'];
  const seconds = Number(stated);
  const until = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(stated ?? '') - Date.now();
  const wait = stated === undefined || Number.isNaN(until) ? 200 * 2 ** tries : until;
  return Math.min(LONGEST_WAIT, Math.max(20, wait));
}

async function once(base: string, request: HttpRequest, timeout: number): Promise<HttpResponse> {
  const raw = request.bodyFault === 'malformed';
  const body =
    request.body === undefined
      ? undefined
      : raw
        ? String(request.body)
        : JSON.stringify(request.body);
  let answer: Response;
  try {
    answer = await fetch(`${base.replace(/\/+$/, '')}${request.path}${searchOf(request.query)}`, {
      method: request.method,
      headers: { accept: 'application/json', ...request.headers },
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout),
      ...(body === undefined ? {} : { body }),
    });
    const text = await readText(answer);
    return {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      ...bodyOf(text, answer),
    };
  } catch (error) {
    throw new Error(wordsOf(error as Error, timeout));
  }
}

async function readText(answer: Response): Promise<string> {
  if (answer.body === null) return '';
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) throw new Error(`the answer is longer than ${MOST_BYTES} bytes`);
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

/** JSON where the answer says so and it is; else its text, so that a check can say what is wrong. */
function bodyOf(text: string, answer: Response): { body?: Json } {
  if (text === '') return {};
  const type = mediaType(answer.headers.get('content-type') ?? undefined);
  if (type !== 'application/json' && !type.endsWith('+json')) return { body: text };
  try {
    return { body: JSON.parse(text) as Json };
  } catch {
    return { body: text };
  }
}

function wordsOf(error: Error, timeout: number): string {
  if (error.name === 'TimeoutError') return `no answer within ${timeout} ms`;
  const cause = error.cause as (Error & { code?: string }) | undefined;
  return cause === undefined ? error.message : (cause.code ?? cause.message);
}
