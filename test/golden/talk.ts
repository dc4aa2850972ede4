// Talks to a fresh mock in this process, whose clock stands at T0 until it is moved: what is asked and
// what is answered can then be written down literally. The requests of each API are in its own folder.

import { fileURLToPath } from 'node:url';
import type { Profile } from '../../src/contract/contract.ts';
import { loadContract } from '../../src/contract/load.ts';
import { hooksOf, type Playable, playable } from '../../src/mock/playable.ts';
import type { BodyFault, HttpRequest } from '../../src/model/http.ts';
import type { Json } from '../../src/model/json.ts';
import { kinds } from '../../src/rules/index.ts';
import { type InProcessOptions, inProcess } from '../../src/testing/in-process.ts';

export const T0 = '2026-03-02T09:15:30.000Z';

/** What the tests look at in an answer's body; nothing of it is promised to be there. */
export interface Body {
  readonly [field: string]: unknown;
  readonly id: string;
  readonly items: readonly Body[];
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body;
  /** Whether the request changed anything in the store. */
  readonly wrote: boolean;
}

export interface Extras {
  /** The API key, `key-a` unless told; null sends none. */
  readonly key?: string | null;
  readonly environment?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A body that could not be read, in place of one. */
  readonly bodyFault?: BodyFault;
}

/** Who asks without a key, who is another than the usual caller, and a body that is no JSON. */
export const NO_KEY = { key: null };
export const STRANGER = { key: 'key-b' };
export const UNREADABLE = { bodyFault: 'malformed' } as const;

/** What is no bearer token that anybody has. */
export const NO_BEARER_TOKEN: readonly Extras[] = [
  { key: null },
  { key: '' },
  { key: null, headers: { 'x-api-key': 'key-a' } },
  { key: null, headers: { authorization: 'Basic a2V5LWE6' } },
  { key: null, headers: { authorization: 'key-a' } },
];

type Ask = (path: string, body?: Json, extras?: Extras) => Promise<Answer>;
type Look = (path: string, extras?: Extras) => Promise<Answer>;

export interface Talk {
  /** Moves the clock there. */
  at(time: string): void;
  ask(method: string, path: string, body?: Json, extras?: Extras): Promise<Answer>;
  readonly get: Look;
  readonly delete: Look;
  readonly post: Ask;
  readonly put: Ask;
}

/** The contract of that name, ready to be played, for each profile; loaded once. */
export function apisOf(name: string): (profile?: Profile) => Playable {
  const file = fileURLToPath(new URL(`../../contracts/${name}.yaml`, import.meta.url));
  const loaded = new Map<Profile, Playable>();
  return (profile = 'documented') => {
    const known = loaded.get(profile);
    if (known !== undefined) return known;
    const contract = loadContract(file, kinds, profile);
    const api = playable(contract, hooksOf(contract, kinds));
    loaded.set(profile, api);
    return api;
  };
}

/** A conversation with a mock of that API, which starts with the fixture. */
export function converse(
  api: Playable,
  credential: (key: string) => Record<string, string>,
  fixture?: InProcessOptions['fixture'],
): Talk {
  let now = Date.parse(T0);
  const { send, state } = inProcess(api, {
    seed: 1,
    now: () => now,
    ...(fixture === undefined ? {} : { fixture }),
  });
  const ask: Talk['ask'] = async (method, path, body, extras = {}) => {
    const before = state.version;
    const answer = await send(requestOf(method, path, body, extras, credential));
    const wrote = state.version !== before;
    return { ...answer, body: answer.body as unknown as Body, wrote };
  };
  return {
    at(time) {
      now = Date.parse(time);
    },
    ask,
    get: (path, extras) => ask('GET', path, undefined, extras),
    delete: (path, extras) => ask('DELETE', path, undefined, extras),
    post: (path, body, extras) => ask('POST', path, body, extras),
    put: (path, body, extras) => ask('PUT', path, body, extras),
  };
}

function requestOf(
  method: string,
  target: string,
  body: Json | undefined,
  extras: Extras,
  credential: (key: string) => Record<string, string>,
) {
  const { key = 'key-a', environment, headers = {}, bodyFault } = extras;
  const [path = '', search = ''] = target.split('?');
  const query = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(search)) {
    query.set(name, [...(query.get(name) ?? []), value]);
  }
  const request: HttpRequest = {
    method,
    path,
    query,
    headers: {
      'content-type': 'application/json',
      ...(key === null ? {} : credential(key)),
      ...(environment === undefined ? {} : { 'x-environment-id': environment }),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
    ...(bodyFault === undefined ? {} : { bodyFault }),
  };
  return request;
}

/** The ids on a page of a list, in its order. */
export const ids = (answer: Answer) => answer.body.items.map(({ id }) => id);
