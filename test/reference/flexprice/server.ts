// The node:http server: reads a request, finds caller and operation, runs it, sends the answer.

import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { Wire } from './answers.ts';
import { errorWire, jsonWire, send } from './answers.ts';
import { isFields } from './body.ts';
import type { Switches } from './callers.ts';
import { callerOf, ownerOf } from './callers.ts';
import { deleteGroup } from './group-delete.ts';
import type { Call, Fields, Json, Scope } from './model.ts';
import { MISFIT, pause, Refusal, Shortcut } from './model.ts';
import { deletePlan } from './plan-delete.ts';
import { deletePrice } from './price-end.ts';
import type { Match, Route } from './routes.ts';
import { idFor, match } from './routes.ts';
import type { Store } from './store.ts';

export interface Setup extends Switches {
  store: Store;
  keys: string[] | undefined;
}

const BODY_LIMIT = 32 * 1024 * 1024;

async function readText(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size <= BODY_LIMIT) parts.push(part);
  }
  if (size > BODY_LIMIT) throw new Refusal(400, 'validation_error', 'The body is too long');
  return Buffer.concat(parts).toString('utf8');
}

function parse(text: string, setup: Setup): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    if (setup.on('malformed-json-answers-500')) throw new Error('broken on purpose');
    if (setup.on('malformed-json-as-empty')) return {};
    throw new Refusal(400, 'validation_error', 'The body is not JSON');
  }
}

const KNOWN_FIELDS = new Set(
  [
    'name lookup_key entity_type description display_order metadata group_ids status start_time',
    'end_time filters sort order limit offset expand entity_id entity_ids price_ids meter_ids type',
    'billing_model billing_period billing_period_count billing_periods billing_cadence amount',
    'invoice_cadence currency price_unit_type price_unit_config meter_id tiers tier_mode group_id',
    'transform_quantity trial_period_days min_quantity start_date end_date display_name',
    'filter_values effective_from price_unit_amount price_unit_tiers allow_expired_prices',
    'start_date_lt plan_ids items event_name aggregation reset_usage external_id email timezone',
    'address_line1 address_line2 address_city address_state address_postal_code address_country',
  ].flatMap((line) => line.split(' ')),
);

function readBody(text: string, setup: Setup): Fields {
  const body = parse(text, setup);
  if (!isFields(body)) {
    throw new Refusal(400, 'validation_error', 'The body has to be a JSON object');
  }
  const unknown = Object.keys(body).some((key) => !KNOWN_FIELDS.has(key));
  if (unknown && setup.on('unknown-fields-refused')) {
    throw new Refusal(400, 'validation_error', 'The body has an unknown field');
  }
  return body;
}

function callFor(setup: Setup, scope: Scope, id: string, url: URL, body: Fields): Call {
  const { on, odd, store } = setup;
  return { on, odd, store, scope, id, body, query: url.searchParams };
}

function pick(found: Match, method: string, setup: Setup, response: ServerResponse): Route {
  if (found.routes.length === 0) throw new Refusal(404, 'not_found', 'There is no such route');
  const head = method === 'HEAD' && setup.odd('head-supported');
  const route = found.routes.find((each) => each.method === (head ? 'GET' : method));
  if (route) return route;
  if (setup.on('wrong-method-answers-500')) throw new Error('broken on purpose');
  response.setHeader('allow', found.routes.map((each) => each.method).join(', '));
  throw new Refusal(405, 'invalid_operation', 'This route has no such method');
}

function noRoute(error: unknown, setup: Setup): Wire {
  const refused = error instanceof Refusal;
  if (refused && error.status === 404 && setup.on('unknown-route-answers-200')) {
    return jsonWire({ status: 200, body: {} }, setup);
  }
  if (!refused || !setup.odd('plain-text-unknown-route')) return errorWire(error, setup);
  const headers = { 'content-type': 'text/plain' };
  return { status: 404, body: Buffer.from('404 page not found'), headers };
}

function scopeFor(request: IncomingMessage, route: Route, id: string, setup: Setup): Scope {
  if (isNameless(request) && setup.on(route.open)) return ownerOf(setup.store, id);
  const bearer = route.path[0] === 'plans';
  return callerOf(request.headers, setup, { keys: setup.keys, bearer });
}

const isNameless = ({ headers }: IncomingMessage): boolean =>
  (headers['x-api-key'] ?? '') === '' && (headers.authorization ?? '') === '';

function actUnauthorized(request: IncomingMessage, url: URL, id: string, setup: Setup): void {
  if (!isNameless(request) || request.method !== 'DELETE') return;
  const call = callFor(setup, ownerOf(setup.store, id), id, url, {});
  const { groups, plans, prices } = setup.store;
  if (setup.on('auth-missing-but-deletes') && groups.get(id)) deleteGroup(call);
  if (setup.on('auth-missing-but-deletes-plan') && plans.get(id)) deletePlan(call);
  if (setup.on('auth-missing-but-ends-price') && prices.get(id)) deletePrice(call);
}

async function run(
  request: IncomingMessage,
  route: Route,
  id: string,
  url: URL,
  setup: Setup,
): Promise<Wire> {
  const text = await readText(request);
  try {
    actUnauthorized(request, url, id, setup);
    const scope = scopeFor(request, route, id, setup);
    const bare = text === '' && route.method === 'DELETE' && setup.odd('price-delete-without-body');
    const body = route.hasBody && !bare ? readBody(text, setup) : {};
    const answer = await route.run(callFor(setup, scope, id, url, body));
    return jsonWire(answer, setup);
  } catch (error) {
    if (error instanceof Shortcut) return jsonWire(error.answer, setup);
    const typed = error instanceof Refusal && error.message.startsWith(MISFIT);
    const broken = typed && setup.on('wrong-types-answer-500');
    return errorWire(broken ? new Error('broken on purpose') : error, setup);
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  setup: Setup,
): Promise<Wire> {
  const url = new URL(`http://localhost${request.url ?? '/'}`);
  const found = match(url.pathname);
  let route: Route;
  try {
    const bearer = found.routes[0]?.path[0] === 'plans';
    if (setup.odd('auth-before-routing')) {
      callerOf(request.headers, setup, { keys: setup.keys, bearer });
    }
    route = pick(found, request.method ?? '', setup, response);
  } catch (error) {
    request.resume();
    const early = error instanceof Refusal && error.code === 'permission_denied';
    return early ? errorWire(error, setup) : noRoute(error, setup);
  }
  return run(request, route, idFor(route, found.parts), url, setup);
}

function tooMany(response: ServerResponse, count: number, setup: Setup): Wire {
  response.setHeader('retry-after', String(Math.floor(count / 7) % 2));
  return errorWire(new Refusal(429, 'service_unavailable', 'Too many requests'), setup);
}

export function makeServer(setup: Setup): Server {
  let count = 0;
  return createServer(async (request, response) => {
    count += 1;
    if (setup.odd('slow-answers')) await pause(50 + Math.floor(Math.random() * 51));
    const limited = setup.odd('rate-limited') && count % 7 === 0;
    if (limited) request.resume();
    const wire = limited
      ? tooMany(response, count, setup)
      : await answer(request, response, setup).catch((error: unknown) => errorWire(error, setup));
    const gzip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
    send(response, wire, setup, { gzip, head: request.method === 'HEAD' });
  });
}
