// A server that writes down every request and answers what it is told to.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json } from '../../src/model/json.ts';

export interface Taken {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

export interface Listener {
  readonly url: string;
  /** What the next requests are answered, in order: a text as it stands, all else as JSON. */
  answers(bodies: readonly (Json | undefined)[]): void;
  /** The next requests wait until there are so many. */
  hold(count: number): void;
  /** The requests since the last time. */
  taken(): Taken[];
  close(): Promise<void>;
}

export async function listen(): Promise<Listener> {
  let taken: Taken[] = [];
  let bodies: (Json | undefined)[] = [];
  let held = 0;
  let waiting: (() => void)[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const headers = request.headers as Record<string, string | undefined>;
    const body = Buffer.concat(chunks).toString('utf8');
    taken.push({ method: request.method ?? '', url: request.url ?? '', headers, body });
    const answer = bodies.shift();
    const send = () =>
      response.end(typeof answer === 'string' ? answer : JSON.stringify(answer ?? {}));
    if (held === 0) return send();
    waiting.push(send);
    if (waiting.length < held) return;
    held = 0;
    for (const next of waiting.splice(0)) next();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    answers(next) {
      bodies = [...next];
    },
    hold(count) {
      held = count;
      waiting = [];
    },
    taken() {
      const all = taken;
      taken = [];
      return all;
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
