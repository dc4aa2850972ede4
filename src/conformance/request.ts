// A step and what it was filled with -> the request that goes out.

import type { Binding } from '../contract/contract.ts';
import type { HttpRequest } from '../model/http.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { unlikeJson } from './other-bodies.ts';

export interface Filled {
  readonly path?: JsonObject;
  readonly query?: JsonObject;
  readonly body?: Json;
  readonly raw?: string;
}

/** The request; `headers` are the sender's. A body that is no JSON goes out as it stands. */
export function requestOf(
  { operation, text: field }: Binding,
  filled: Filled,
  headers: Readonly<Record<string, string>>,
): HttpRequest {
  const path = operation.path.replace(/\{([^}]+)\}/g, (_, name: string) =>
    encodeURIComponent(text(filled.path?.[name])),
  );
  const query = new Map(
    Object.entries(filled.query ?? {}).map(([name, value]) => [name, [text(value)]] as const),
  );
  const hasBody = filled.body !== undefined || filled.raw !== undefined;
  const other = filled.raw === undefined ? unlikeJson(operation, filled.body, field) : undefined;
  if (other !== undefined) {
    const { type, ...body } = other;
    const typed = { ...headers, 'content-type': type };
    return { method: operation.method, path, query, headers: typed, ...body };
  }
  return {
    method: operation.method,
    path,
    query,
    headers: { ...headers, ...(hasBody ? { 'content-type': 'application/json' } : {}) },
    ...(filled.body === undefined ? {} : { body: filled.body }),
    ...(filled.raw === undefined ? {} : { body: filled.raw, bodyFault: 'malformed' as const }),
  };
}

function text(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return isObject(value) || Array.isArray(value) ? JSON.stringify(value) : String(value);
}
