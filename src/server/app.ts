// The Express app: which path leads where.

import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { errorAnswer } from '../mock/answer.ts';
import type { JsonObject } from '../model/json.ts';
import { about, aboutApi, mountPath, specDocument } from './about.ts';
import { type AdminOptions, adminRoutes } from './admin.ts';
import { type Delay, serveApi } from './api.ts';
import { CORS_HEADERS } from './cors.ts';
import type { Log } from './log.ts';
import type { Served } from './play.ts';
import { json, reply } from './reply.ts';

export interface AppOptions extends AdminOptions {
  readonly log: Log;
  readonly delay: Delay | undefined;
  /** The server's own URL, known once it listens. */
  url(): string;
}

/**
 * The app. An API is at `/<api><base path>`; one that is served alone is at the root too, with and
 * without its base path.
 */
export function makeApp(options: AppOptions): Express {
  const { served, log, delay, url } = options;
  const app = express();
  app.disable('x-powered-by').disable('etag').disable('query parser');
  app.enable('case sensitive routing').enable('strict routing');
  const handlers = served.map((api) => ({
    api,
    serve: serveApi(api, log, delay),
  }));
  for (const { api, serve } of handlers) {
    const at = mountPath(api);
    // An API without a base path would take its own description for one of its paths.
    if (at === `/${api.name}`) app.use(at, describes(api, url));
    app.use(at, serve);
  }
  app.use('/_tallystick', adminRoutes(options));
  app.get('/', (request, response) => {
    reply(response, json(200, about(url(), served)), CORS_HEADERS, request.method === 'HEAD');
  });
  for (const api of served) app.use(`/${api.name}`, describes(api, url), noOperation(api, url));
  const [alone] = handlers;
  if (alone !== undefined && handlers.length === 1) {
    const { basePath } = alone.api.api.contract.spec;
    if (basePath !== '') app.use(basePath, alone.serve);
    app.use(alone.serve);
  }
  app.use(noApi(served, url));
  app.use(failed(log));
  return app;
}

/** What stands beside an API's base path: what it is, and its spec. */
function describes(served: Served, url: () => string): RequestHandler {
  return (request, response, next) => {
    const isHead = request.method === 'HEAD';
    if (!isHead && request.method !== 'GET') return next();
    const send = (body: JsonObject) => reply(response, json(200, body), CORS_HEADERS, isHead);
    if (request.path === '/openapi.json') send(specDocument(url(), served));
    else if (request.path === '/') send(aboutApi(url(), served));
    else next();
  };
}

/** A hint for a lost base path. */
function noOperation(served: Served, url: () => string): RequestHandler {
  return (request, response) => {
    const says = `no operation here: ${served.name} is served at ${url()}${mountPath(served)}`;
    const answer = errorAnswer(served.api, { error: 'no-route', says });
    reply(response, answer, CORS_HEADERS, request.method === 'HEAD');
  };
}

function noApi(served: readonly Served[], url: () => string): RequestHandler {
  return (request, response) => {
    const message = `no API here: see ${url()}/`;
    const answer = json(404, {
      message,
      apis: served.map((api) => url() + mountPath(api)),
    });
    reply(response, answer, CORS_HEADERS, request.method === 'HEAD');
  };
}

/** Four parameters, or Express takes it for an ordinary handler. */
function failed(log: Log): ErrorRequestHandler {
  return (error, _request, response, _next) => {
    log.error(error);
    reply(response, json(500, { message: 'tallystick failed to handle this' }), CORS_HEADERS);
  };
}
