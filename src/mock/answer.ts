// Steps 7 and 8: what is shown of a record, and answers as plain data, the refusals in the API's own
// error shape.

import type { ErrorShape, Resource } from '../contract/contract.ts';
import type { Fault } from '../model/fault.ts';
import type { HttpResponse } from '../model/http.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { Context } from '../rules/kind.ts';
import { partsOf } from '../rules/parts.ts';
import type { Row } from '../state/state.ts';
import type { Refused } from './handle.ts';
import type { Playable, Route } from './playable.ts';

/** The record as its schema shows it: an unset field is null where the schema allows that, else left out. */
export function showRow(
  api: Playable,
  context: Context,
  route: Route,
  resource: Resource,
  row: Row,
): JsonObject {
  const answer: Record<string, Json> = {};
  const isOwn = resource === route.binding.resource;
  for (const [field, nullable] of (isOwn ? route.shown : api.shown.get(resource.name)) ?? []) {
    const part = resource.parts.get(field);
    const value = part === undefined ? row.data[field] : showParts(context, part, row);
    if (value !== null && value !== undefined) answer[field] = value;
    else if (nullable) answer[field] = null;
  }
  for (const { run } of route.show.get(resource.name) ?? []) run(context, resource, row, answer);
  return answer;
}

function showParts(context: Context, part: string, row: Row): Json {
  const resource = context.contract.resource(part);
  return partsOf(context.view, part, row.id).map((child) => context.show(resource, child));
}

/** The declared type of JSON; plain JSON where another kind of body is declared. */
function jsonType(declared: string | undefined): string {
  return declared?.endsWith('+json') === true ? declared : 'application/json';
}

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

/** The answer of an accepted request: JSON, unless the caller takes only another type that is declared. */
export function success(
  { binding, success: status, answerType, textType }: Route,
  body: Json | undefined,
  accept: string | undefined,
): HttpResponse {
  if (body === undefined) return { status, headers: {} };
  if (textType !== undefined && typeof body === 'string') {
    return { status, headers: { 'content-type': `${textType}; charset=utf-8` }, body };
  }
  if (accept === undefined || accept.includes('json') || accept.includes('*/*')) {
    return { status, headers: { 'content-type': `${jsonType(answerType)}; charset=utf-8` }, body };
  }
  const declared = binding.operation.answers.find((answer) => answer.status === String(status));
  const other = [...(declared?.contents.keys() ?? [])].find((type) => accept.includes(type));
  if (other === undefined) return { status, headers: JSON_TYPE, body };
  return { status, headers: { 'content-type': `${other}; charset=utf-8` }, body };
}

/** The answer of a refused one; faults of other errors than the first one's are left for the next try. */
export function errorAnswer(api: Playable, refused: Refused): HttpResponse {
  const wrongType = api.contract.errors.get('wrong-type');
  const shapeOf = (fault: Fault): ErrorShape =>
    (fault.rule === undefined ? undefined : api.rules.get(fault.rule)?.error) ??
    (fault.code === 'type' ? wrongType : undefined) ??
    api.contract.error(refused.error);
  const all = refused.faults ?? [];
  // A body of wrong types was not even read where the API tells that apart, so it comes first.
  const first = all.find((fault) => shapeOf(fault) === wrongType) ?? all[0];
  const shape = first === undefined ? api.contract.error(refused.error) : shapeOf(first);
  const faults = all.filter((fault) => shapeOf(fault).name === shape.name);
  const rule = faults[0]?.rule;
  return {
    status: shape.status,
    headers: {
      'content-type': `${shape.type}; charset=utf-8`,
      ...refused.headers,
      ...(rule === undefined ? {} : { 'x-tallystick-rule': rule }),
    },
    body: shape.body({
      status: shape.status,
      code: shape.code ?? null,
      says: refused.says,
      faults: faults.map(({ field, says, code }) => ({ field, says, code })),
      details: detailsOf(faults),
    }),
  };
}

/** Field -> what is wrong with it, as an object of objects; a request-wide fault has no field to stand at. */
function detailsOf(faults: readonly Fault[]): JsonObject {
  return Object.fromEntries(
    faults
      .filter(({ field }) => field !== '')
      .map(({ field, says, code }) => [field, { message: says, code }]),
  );
}
