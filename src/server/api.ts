// The Express handler of one API: bytes in, `play`, bytes out.

import type { RequestHandler } from 'express';
import type { HttpResponse } from '../model/http.ts';
import { readBody } from './body.ts';
import { CORS_HEADERS, preflight } from './cors.ts';
import type { Log } from './log.ts';
import { brokenAnswer, play, type Served } from './play.ts';
import { reply } from './reply.ts';
import { splitTarget, toRequest } from './request.ts';

/** Milliseconds by which answers are held back: at least the first, at most the second. */
export type Delay = readonly [from: number, to: number];

/** Serves the API; to be mounted at its base path, which Express then takes off the request's url. */
export function serveApi(served: Served, log: Log, delay: Delay | undefined): RequestHandler {
  return (request, response) => {
    const began = performance.now();
    const isHead = request.method === 'HEAD';
    const send = (answer: HttpResponse, rule?: string) => {
      reply(response, answer, CORS_HEADERS, isHead);
      const [path] = splitTarget(request.originalUrl);
      log.request(request.method, path, answer.status, performance.now() - began, rule);
    };
    const finish = delay === undefined ? send : later(send, delay);
    const fail = (error: unknown) => {
      log.error(error);
      send(brokenAnswer(served));
    };
    if (request.method === 'OPTIONS') return send(preflight(request.headers));
    readBody(request, (body) => {
      try {
        play(served, toRequest(request, body), finish, fail);
      } catch (error) {
        fail(error);
      }
    });
  };
}

function later(
  send: (answer: HttpResponse, rule?: string) => void,
  [from, to]: Delay,
): typeof send {
  return (answer, rule) => {
    setTimeout(send, from + Math.random() * (to - from), answer, rule).unref();
  };
}
