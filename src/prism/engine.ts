// Prism, loaded when it is first asked: it answers operations from their document alone, with examples, or with
// values that fit the schema. It keeps nothing.

import type { HttpRequest, HttpResponse } from '../model/http.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { problem } from '../model/problem.ts';
import type { Operation, Spec } from '../spec/spec.ts';
import { bodyProblem } from './body.ts';
import { documentOf } from './operation.ts';
import { appliedText, type Preferences, preferencesOf } from './prefer.ts';

type Prism = typeof import('@stoplight/prism-http');
type Resources = Awaited<ReturnType<Prism['getHttpOperationsFromSpec']>>;

interface Output {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/** What Prism found wrong; its own kind of error has a status and says what with `detail`. */
interface PrismError extends Error {
  readonly status?: number;
  readonly detail?: string;
  readonly additional?: unknown;
}

const known = new WeakMap<Operation, Promise<Resources>>();

/** Prism's answer to a request for the operation; whatever goes wrong is a problem in words. Never rejects. */
export async function prismAnswer(
  spec: Pick<Spec, 'document'>,
  operation: Operation,
  request: HttpRequest,
): Promise<HttpResponse> {
  const preferences = preferencesOf(request);
  if (typeof preferences === 'string') return problem(400, 'Bad preference', preferences);
  const unread = bodyProblem(operation, request);
  if (unread !== undefined) return unread;
  try {
    return await answered(spec, operation, request, preferences);
  } catch (error) {
    return failed(error as PrismError, operation, preferences);
  }
}

async function answered(
  spec: Pick<Spec, 'document'>,
  operation: Operation,
  request: HttpRequest,
  preferences: Preferences,
): Promise<HttpResponse> {
  const prism = await import('@stoplight/prism-http');
  const { serialize } = await import('@stoplight/prism-http-server/dist/serialize.js');
  const resources = known.get(operation) ?? readBy(prism, spec, operation);
  known.set(operation, resources);
  const output = await ask(prism, await resources, request, preferences);
  const headers = headersOf(output);
  const type = headers['content-type'] ?? '';
  const applied = appliedText(preferences, output.statusCode);
  if (applied !== undefined) headers['preference-applied'] = applied;
  const isJson = /\bjson\b/.test(type);
  const body = isJson ? output.body : serialize(output.body, type);
  return {
    status: output.statusCode,
    headers,
    ...(body === undefined || body === null ? {} : { body: body as Json }),
  };
}

function readBy(prism: Prism, spec: Pick<Spec, 'document'>, operation: Operation) {
  return prism.getHttpOperationsFromSpec(documentOf(spec, operation));
}

async function ask(
  prism: Prism,
  resources: Resources,
  request: HttpRequest,
  { code, example, dynamic = false, seed }: Preferences,
): Promise<Output> {
  const validates = request.bodyFault === undefined;
  const config = {
    isProxy: false,
    validateRequest: validates,
    validateResponse: false,
    checkSecurity: true,
    errors: false,
    upstreamProxy: undefined,
    mock: {
      dynamic,
      ...(code === undefined ? {} : { code }),
      ...(example === undefined ? {} : { exampleKey: example }),
      ...(seed === undefined ? {} : { seed }),
    },
  } as const;
  // A seed stays in Prism's generator until it is made anew.
  if (dynamic) prism.resetJSONSchemaGenerator();
  const instance = prism.createInstance(config, { logger: SILENT as never });
  const result = await instance.request(inputOf(request) as never, resources, config)();
  if (result._tag === 'Left') throw result.left;
  return result.right.output as Output;
}

function inputOf({ method, path, query, headers, body }: HttpRequest): object {
  return {
    method: method.toLowerCase(),
    url: {
      path: path.length > 1 ? path.replace(/\/$/, '') : path,
      query: Object.fromEntries(
        [...query].map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
      ),
    },
    headers,
    ...(body === undefined ? {} : { body }),
  };
}

function headersOf({ headers = {} }: Output): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      value === null || value === undefined ? [] : [[name.toLowerCase(), printable(value)]],
    ),
  );
}

/** What a header can carry. */
function printable(value: unknown): string {
  return String(value).replace(/[^\t\x20-\x7e]/g, '?');
}

function failed(error: PrismError, operation: Operation, asked: Preferences): HttpResponse {
  const where = `${operation.method} ${operation.path}`;
  if (error.status !== undefined) {
    const more = isObject(error.additional as Json) ? (error.additional as JsonObject) : {};
    const { headers: _, ...said } = more;
    return problem(error.status, error.message, error.detail ?? where, said);
  }
  if (asked.example !== undefined && /NOT_FOUND/.test(error.message)) {
    return problem(
      404,
      'No such example',
      `${where} has no such answer with an example named ${asked.example}`,
    );
  }
  return problem(501, 'No answer', `Prism can make no answer to ${where}: ${error.message}`);
}

const silent = () => undefined;
const SILENT = {
  trace: silent,
  debug: silent,
  info: silent,
  warn: silent,
  error: silent,
  fatal: silent,
  success: silent,
  child: () => SILENT,
};
