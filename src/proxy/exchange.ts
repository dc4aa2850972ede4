// One exchange through the proxy: let in, sent on, passed back, and judged before the last of it goes out.

import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Broken } from '../conformance/traffic.ts';
import { type HttpResponse, mediaType } from '../model/http.ts';
import { problem } from '../model/problem.ts';
import { bodyKind } from '../spec/contents.ts';
import { Copy, noted } from './body.ts';
import { failureOf, forward, hasBody, type Upstream, type Way } from './forward.ts';
import { plainHeaders } from './headers.ts';
import type { Judge, Visit } from './judge.ts';

export interface PassOptions {
  readonly judge: Judge;
  readonly way: Way;
  /** Whether what breaks the contract is answered with an error in its place. */
  readonly errors: boolean;
}

/** What became of a request. */
export interface Outcome {
  readonly status: number;
  readonly broken: readonly Broken[];
  /** Whether the document has such an operation. */
  readonly isKnown: boolean;
  /** Why the target gave no answer; absent when it did, or was not asked. */
  readonly failure?: string;
}

/** The failure that is not the target's. */
export const CLIENT_GONE = 'the client went away';

/** Passes the request on and the answer back. Never rejects. */
export async function pass(
  request: IncomingMessage,
  response: ServerResponse,
  { judge, way, errors }: PassOptions,
): Promise<Outcome> {
  const visit = judge.begin(request);
  const isKnown = visit.match !== undefined;
  const gone = new AbortController();
  response.on('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  try {
    const sent = new Copy();
    let body = hasBody(request) ? noted(request, sent) : undefined;
    if (errors) {
      const chunks = body === undefined ? [] : await held(body, sent);
      const refusal = await judge.refusal(visit, sent);
      if (refusal !== undefined) {
        judge.end(visit);
        request.resume();
        answer(response, refusal.response);
        return { status: refusal.response.status, broken: refusal.broken, isKnown };
      }
      if (body !== undefined) body = joined(chunks, body);
    }
    const upstream = await forward(request, pathOf(request), body, way, gone.signal);
    const broken = await new Return(response, upstream, judge, visit, sent).send(errors);
    return { status: response.statusCode, broken, isKnown };
  } catch (error) {
    judge.end(visit);
    const failure = gone.signal.aborted ? CLIENT_GONE : failureOf(error as Error);
    if (response.headersSent) response.destroy();
    else answer(response, problem(502, 'No answer', `the target gives no answer: ${failure}`));
    return { status: response.statusCode, broken: [], isKnown, failure };
  }
}

/** The answer on its way back. */
class Return {
  readonly #response: ServerResponse;
  readonly #upstream: Upstream;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #copy = new Copy();
  readonly #judged: () => Promise<Broken[]>;

  constructor(
    response: ServerResponse,
    upstream: Upstream,
    judge: Judge,
    visit: Visit,
    sent: Copy,
  ) {
    this.#response = response;
    this.#upstream = upstream;
    this.#headers = plainHeaders(upstream.headers);
    const about = { status: upstream.status, headers: this.#headers };
    this.#judged = () => judge.judge(visit, about, { sent, answered: this.#copy });
  }

  /** Sends it, and says what it breaks. */
  async send(errors: boolean): Promise<Broken[]> {
    const isJson = bodyKind(mediaType(this.#headers['content-type'])) === 'json';
    const source = noted(this.#upstream.body, this.#copy);
    if (!isJson) return this.#stream(source);
    if (!errors) return this.#withLastHeld(source);
    const chunks = await held(source, this.#copy);
    if (!this.#copy.isWhole) return this.#stream(joined(chunks, source));
    const broken = await this.#judged();
    if (broken.length > 0) answer(this.#response, violated(broken));
    else {
      this.#begin();
      for (const chunk of chunks) await this.#write(chunk);
      this.#response.end();
    }
    return broken;
  }

  /** What is no JSON goes through as it comes; its body is not judged. */
  async #stream(source: AsyncGenerator<Uint8Array>): Promise<Broken[]> {
    const { status } = this.#upstream;
    const first = await source.next();
    // An answer without a body is over when its head is there.
    const early = first.done === true || status === 204 ? await this.#judged() : undefined;
    this.#begin();
    this.#response.flushHeaders();
    if (first.done !== true) {
      await this.#write(first.value);
      for await (const chunk of source) await this.#write(chunk);
    }
    const broken = early ?? (await this.#judged());
    this.#response.end();
    return broken;
  }

  /** Nobody has the whole answer, and asks again, before it was judged. */
  async #withLastHeld(source: AsyncGenerator<Uint8Array>): Promise<Broken[]> {
    let last: Uint8Array | undefined;
    for await (const chunk of source) {
      if (last === undefined) this.#begin();
      else await this.#write(last);
      last = chunk;
    }
    const broken = await this.#judged();
    if (last === undefined) this.#begin();
    else await this.#write(last);
    this.#response.end();
    return broken;
  }

  #begin(): void {
    this.#response.sendDate = false;
    this.#response.writeHead(this.#upstream.status, [...this.#upstream.headers]);
  }

  async #write(chunk: Uint8Array): Promise<void> {
    const response = this.#response;
    if (response.destroyed) throw new Error(CLIENT_GONE);
    if (response.write(chunk)) return;
    const done = new AbortController();
    const { signal } = done;
    const either = [once(response, 'drain', { signal }), once(response, 'close', { signal })];
    await Promise.race(either).catch(() => undefined);
    done.abort();
    await Promise.allSettled(either);
  }
}

/** The chunks, as long as they are not too many to be kept. */
async function held(source: AsyncGenerator<Uint8Array>, copy: Copy): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  for (let next = await source.next(); next.done !== true; next = await source.next()) {
    chunks.push(next.value);
    if (!copy.isWhole) break;
  }
  return chunks;
}

async function* joined(
  chunks: readonly Uint8Array[],
  rest: AsyncGenerator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* chunks;
  yield* rest;
}

/** As it was sent, without the host of a whole URL. */
function pathOf({ url = '/' }: IncomingMessage): string {
  const local = url.startsWith('/') ? url : url.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i, '');
  return local.startsWith('/') ? local : `/${local}`;
}

function answer(response: ServerResponse, { status, headers, body }: HttpResponse): void {
  if (response.destroyed) return;
  const text = JSON.stringify(body);
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

function violated(broken: readonly Broken[]): HttpResponse {
  const detail = broken.map(({ id, reason }) => `${id}: ${reason}`).join('; ');
  return problem(502, 'The answer breaks the contract', detail, {
    violations: broken.map(({ id, reason }) => ({ id, reason })),
  });
}
