// The node:http server: reads a request, finds caller and operation, runs it, sends the answer.

import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { Wire } from './answers.ts';
import { errorWire, jsonWire, send } from './answers.ts';
import { ownerOf, tenantOf, tokenOf, Unauthorized } from './callers.ts';
import type { Answer, Call, Fields, Json, Switches } from './model.ts';
import { broken, isFields, pause, Refusal } from './model.ts';
import type { Match, Route } from './routes.ts';
import { match } from './routes.ts';
import type { Store } from './store.ts';

export interface Setup extends Switches {
  store: Store;
  keys: string[] | undefined;
}

const BODY_LIMIT = 16 * 1024 * 1024;
const KNOWN_FIELDS = new Set(
  [
    'customer name type customDay customMonth email firstName lastName companyName customerNumber',
    'countryCode currencyCode language timeZone gender vatId phone street houseNumber zip city',
    'addition invoiceEmail datevId billingGroup startDate billingInterval periods id',
  ].flatMap((line) => line.split(' ')),
);

async function readText(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size <= BODY_LIMIT) parts.push(part);
  }
  if (size > BODY_LIMIT) throw new Refusal(400, 'The body is too long.');
  return Buffer.concat(parts).toString('utf8');
}

function checkType(header: string, { on }: Setup): void {
  const [type = '', ...rest] = header.toLowerCase().split(';');
  const name = type.trim();
  const charset = rest.some((each) => each.includes('charset'));
  if (charset && on('json-charset-refused')) throw new Refusal(415, 'The charset is not known.');
  if (name === 'application/json') return;
  if (name === 'text/html' && !on('html-body-refused')) return;
  if (name !== 'text/html' && on('other-types-accepted')) return;
  throw new Refusal(415, 'The content type has to be application/json or text/html.');
}

function parse(text: string, { on }: Setup): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    if (on('malformed-json-500')) throw broken();
    if (on('malformed-json-as-empty')) return {};
    throw new Refusal(400, 'The body is not JSON.');
  }
}

function bodyOf(request: IncomingMessage, text: string, setup: Setup): Fields {
  if (request.method === 'GET') return {};
  checkType(request.headers['content-type'] ?? '', setup);
  const body = parse(text, setup);
  if (!isFields(body)) {
    if (setup.on('array-body-500')) throw broken();
    throw new Refusal(400, 'The body has to be a JSON object.');
  }
  const unknown = Object.keys(body).some((key) => !KNOWN_FIELDS.has(key));
  if (unknown && setup.on('unknown-fields-refused')) {
    throw new Refusal(400, 'The body has a field that is not known.');
  }
  return body;
}

function pick(found: Match, method: string, setup: Setup, response: ServerResponse): Route {
  const { on } = setup;
  if (found.routes.length === 0) {
    if (on('unknown-route-500')) throw broken();
    throw new Refusal(404, 'There is no such route.');
  }
  const route = found.routes.find((each) => each.method === method);
  if (route) return route;
  if (on('wrong-method-500')) throw broken();
  const allow = found.routes.map((each) => each.method).join(', ');
  if (!on('allow-missing')) response.setHeader('allow', allow);
  throw new Refusal(405, 'This route has no such method.');
}

async function run(
  request: IncomingMessage,
  route: Route,
  id: string,
  setup: Setup,
): Promise<Answer> {
  const { on, odd, store, keys } = setup;
  const url = new URL(`http://localhost${request.url ?? '/'}`);
  const text = await readText(request);
  const header = request.headers.authorization;
  const nameless = tokenOf(header, setup) === '';
  const callAs = (tenant: string, body: Fields): Call => {
    return { on, odd, store, tenant, id, body, query: url.searchParams };
  };
  if (nameless && on(route.open)) {
    const body = bodyOf(request, text, setup);
    return route.run(callAs(ownerOf(store, id, body), body));
  }
  if (nameless && request.method === 'PUT' && on('auth-missing-but-updates')) {
    const body = bodyOf(request, text, setup);
    await route.run(callAs(ownerOf(store, id, body), body));
  }
  const tenant = tenantOf(header, setup, keys);
  return route.run(callAs(tenant, bodyOf(request, text, setup)));
}

function shortcut(error: unknown, setup: Setup): Answer | undefined {
  if (!(error instanceof Refusal)) return undefined;
  const unknown = error.status === 404 && setup.on('unknown-route-200');
  const wrong = error.status === 405 && setup.on('wrong-method-200');
  return unknown || wrong ? { status: 200, body: {} } : undefined;
}

const HTML = '<!doctype html><html><body><h1>Fynn</h1></body></html>';

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  setup: Setup,
): Promise<Wire> {
  const accept = request.headers.accept ?? '*/*';
  const found = match((request.url ?? '/').replace(/[?#].*$/s, ''));
  let route: Route;
  try {
    if (setup.odd('auth-before-routing')) {
      tenantOf(request.headers.authorization, setup, setup.keys);
    }
    route = pick(found, request.method ?? '', setup, response);
  } catch (error) {
    request.resume();
    const instead = error instanceof Unauthorized ? undefined : shortcut(error, setup);
    return instead ? jsonWire(instead, accept, setup) : errorWire(error, setup);
  }
  const made = await run(request, route, found.id, setup);
  if (route.open === 'open-create-group' && setup.on('create-answers-html-page')) {
    return { status: made.status, type: 'text/html; charset=utf-8', text: HTML };
  }
  return jsonWire(made, accept, setup);
}

export function makeServer(setup: Setup): Server {
  let count = 0;
  return createServer(async (request, response) => {
    count += 1;
    if (setup.odd('slow-answers')) await pause(50 + Math.floor(Math.random() * 51));
    const limited = setup.odd('rate-limited') && count % 7 === 0;
    if (limited) {
      request.resume();
      response.setHeader('retry-after', String(Math.floor(count / 7) % 2));
    }
    const wire = limited
      ? errorWire(new Refusal(429, 'Too many requests.'), setup)
      : await answer(request, response, setup).catch((error: unknown) => errorWire(error, setup));
    send(response, wire, setup);
  });
}
