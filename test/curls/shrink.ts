// Takes away from a request what it can do without.

import type { HttpRequest } from '../../src/model/http.ts';
import { isObject, type Json } from '../../src/model/json.ts';

/** The request with as little in its query and body as still shows what it is to show. */
export function shrunk(
  request: HttpRequest,
  shows: (smaller: HttpRequest) => boolean,
): HttpRequest {
  const smaller = variantsOf(request).find(shows);
  return smaller === undefined ? request : shrunk(smaller, shows);
}

/** The request with one thing less, for each thing in it. */
function variantsOf(request: HttpRequest): HttpRequest[] {
  const { query, body } = request;
  const queries = [...query.keys()].map((name) => ({
    ...request,
    query: new Map([...query].filter(([other]) => other !== name)),
  }));
  if (body === undefined) return queries;
  return [...queries, ...lessOf(body).map((less) => ({ ...request, body: less }))];
}

/** The value with one field or entry less, at any depth; the outermost first. */
function lessOf(value: Json): Json[] {
  if (Array.isArray(value)) {
    return [
      ...value.map((_, i) => value.toSpliced(i, 1) as Json),
      ...value.flatMap((item: Json, i) => lessOf(item).map((less) => value.with(i, less) as Json)),
    ];
  }
  if (!isObject(value)) return [];
  const entries = Object.entries(value);
  return [
    ...entries.map(([field]) => Object.fromEntries(entries.filter(([other]) => other !== field))),
    ...entries.flatMap(([field, item]) =>
      lessOf(item).map((less) => ({ ...value, [field]: less })),
    ),
  ];
}
