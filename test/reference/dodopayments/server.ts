// The node:http server: reads a request, finds caller and operation, runs it, sends the answer.

import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { Wire } from './answers.ts';
import { errorWire, jsonWire, send } from './answers.ts';
import { ownerOf, tenantOf, tokenOf } from './callers.ts';
import { collectionOf } from './collections.ts';
import type { Answer, Call, Json, Switches } from './model.ts';
import { broken, invalidBody, isFields, pause, Refusal } from './model.ts';
import type { Match, Route } from './routes.ts';
import { match } from './routes.ts';
import type { Store } from './store.ts';

export interface Setup extends Switches {
  store: Store;
  keys: string[] | undefined;
}

const BODY_LIMIT = 16 * 1024 * 1024;
const BODILESS = new Set(['unarchive-collection', 'collection-images', 'unarchive-product']);

async function readText(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size <= BODY_LIMIT) parts.push(part);
  }
  if (size > BODY_LIMIT) throw new Refusal(413, 'REQUEST_TOO_LARGE', 'The body is too long.');
  return Buffer.concat(parts).toString('utf8');
}

function checkType(header: string, { on }: Setup): void {
  const [type = '', ...rest] = header.toLowerCase().split(';');
  const wrong = new Refusal(
    415,
    'UNSUPPORTED_MEDIA_TYPE',
    'The body has to be JSON.',
    'wrong-type',
  );
  if (rest.length > 0 && on('charset-refused')) throw wrong;
  if (type.trim() === 'application/json' || on('other-types-accepted')) return;
  throw wrong;
}

function bodyOf(request: IncomingMessage, text: string, route: Route, setup: Setup): Json {
  const { on } = setup;
  if (route.method === 'GET' || route.method === 'DELETE') return {};
  const type = request.headers['content-type'];
  if (BODILESS.has(route.name)) {
    const strict = on('bodyless-refused-without-type') && type === undefined;
    if (strict) throw new Refusal(415, 'UNSUPPORTED_MEDIA_TYPE', 'The body has to be JSON.');
    if (on('bodyless-refused-without-body') && text === '') throw invalidBody('There is no body.');
    return {};
  }
  checkType(type ?? 'application/json', setup);
  let body: Json;
  try {
    body = JSON.parse(text) as Json;
  } catch {
    if (on('malformed-500')) throw broken();
    if (on('malformed-as-empty')) return {};
    throw new Refusal(422, 'INVALID_REQUEST_BODY', 'The body is not JSON.', 'malformed');
  }
  if (!isFields(body) && on('array-body-500')) throw broken();
  return !isFields(body) && on('array-body-as-empty') ? {} : body;
}

function pick(found: Match, method: string, setup: Setup, response: ServerResponse): Route {
  const { on } = setup;
  if (found.routes.length === 0) {
    if (on('unknown-route-500')) throw broken();
    throw new Refusal(on('unknown-route-200') ? 200 : 404, 'NOT_FOUND', 'There is no such route.');
  }
  const get = setup.odd('head-supported') && method === 'HEAD' ? 'GET' : method;
  const route = found.routes.find((each) => each.method === get);
  if (route) return route;
  if (on('wrong-method-500')) throw broken();
  response.setHeader('allow', found.routes.map((each) => each.method).join(', '));
  const status = on('wrong-method-200') ? 200 : 405;
  throw new Refusal(status, 'METHOD_NOT_ALLOWED', 'This route has no such method.', 'wrong-method');
}

// A refused write that is done all the same, on a collection that is archived.
async function doneAnyway(call: Call, route: Route): Promise<void> {
  if (!call.on('archived-refused-but-done') || route.method === 'GET') return;
  const found = call.store.collections.get(call.ids[0] ?? '');
  if (!found?.archived || route.name === 'unarchive-collection') return;
  found.archived = false;
  await Promise.resolve(route.run(call)).catch(() => undefined);
  found.archived = true;
}

async function run(request: IncomingMessage, route: Route, ids: string[], setup: Setup) {
  const { on, odd, store, keys } = setup;
  const url = new URL(`http://localhost${request.url ?? '/'}`);
  const text = await readText(request);
  const header = request.headers.authorization;
  const callAs = (tenant: string, body: Json): Call => {
    return { on, odd, store, tenant, route: route.name, ids, body, query: url.searchParams };
  };
  const nameless = tokenOf(header, setup) === '';
  if (nameless && (on(`open-${route.name}`) || on('auth-missing-but-done'))) {
    const answer = await route.run(
      callAs(ownerOf(store, ids[0] ?? ''), bodyOf(request, text, route, setup)),
    );
    if (!on('auth-missing-but-done')) return answer;
  }
  const tenant = tenantOf(header, setup, keys);
  if (odd('lookup-before-body') && ids.length > 0 && route.name.endsWith('group')) {
    collectionOf(callAs(tenant, {}), 'write');
  }
  const call = callAs(tenant, bodyOf(request, text, route, setup));
  await doneAnyway(call, route);
  return route.run(call);
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  setup: Setup,
): Promise<Wire> {
  const found = match((request.url ?? '/').replace(/[?#].*$/s, ''));
  let route: Route;
  try {
    if (setup.odd('auth-before-routing')) {
      tenantOf(request.headers.authorization, setup, setup.keys);
    }
    route = pick(found, request.method ?? '', setup, response);
  } catch (error) {
    request.resume();
    return errorWire(error, setup);
  }
  const made: Answer = await run(request, route, found.ids, setup);
  return jsonWire(made, setup);
}

export function makeServer(setup: Setup): Server {
  let count = 0;
  return createServer(async (request, response) => {
    count += 1;
    if (setup.odd('slow-answers')) await pause(20 + Math.floor(Math.random() * 31));
    const limited = setup.odd('rate-limited') && count % 7 === 0;
    if (limited) {
      request.resume();
      response.setHeader('retry-after', '0');
    }
    const wire = limited
      ? errorWire(new Refusal(429, 'TOO_MANY_REQUESTS', 'Too many requests.'), setup)
      : await answer(request, response, setup).catch((error: unknown) => {
          if (!(error instanceof Refusal) && process.env['REFERENCE_DEBUG']) console.error(error);
          return errorWire(error, setup);
        });
    send(response, wire, setup);
  });
}
