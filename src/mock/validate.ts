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
  /** What the path names, without what its style puts around it. */
  readonly path: Readonly<Record<string, string>>;
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
  const path = { ...params };
  const misnamed = readPath(route, path);
  const query: Record<string, Json> = { ...path };
  const faults = [...misnamed, ...readParameters(route, request, query)];
  if (faults.length > 0) return invalid(faults, 'parameter');

  const text = readText(route, request);
  if (text !== undefined) return 'error' in text ? text : { ...text, path, query };
  if (route.body === undefined) return { input: {}, path, query };
  const form = formOf(route.binding, route.body.schema, request);
  const body = form ?? request.body;
  if (form === undefined && request.bodyFault !== undefined) return BODY_FAULTS[request.bodyFault];
  if (body === undefined) {
    if (route.binding.operation.body?.required !== true) return { input: {}, path, query };
    return { error: 'malformed', says: 'the body is missing' };
  }
  const wrong = route.body.validate(body);
  if (wrong.length > 0) return invalid(wrong);
  return { input: recordOf(body, route.binding.within), path, query };
}

/** The text that was sent, as the field that it is; undefined where another body may have been. */
function readText(
  { text, binding: { operation } }: Route,
  { text: sent, body, bodyFault }: HttpRequest,
): Pick<Valid, 'input'> | Refused | undefined {
  if (text === undefined || (text.isOneOfSeveral && (isObject(body) || sent === undefined)))
    return undefined;
  if (sent !== undefined) {
    const wrong = text.validate(sent);
    return wrong.length > 0 ? invalid(wrong) : { input: { [text.field]: sent } };
  }
  if (bodyFault === 'too-large') return BODY_FAULTS[bodyFault];
  if (body !== undefined || bodyFault !== undefined)
    return { error: 'unsupported', says: 'the body is no text' };
  if (operation.body?.required !== true) return { input: {} };
  return { error: 'malformed', says: 'the body is missing' };
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

/** Unwraps what the path names; a text that can be no such value is a fault, unless it is just no record's id. */
function readPath(route: Route, path: Record<string, string>): Fault[] {
  return route.path.flatMap(({ parameter, validate: check, isFault }) => {
    const { name } = parameter;
    const value = readParameter(parameter, new Map([[name, [path[name] ?? '']]])) ?? '';
    if (parameter.style !== 'simple' && typeof value !== 'object') path[name] = String(value);
    return isFault ? check(value).map((fault) => ({ ...fault, field: name })) : [];
  });
}

function sentAs(parameter: Parameter, { query, headers }: HttpRequest): Sent {
  const { name } = parameter;
  if (parameter.in === 'query') return query;
  if (parameter.in === 'cookie') return cookiesOf(headers['cookie']);
  const lines = headers[name.toLowerCase()]?.split('\n');
  return new Map(lines === undefined ? [] : [[name, lines]]);
}
