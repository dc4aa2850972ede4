// Sockets: one that is kept for request after request, and one that is thrown away after a few bytes.

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, encode, firstAnswer, type Message } from './message.ts';

/** No answer may take longer. */
export const MOST_MS = 5_000;

export class NoAnswer extends Error {}

/** A connection that is kept; what goes wrong on it (no answer, two answers) is an Error. */
export class Line {
  readonly #port: number;
  #socket: Socket | undefined;
  #isAsking = false;
  #unasked = false;

  constructor(url: string) {
    this.#port = Number(new URL(url).port);
  }

  /** The answer to the request. Throws NoAnswer when none comes in time. */
  async ask(message: Message): Promise<Answer> {
    const kept = this.#socket;
    try {
      return await this.#once(message);
    } catch (error) {
      // A server may close a connection that it kept, just when it is used again.
      if (!(error instanceof NoAnswer) || kept === undefined) throw error;
      return this.#once(message);
    }
  }

  close(): void {
    this.#socket?.destroy();
    this.#socket = undefined;
  }

  async #once(message: Message): Promise<Answer> {
    this.#socket ??= this.#connect();
    const socket = this.#socket;
    this.#isAsking = true;
    socket.write(encode(message));
    try {
      if (this.#unasked) throw new Error('an answer came that nobody asked for');
      const answer = await answerOn(socket, message.method);
      if (answer.headers.get('connection') === 'close' || socket.destroyed) this.close();
      return answer;
    } catch (error) {
      this.close();
      throw error;
    } finally {
      this.#isAsking = false;
    }
  }

  #connect(): Socket {
    this.#unasked = false;
    const socket = connect(this.#port, '127.0.0.1').on('error', () => undefined);
    return socket.on('data', () => {
      if (!this.#isAsking) this.#unasked = true;
    });
  }
}

function answerOn(socket: Socket, method: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let bytes: Buffer = Buffer.alloc(0);
    const done = (act: () => void) => {
      clearTimeout(timer);
      socket.off('data', onData).off('close', onClose);
      act();
    };
    const onData = (chunk: Buffer) => {
      bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk]);
      try {
        const found = firstAnswer(bytes, method);
        if (found === undefined) return;
        const { answer, rest } = found;
        done(() =>
          rest.length === 0 ? resolve(answer) : reject(new Error('more than one answer came')),
        );
      } catch (error) {
        done(() => reject(error));
      }
    };
    const onClose = () => done(() => reject(new NoAnswer('the connection closed, unanswered')));
    const timer = setTimeout(
      () => done(() => reject(new NoAnswer(`no answer within ${MOST_MS} ms`))),
      MOST_MS,
    );
    socket.on('data', onData).on('close', onClose);
  });
}

/** What is done to a throw-away connection: bytes, pauses, and how it ends. */
export type Move =
  | Buffer
  | string
  | { readonly ms: number }
  /** `end`: no more is sent; `cut`: gone. Without either the server is waited for to close. */
  | 'end'
  | 'cut';

/** Everything that comes back until the server closes; rejects when it doesn't within the time. */
export async function exchange(url: string, moves: readonly Move[], ms = MOST_MS): Promise<Buffer> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1').on('error', () => undefined);
  const parts: Buffer[] = [];
  socket.on('data', (part) => parts.push(part));
  const closed = once(socket, 'close').then(() => true);
  await Promise.race([once(socket, 'connect'), closed]);
  for (const move of moves) {
    if (move === 'end') socket.end();
    else if (move === 'cut') socket.destroy();
    else if (typeof move === 'object' && 'ms' in move) await sleep(move.ms);
    else if (socket.writable) await new Promise((resolve) => socket.write(move, resolve));
  }
  const timer = new AbortController();
  const late = sleep(ms, false, { signal: timer.signal }).catch(() => false);
  const isClosed = await Promise.race([closed, late]);
  timer.abort();
  socket.destroy();
  if (!isClosed) throw new NoAnswer(`the connection was open after ${ms} ms`);
  return Buffer.concat(parts);
}
