// A mock on a real port for the vendors' own clients, and what they really send to it.

import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { type RunningMock, startMock } from '../../src/server/start.ts';
import { ROOT } from '../http/mock.ts';

export const contractOf = (api: string) => join(ROOT, 'contracts', `${api}.yaml`);

/** One mock of that API for the tests of a file. */
export function served(api: string): { readonly url: string } {
  let running: RunningMock | undefined;
  beforeAll(async () => {
    running = await startMock({ apis: [{ contract: contractOf(api) }] });
  });
  afterAll(() => running?.close());
  return {
    get url() {
      return running?.apis[api] ?? '';
    },
  };
}

let keys = 0;

/** A key that nobody has used: a tenant of its own. */
export const freshKey = () => `key-${keys++}`;

/** What went over the wire. */
export interface Wire {
  /** As in `POST /groups 201`, without the API's base path. */
  readonly sent: string[];
  readonly fetch: typeof fetch;
}

export function wire(base: string): Wire {
  const sent: string[] = [];
  return {
    sent,
    async fetch(input, init) {
      const request = new Request(input, init);
      const answer = await fetch(request);
      sent.push(`${request.method} ${request.url.slice(base.length)} ${answer.status}`);
      return answer;
    },
  };
}

/** What the call was refused with, after one request unless told. */
export async function refusalOf<E extends Error>(
  { sent }: Wire,
  kind: abstract new (...args: never[]) => E,
  call: PromiseLike<unknown>,
  requests = 1,
): Promise<E> {
  const before = sent.length;
  const error = await call.then(
    (answer) => expect.fail(`accepted: ${JSON.stringify(answer)}`),
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(kind);
  expect(sent.slice(before)).toHaveLength(requests);
  return error as E;
}
