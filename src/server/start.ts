// Starts the mock: contracts in, a listening server out. The library's entry, and the command's.

import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Contract, Profile } from '../contract/contract.ts';
import { loadContract } from '../contract/load.ts';
import { type Env, makeEnv } from '../mock/env.ts';
import { hooksOf, playable, shapeOf } from '../mock/playable.ts';
import { UsageError } from '../model/usage-error.ts';
import { kinds } from '../rules/index.ts';
import { State } from '../state/state.ts';
import { type Fixture, loadFixture, NO_ROWS, seedOf } from '../stores/fixture.ts';
import { LowdbStore } from '../stores/lowdb.ts';
import { MemoryStore } from '../stores/memory.ts';
import type { Durability } from '../stores/store.ts';
import { apiUrls } from './about.ts';
import type { Delay } from './api.ts';
import { makeApp } from './app.ts';
import { type Log, SILENT } from './log.ts';
import type { Served } from './play.ts';
import { serverOf } from './prototypes.ts';
import { keepFresh, type Loaded } from './reload.ts';
import type { Watched } from './watch.ts';

export interface ApiOptions {
  /** The contract's file. */
  readonly contract: string;
  /** Gives the contract, in place of the file, and the rows that every tenant starts with. */
  readonly load?: () => { readonly contract: Contract; readonly rows: Fixture };
  /** The fixture's file; every tenant starts with nothing when absent. */
  readonly fixture?: string;
}

export interface MockOptions {
  readonly apis: readonly ApiOptions[];
  /** 0, the default, picks a free one. */
  readonly port?: number;
  /** 127.0.0.1 when absent. */
  readonly host?: string;
  /** Where records are kept, a folder for each API; they are kept nowhere when absent. */
  readonly dataDir?: string;
  readonly profile?: Profile;
  /** Secret -> name of its tenant; any non-empty secret is a tenant of its own when absent. */
  readonly keys?: ReadonlyMap<string, string>;
  readonly adminToken?: string;
  readonly durability?: Durability;
  /** Bytes of journal after which the readable files are rewritten even under load. */
  readonly compactAt?: number;
  readonly seed?: number;
  /** The clock stands still at this time, in milliseconds; it runs when absent. */
  readonly clock?: number;
  readonly delay?: Delay;
  /** Whether an edit of a contract, spec or fixture is served at once. */
  readonly watch?: boolean;
  readonly log?: Log;
  /** Hears the URL once the server listens; until this is done and records are read back, it answers 503. */
  readonly onListening?: (url: string) => void | Promise<void>;
}

export interface RunningMock {
  /** `http://127.0.0.1:4620` */
  readonly url: string;
  /** API -> its base URL. */
  readonly apis: Readonly<Record<string, string>>;
  /** Stops within a second; what was answered is kept. */
  close(): Promise<void>;
}

/** How long requests that are being answered may take when the server is told to stop. */
const DRAIN_MS = 500;

/**
 * The mock, ready. Throws UsageError for a bad contract, fixture or data folder, and for a port that
 * can't be had.
 *
 * `const mock = await startMock({ apis: [{ contract: 'contracts/flexprice.yaml' }] })`
 */
export async function startMock(options: MockOptions): Promise<RunningMock> {
  const { port = 0, host = '127.0.0.1', log = SILENT } = options;
  const watched: Watched[] = [];
  const served = serveAll(options, log);
  let url = '';
  const app = makeApp({
    served,
    log,
    host,
    token: options.adminToken,
    instance: randomUUID(),
    delay: options.delay,
    url: () => url,
  });
  const server = serverOf(app);
  await listen(server, port, host);
  url = urlOf(server, host);
  const close = () => {
    for (const one of watched) one.close();
    return stop(server, served, log);
  };
  try {
    await options.onListening?.(url);
    for (const api of served) {
      await api.store.open();
      api.ready = true;
    }
    if (options.watch === true) watched.push(...watchAll(served, options, log));
  } catch (error) {
    await close();
    throw error;
  }
  const apis = apiUrls(url, served);
  log.ready({ url, apis, notes: served.map((api) => noteOf(api, options)) });
  return { url, apis, close };
}

function serveAll(options: MockOptions, log: Log): Served[] {
  const mistakes: string[] = [];
  const served = options.apis.flatMap((item) => {
    try {
      return [serve(item, options, log)];
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      mistakes.push(...error.messages);
      return [];
    }
  });
  const names = served.map(({ name }) => name);
  for (const name of new Set(names.filter((name, i) => names.indexOf(name) !== i))) {
    mistakes.push(`two contracts are for the api "${name}": serve one of them`);
  }
  if (mistakes.length > 0) throw new UsageError(mistakes);
  return served;
}

function watchAll(served: readonly Served[], options: MockOptions, log: Log): Watched[] {
  return served.flatMap((api, i) => {
    const item = options.apis[i];
    return item === undefined ? [] : keepFresh(api, item.fixture, () => load(item, options), log);
  });
}

function load(item: ApiOptions, options: MockOptions): Loaded {
  const given = item.load?.();
  const contract = given?.contract ?? loadContract(item.contract, kinds, options.profile);
  const api = playable(contract, hooksOf(contract, kinds));
  const rows = given?.rows ?? NO_ROWS;
  const fixture = item.fixture === undefined ? rows : loadFixture(item.fixture, contract);
  return { api, fixture };
}

function serve(item: ApiOptions, options: MockOptions, log: Log): Served {
  const { api, fixture } = load(item, options);
  const { contract } = api;
  const env = announcing(makeEnv(envOptions(options)), contract.api, log);
  const state = new State(shapeOf(contract, seedOf(fixture, api, env)));
  const store =
    options.dataDir === undefined
      ? new MemoryStore(state)
      : new LowdbStore(state, api, {
          folder: join(options.dataDir, contract.api),
          durability: options.durability ?? 'journal',
          ...(options.compactAt === undefined ? {} : { compactAt: options.compactAt }),
          warn: log.warn,
        });
  const specHash = contract.spec.hash;
  return { name: contract.api, api, state, store, env, specHash, ready: false };
}

function envOptions({ seed, clock, keys }: MockOptions) {
  return {
    ...(seed === undefined ? {} : { seed }),
    ...(clock === undefined ? {} : { clock }),
    ...(keys === undefined ? {} : { keys }),
  };
}

/** The same, telling once of each tenant. */
function announcing(env: Env, api: string, log: Log): Env {
  const known = new Set<string>();
  return {
    ...env,
    tenant(secret) {
      const tenant = env.tenant(secret);
      if (tenant !== undefined && !known.has(tenant)) {
        if (known.size > 10_000) known.clear();
        known.add(tenant);
        log.say(`${api}: first request of ${tenant}, whose records are its own`);
      }
      return tenant;
    },
  };
}

async function listen(server: Server, port: number, host: string): Promise<void> {
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    throw new UsageError(whyNot(error as NodeJS.ErrnoException, port, host));
  }
}

function whyNot({ code, message }: NodeJS.ErrnoException, port: number, host: string): string {
  switch (code) {
    case 'EADDRINUSE':
      return `port ${port} is in use: stop the other server, or choose one with --port (0 picks a free one)`;
    case 'EACCES':
      return `port ${port} is not for ordinary users: choose one above 1023 with --port`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `"${host}" is no address of this machine: choose another with --host`;
    default:
      return `can't listen on ${host}:${port}: ${message}`;
  }
}

function urlOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  const anywhere = host === '0.0.0.0' || host === '::';
  const shown = anywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${shown}:${port}`;
}

function noteOf({ name, state }: Served, { dataDir }: MockOptions): string {
  if (dataDir === undefined) return `${name} keeps its records in memory only`;
  return `${name} keeps its records in ${join(dataDir, name)} (${state.version} writes so far)`;
}

async function stop(server: Server, served: readonly Served[], log: Log): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await closed;
  clearTimeout(timer);
  await Promise.all(served.map(({ store }) => store.close()));
  log.flush();
}
