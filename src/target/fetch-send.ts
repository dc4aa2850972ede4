// `Send` over the network, for servers we know nothing about: time-outs, a cap on what is read, and
// patience with 429. It follows no redirects and keeps no connection state of its own.

import { pause } from '../conformance/pause.ts';
import {
  type HttpRequest,
  type HttpResponse,
  mediaType,
  type Send,
  searchOf,
} from '../model/http.ts';
import { depth, type Json } from '../model/json.ts';

export interface FetchOptions {
  /** In milliseconds; for one request, body included. */
  readonly timeout?: number;
  /** How often a 429 is waited out before it counts as an answer. */
  readonly patience?: number;
  /** Waited for before each request goes out. */
  readonly pace?: () => Promise<void>;
  /** How requests go out: through a proxy, say; Node's own unless given. */
  readonly fetch?: typeof fetch;
  /** Nothing is waited out any more once it is aborted. */
  readonly signal?: AbortSignal | undefined;
}

/** No answer of an API under test is read beyond this many bytes. */
export const MOST_BYTES = 4 * 1024 * 1024;
/** No JSON that nests deeper is taken for JSON. */
const MOST_LEVELS = 200;
const LONGEST_WAIT = 30_000;

/** Sends below the base URL. Rejects when there is no answer, with what the network said. */
export function fetchSend(base: string, options: FetchOptions = {}): Send {
  const { patience = 5, signal, pace } = options;
  return async (request) => {
    for (let tries = 0; ; tries++) {
      await pace?.();
      const response = await once(base, request, options);
      const isLast = tries >= patience || signal?.aborted === true;
      if (response.status !== 429 || isLast) return response;
      await pause(waitOf(response, tries), signal);
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

async function once(
  base: string,
  request: HttpRequest,
  { timeout = 10_000, fetch: send = fetch }: FetchOptions,
): Promise<HttpResponse> {
  const raw = request.bodyFault === 'malformed';
  const { body: json } = request;
  const body = json === undefined ? undefined : raw ? String(json) : JSON.stringify(json);
  const url = `${base.replace(/\/+$/, '')}${request.path}${searchOf(request.query)}`;
  return within(timeout, async (signal) => {
    const answer = await send(url, {
      method: request.method,
      headers: { accept: 'application/json', ...request.headers },
      redirect: 'manual',
      signal,
      ...(body === undefined ? {} : { body }),
    });
    const bytes = await bytesOf(answer);
    return {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      ...bodyOf(bytes, answer),
    };
  });
}

/**
 * What the work gives; a failure in words when that takes longer. The signal alone is not enough: an answer whose
 * compression is broken is waited for without end, whatever the signal says.
 */
async function within<Out>(ms: number, work: (signal: AbortSignal) => Promise<Out>): Promise<Out> {
  const late = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise<never>((_, fail) => {
    timer = setTimeout(() => {
      fail(new Error(`no answer within ${ms} ms`));
      late.abort();
    }, ms);
  });
  try {
    return await Promise.race([work(late.signal), end]);
  } catch (error) {
    throw new Error(wordsOf(error as Error));
  } finally {
    clearTimeout(timer);
  }
}

async function bytesOf(answer: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (answer.body ?? []) as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) throw new Error(`the answer is longer than ${MOST_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** JSON where the answer says so and it is; else its text, so that a check can say what is wrong. */
function bodyOf(bytes: Buffer, answer: Response): { body?: Json } {
  if (bytes.length === 0) return {};
  const type = mediaType(answer.headers.get('content-type') ?? undefined);
  if (type !== 'application/json' && !type.endsWith('+json')) return { body: bytes.toString() };
  try {
    // JSON is UTF-8: text that is none has no meaning that all would agree on.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const body = JSON.parse(text) as Json;
    const isDeep = text.length > MOST_LEVELS && depth(body, MOST_LEVELS + 1) > MOST_LEVELS;
    return { body: isDeep ? text : body };
  } catch {
    return { body: bytes.toString() };
  }
}

const UNTRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_/;

function wordsOf(error: Error): string {
  const cause = error.cause as (Error & { code?: string }) | undefined;
  if (cause === undefined) return error.message;
  const { code = '', message } = cause;
  if (UNTRUSTED.test(code)) return `${code}: name the authority that signs it with --ca FILE`;
  // What the libraries call their errors says less than their words.
  return /^(UND_ERR_|HPE_|$)/.test(code) ? message : code;
}
