// Step 3: the request against the spec, as narrowed by the rules. What comes out is safe to use: an id
// without percent-encoding, query values in their schemas' types, a body that fits.

import type { Binding } from '../contract/contract.ts';
import type { Fault } from '../model/fault.ts';
import type { BodyFault, HttpRequest } from '../model/http.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import type { Schema } from '../schema/validate.ts';
import { bodyKind } from '../spec/contents.ts';
import type { Parameter } from '../spec/spec.ts';
import { coerced, readParameter, type Sent } from '../spec/styles.ts';
import { cookiesOf } from './cookies.ts';
import type { Refused } from './handle.ts';
import type { Route } from './playable.ts';

interface Valid {
  readonly input: JsonObject;
  readonly query: Readonly<Record<string, Json>>;
}

const BODY_FAULTS: Readonly<Record<BodyFault, Refused>> = {
  malformed: { error: 'malformed', says: 'the body is not JSON' },
  unsupported: { error: 'unsupported', says: 'the body is in an encoding that is not read here' },
  'too-large': { error: 'too-large', says: 'the body is too large' },
  'too-deep': { error: 'malformed', says: 'the body nests too deep' },
  'not-finite': { error: 'malformed', says: 'the body has a number that is too large to be kept' },
};

/** What the request says, or why it can't be taken. */
export function validate(
  route: Route,
  request: HttpRequest,
  params: Readonly<Record<string, string>>,
): Valid | Refused {
  // What a path names besides the record can be filtered by and referred to, like a parameter.
  const query: Record<string, Json> = { ...params };
  const faults = readParameters(route, request, query);
  if (faults.length > 0) return invalid(faults, 'parameter');

  if (route.body === undefined) return { input: {}, query };
  const form = formOf(route.binding, route.body.schema, request);
  const body = form ?? request.body;
  if (form === undefined && request.bodyFault !== undefined) return BODY_FAULTS[request.bodyFault];
  if (body === undefined) {
    if (route.binding.operation.body?.required !== true) return { input: {}, query };
    return { error: 'malformed', says: 'the body is missing' };
  }
  const wrong = route.body.validate(body);
  if (wrong.length > 0) return invalid(wrong);
  return { input: recordOf(body, route.binding.within), query };
}

/** The form that was sent, in the types of its schema; undefined where the operation takes none of that kind. */
function formOf({ operation }: Binding, schema: Schema, { form, headers }: HttpRequest) {
  if (form === undefined) return undefined;
  const kind = bodyKind(headers['content-type'] ?? '');
  const types = [...(operation.body?.contents.keys() ?? [])];
  return types.some((type) => bodyKind(type) === kind) ? coerced(schema, form) : undefined;
}

/** The fields of the record in a body. */
function recordOf(body: Json, within: string | undefined): JsonObject {
  const record = within !== undefined && isObject(body) ? body[within] : body;
  return isObject(record) ? record : {};
}

function invalid(faults: readonly Fault[], error = 'invalid'): Refused {
  const first = faults[0];
  return { error, says: `${first?.field} ${first?.says}`.trim(), faults };
}

function readParameters(route: Route, request: HttpRequest, query: Record<string, Json>): Fault[] {
  return route.parameters.flatMap(({ parameter, validate: check }) => {
    const { name } = parameter;
    const value = readParameter(parameter, sentAs(parameter, request));
    if (value === undefined) {
      return parameter.required ? [{ field: name, says: 'is required', code: 'required' }] : [];
    }
    if (parameter.in === 'query') query[name] = value;
    return check(value).map((fault) => ({ ...fault, field: name }));
  });
}

function sentAs(parameter: Parameter, { query, headers }: HttpRequest): Sent {
  const { name } = parameter;
  if (parameter.in === 'query') return query;
  if (parameter.in === 'cookie') return cookiesOf(headers['cookie']);
  const lines = headers[name.toLowerCase()]?.split('\n');
  return new Map(lines === undefined ? [] : [[name, lines]]);
}
