// Starts the proxy: a server between a client and its API that changes nothing and judges all that goes by.

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DEFAULT_BASES } from '../conformance/plan.ts';
import { type Report, summarize } from '../conformance/verdict.ts';
import type { Contract } from '../contract/contract.ts';
import { UsageError } from '../model/usage-error.ts';
import type { Basis } from '../spec/spec.ts';
import { dispatcherFor } from '../target/network.ts';
import { CLIENT_GONE, type Outcome, pass } from './exchange.ts';
import { Judge } from './judge.ts';

export interface ProxyOptions {
  readonly contract: Contract;
  /** The base URL that requests go to; its path stays before theirs. */
  readonly target: string;
  /** 0, the default, picks a free one. */
  readonly port?: number;
  /** 127.0.0.1 when absent. */
  readonly host?: string;
  /** Sent with every request, in place of the client's own of these names. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly bases?: readonly Basis[];
  /** Whether what breaks the contract is answered with an error; requests that do are not sent on. */
  readonly errors?: boolean;
  /** How long a list may lag behind a deletion, in milliseconds. */
  readonly settle?: number;
  /** How long the target may take to begin its answer, in milliseconds. */
  readonly timeout?: number;
  /** A file with certificates to trust beside the usual ones. */
  readonly ca?: string | undefined;
  /** Hears of every request: method, path without its query, milliseconds. */
  readonly told?: (method: string, path: string, outcome: Outcome, ms: number) => void;
  /** Hears of credentials as they come, so that they can be kept out of what is said. */
  readonly secret?: (secrets: Readonly<Record<string, string>>) => void;
}

export interface RunningProxy {
  readonly url: string;
  /** What was judged until now. */
  report(): Report;
  /** How often the target answered, and how often it did not. */
  readonly reached: { readonly answered: number; readonly failed: number };
  close(): Promise<void>;
}

/** The proxy, listening. Throws UsageError for a port that can't be had. */
export async function startProxy(options: ProxyOptions): Promise<RunningProxy> {
  const { contract, target, port = 0, host = '127.0.0.1', headers = {}, told } = options;
  const judge = new Judge({
    contract,
    bases: options.bases ?? DEFAULT_BASES,
    settle: options.settle ?? 2000,
    headers,
    secret: options.secret ?? (() => undefined),
  });
  const dispatcher = await dispatcherFor(target, { ca: options.ca });
  const way = { target, headers, timeout: options.timeout ?? 30_000, dispatcher };
  const reached = { answered: 0, failed: 0 };
  const server = createServer(async (request, response) => {
    const began = performance.now();
    const outcome = await pass(request, response, { judge, way, errors: options.errors === true });
    if (outcome.failure === undefined) reached.answered += 1;
    else if (outcome.failure !== CLIENT_GONE) reached.failed += 1;
    const path = (request.url ?? '/').replace(/[?#].*$/s, '');
    told?.(request.method ?? 'GET', path, outcome, performance.now() - began);
  });
  return {
    url: await listen(server, host, port),
    report: () => reportOf(contract, target, judge),
    reached,
    async close() {
      await stop(server);
      await dispatcher?.close();
    },
  };
}

/** The server's URL when it listens. Throws UsageError. */
async function listen(server: Server, host: string, port: number): Promise<string> {
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    throw new UsageError(`can't listen on ${host}:${port}: ${(error as Error).message}`);
  }
  const shown = host.includes(':') ? `[${host}]` : host;
  return `http://${shown}:${(server.address() as AddressInfo).port}`;
}

/** Lets requests that are under way end, for half a second. */
async function stop(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), 500);
  await closed;
  clearTimeout(timer);
}

function reportOf({ api, spec }: Contract, target: string, judge: Judge): Report {
  const results = judge.results();
  return {
    api,
    document: spec.file,
    target,
    // Nothing is made up here.
    seed: 0,
    requests: judge.requests,
    summary: summarize(results),
    results,
  };
}
