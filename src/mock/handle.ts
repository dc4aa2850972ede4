// The centre: one request against the state, as a pure and synchronous function. It reads the state and
// writes nothing; what it would change is in the answer, and `state.apply` is the only writer.

import type { Resource } from '../contract/contract.ts';
import type { Fault } from '../model/fault.ts';
import type { HttpRequest, HttpResponse } from '../model/http.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { Access, Caller, Context } from '../rules/kind.ts';
import type { Operation } from '../spec/spec.ts';
import type { Change, Row, State } from '../state/state.ts';
import { View } from '../state/view.ts';
import { act } from './actions.ts';
import { errorAnswer, showRow, success } from './answer.ts';
import { authenticate } from './authenticate.ts';
import { admit, consider } from './consider.ts';
import { type Env, toolsOf } from './env.ts';
import { listing } from './listing.ts';
import type { Playable, Route } from './playable.ts';
import {
  begun,
  propose,
  proposeConsequence,
  proposeRecord,
  proposeRemoval,
  type Target,
} from './propose.ts';
import { targetOf } from './target.ts';
import { unboundAnswer } from './unbound.ts';
import { validate } from './validate.ts';

/** Why `handle` answered as it did: one entry for each step that decided something. */
export interface TraceStep {
  readonly step: 'match' | 'authenticate' | 'validate' | 'propose' | 'check' | 'follow' | 'answer';
  readonly because: string;
}

export interface Outcome {
  readonly response: HttpResponse;
  /** Empty for a refusal, and for a read, but the first one of a record that begins when it is asked for. */
  readonly changes: readonly Change[];
  readonly trace: readonly TraceStep[];
  /** The rule that refused; absent when none did. */
  readonly rule?: string;
  /** The operation, where the contract has no binding for it: the answer then says so. */
  readonly unbound?: Operation;
}

/** A refusal on its way out: the error's name, or faults of which the first one's rule names it. */
export interface Refused {
  readonly error: string;
  readonly says: string;
  readonly faults?: readonly Fault[];
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * The answer to the request, and the changes that make it true.
 *
 * 1. match the path and method, 2. find the caller's tenant and environment, 3. validate parameters and
 * body against the narrowed schema, 4. propose the changed record, 5. check every rule against the state
 * as it would be, 6. follow the consequences, each checked too, 7. select and show, 8. status and headers.
 * A refusal at any step drops the view: an answer, and no changes.
 */
export function handle(api: Playable, request: HttpRequest, state: State, env: Env): Outcome {
  const trace: TraceStep[] = [];
  const refuse = (step: TraceStep['step'], refused: Refused): Outcome => {
    trace.push({ step, because: refused.says });
    const rule = refused.faults?.[0]?.rule;
    const response = errorAnswer(api, refused);
    return { response, changes: [], trace, ...(rule === undefined ? {} : { rule }) };
  };

  const match = api.find(request.method, request.path); // 1
  if (Array.isArray(match)) return refuse('match', noRoute(request, match));
  if ('unbound' in match) {
    const { unbound } = match;
    trace.push({ step: 'match', because: unbound.id });
    return { response: unboundAnswer(unbound), changes: [], trace, unbound };
  }
  const { route, params } = match;
  trace.push({ step: 'match', because: route.binding.operation.id });

  const caller = authenticate(api.contract, route.binding.operation, request, env); // 2
  if (caller === undefined) return refuse('authenticate', NO_CREDENTIALS);

  const valid = validate(route, request, params); // 3
  if ('error' in valid) return refuse('validate', valid);

  const context = contextOf(api, route, caller, valid, state, env);
  const barred = admit(route, context);
  if (barred.length > 0) return refuse('validate', refusal(barred));
  const named = targetOf(context, valid.path);
  if ('error' in named) return refuse('propose', named);
  const target = begun(api, context, route, named);
  const done = act(context, route, target.row); // 4
  const made = done === undefined ? propose(api, context, route, target) : [];

  const faults = consider(api, context); // 5, 6
  if (faults.length > 0) return refuse('check', refusal(faults));

  const changes = context.view.changes();
  const body = done ?? bodyOf(api, context, route, target, made); // 7
  return { response: success(route, body, request.headers['accept']), changes, trace }; // 8
}

const NO_CREDENTIALS: Refused = {
  error: 'unauthenticated',
  says: 'credentials are missing or unknown',
};

function refusal(faults: readonly Fault[]): Refused {
  return { error: 'invalid', says: faults[0]?.says ?? '', faults };
}

function noRoute({ method, path }: HttpRequest, allowed: readonly string[]): Refused {
  if (!isDecodable(path)) {
    return { error: 'malformed', says: 'the path is not valid percent-encoding' };
  }
  if (allowed.length === 0) return { error: 'no-route', says: `no operation at ${path}` };
  const says = `${method} is not possible here, only ${allowed.join(', ')}`;
  return { error: 'no-method', says, headers: { allow: allowed.join(', ') } };
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

function contextOf(
  api: Playable,
  route: Route,
  caller: Caller,
  { input, query }: Pick<Context, 'input' | 'query'>,
  state: State,
  env: Env,
): Context {
  const view = new View(state, scopeName(caller));
  const context: Context = {
    contract: api.contract,
    binding: route.binding,
    view,
    caller,
    now: new Date(env.now()).toISOString(),
    input,
    query,
    tools: toolsOf(env),
    reach: (access, resource, id) => reach(api, context, access, resource, id),
    show: (resource, row) => showRow(api, context, route, resource, row),
    showAsRead: (resource, row) => showAsRead(api, context, resource, row),
    change: (resource, row, fields) => proposeConsequence(api, context, resource, row, fields),
    make: (resource, fields) => proposeRecord(api, context, resource, fields),
    remove: (resource, row) => proposeRemoval(context, resource, row),
  };
  return context;
}

/** The record as its own read would show it, whatever is being asked for. */
function showAsRead(api: Playable, context: Context, resource: Resource, row: Row): JsonObject {
  const binding = api.contract.bindingFor('read', resource.name);
  if (binding === undefined) return context.show(resource, row);
  return showRow(api, { ...context, binding }, api.route(binding), resource, row);
}

/** The scope of a caller's records: everything that keeps callers apart, in one place. */
function scopeName({ tenant, environment }: Caller): string {
  return `${tenant}/${encodeURIComponent(environment)}`;
}

/** The caller whose records a scope holds: the other way round. */
export function callerOf(scope: string): Caller {
  const [tenant = '', environment = ''] = scope.split('/');
  return { tenant, environment: decodeURIComponent(environment) };
}

function reach(
  api: Playable,
  context: Context,
  access: Access,
  resource: Resource,
  id: string,
): Row | undefined {
  const row =
    context.view.now(resource.name, id) ??
    (api.reaches.some(({ run }) => run(access))
      ? context.view.elsewhere(resource.name, id)?.row
      : undefined);
  if (row === undefined) return undefined;
  return api.see.every(({ run }) => run(context, access, row)) ? row : undefined;
}

function bodyOf(
  api: Playable,
  context: Context,
  route: Route,
  { row: target, owner }: Target,
  made: readonly Row[],
): Json | undefined {
  const { verb, resource, answer } = route.binding;
  if (verb === 'list') return completed(route, listing(api, context, route, owner));
  const now = target === undefined ? undefined : context.view.now(resource.name, target.id);
  const row = made[0] ?? now ?? target;
  if (route.answerType === undefined) return undefined;
  if (route.textType !== undefined) return String(row?.data[route.binding.text ?? ''] ?? '');
  if (answer === undefined) return row && completed(route, context.show(resource, row));
  const { input, query, caller, now: time } = context;
  const created = made.map((one) => context.show(resource, one));
  const self = row === undefined ? null : context.show(resource, row);
  const scope = { self, created, input, query, caller, now: time };
  return completed(route, answer.template(scope, context.tools));
}

/** The answer as its schema wants it, where the contract has the resource's answers completed. */
function completed({ complete }: Route, body: Json): Json {
  return complete === undefined ? body : complete(body);
}
