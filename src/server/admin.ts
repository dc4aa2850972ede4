// The admin API under /_tallystick/v1: health and reset. It can destroy data without an API key, so it
// is guarded: against other machines, and against web pages that the user happens to look at.

import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { type RequestHandler, type Response, Router } from 'express';
import type { HttpResponse } from '../model/http.ts';
import type { JsonObject } from '../model/json.ts';
import type { Served } from './play.ts';
import { json, reply } from './reply.ts';

export interface AdminOptions {
  /** The address that the server listens on, as it was given. */
  readonly host: string;
  /** Wanted of every request but health, when given. */
  readonly token: string | undefined;
  /** Made anew at every start. */
  readonly instance: string;
  readonly served: readonly Served[];
}

/** The routes; to be mounted at `/_tallystick`. */
export function adminRoutes(options: AdminOptions): Router {
  const router = Router({ caseSensitive: true });
  const guard: RequestHandler = (request, response, next) => {
    const refused = refusal(request, options);
    if (refused === undefined) next();
    else reply(response, json(403, { message: refused }));
  };
  const only =
    (method: string): RequestHandler =>
    (_, response) => {
      reply(response, json(405, { message: `only ${method} is possible here` }, { allow: method }));
    };
  router
    .route('/v1/health')
    .get((request, response) => health(options, response, request.method === 'HEAD'))
    .all(only('GET, HEAD'));
  router
    .route('/v1/reset')
    .post(guard, (_, response) => reset(options.served, response))
    .all(only('POST'));
  router.use(guard, (_, response) => {
    reply(
      response,
      json(404, {
        message: 'no such path in the admin API',
        paths: ['GET /_tallystick/v1/health', 'POST /_tallystick/v1/reset'],
      }),
    );
  });
  return router;
}

function health({ served, instance }: AdminOptions, response: Response, isHead: boolean): void {
  const starting = served.some(({ ready }) => !ready);
  const apis: JsonObject = Object.fromEntries(
    served.map(({ name, specHash, state }) => [name, { spec: specHash, version: state.version }]),
  );
  const answer: HttpResponse = starting
    ? json(503, { status: 'starting' }, { 'retry-after': '1' })
    : json(200, { status: 'ready', instance, apis });
  reply(response, answer, [], isHead);
}

async function reset(all: readonly Served[], response: Response): Promise<void> {
  const hindrance = all.find(({ ready, store }) => !ready || store.readOnly !== undefined);
  if (hindrance !== undefined) {
    const message = hindrance.store.readOnly ?? 'the server is starting: try again in a second';
    return reply(response, json(503, { message }));
  }
  for (const { store } of all) store.reset();
  try {
    await Promise.all(all.map(({ store, state }) => store.reached(state.version)));
    reply(response, { status: 204, headers: {} });
  } catch {
    reply(response, json(503, { message: 'the reset could not be kept' }));
  }
}

/** Why the request may not use the admin API; undefined when it may. */
function refusal(request: IncomingMessage, { host, token }: AdminOptions): string | undefined {
  const { headers } = request;
  const name = hostName(headers.host);
  // A page that has its own name point to this machine (DNS rebinding) still sends that name.
  if (!isLoopback(name) && name !== host.toLowerCase() && isIP(name) === 0) {
    return `the admin API is not for the host "${name}": use the address that the server printed`;
  }
  const { origin } = headers;
  const fromElsewhere =
    origin !== undefined && origin.toLowerCase() !== `http://${headers.host}`.toLowerCase();
  if (fromElsewhere || headers['sec-fetch-site'] === 'cross-site') {
    return 'the admin API is not for pages of other origins';
  }
  if (token === undefined) {
    return isLoopback(host)
      ? undefined
      : 'this server listens beyond loopback: start it with --admin-token to use the admin API';
  }
  return holds(headers, token)
    ? undefined
    : 'the admin token is missing or wrong: send it as "authorization: Bearer ..."';
}

/** The name part of a Host header, lower-case and without brackets. */
function hostName(header = ''): string {
  return header
    .toLowerCase()
    .replace(/:\d*$/, '')
    .replace(/^\[(.*)\]$/, '$1');
}

/** Whether only this machine reaches the address. */
function isLoopback(host: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d+){3}|::1)$/i.test(host);
}

function holds(headers: IncomingMessage['headers'], token: string): boolean {
  const sent = headers['x-tallystick-token'] ?? headers.authorization?.replace(/^bearer\s+/i, '');
  if (typeof sent !== 'string') return false;
  // Digests, because only texts of one length can be compared in constant time.
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(sent), digest(token));
}
