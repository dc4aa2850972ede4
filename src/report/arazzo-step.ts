// One request of a violation as a step of an Arazzo workflow.

import { prefixOf } from '../conformance/senders.ts';
import type { Exchange, Result } from '../conformance/verdict.ts';
import { isObject, type Json } from '../model/json.ts';
import { pointer } from '../model/pointer.ts';
import { type Capture, type Provenance, RUN, type Sent } from './provenance.ts';

type Made = Record<string, Json>;

/** What expressions in a workflow are made from. */
interface Origin extends Sent {
  /** The workflow's number: steps are named by it too, for some tools know them by their names alone. */
  readonly workflow: number;
}

export interface StepOptions {
  readonly exchange: Exchange;
  /** From 0, as the workflow's. */
  readonly index: number;
  readonly workflow: number;
  readonly from: Provenance;
  /** The name of the source description. */
  readonly source: string;
  readonly seed: number;
  /** What is violated; only with the last request. */
  readonly result: Result | undefined;
}

const STRANGER = 'tallystick-stranger-0000000000';

export function stepOf(options: StepOptions): Made {
  const { exchange, index, workflow, source, seed, result } = options;
  const from: Origin = { ...options.from.sentBy(index), workflow };
  const { request, route = request.path, operation = '' } = exchange;
  const named = /^[\w.-]+$/.test(operation)
    ? { operationId: operation }
    : { operationPath: operationPath(source, route, request.method) };
  const parameters = [
    ...pathParameters(route, request.path, from),
    ...[...request.query].map(([name, values]) => queryParameter(name, values, from)),
    ...headerParameters(exchange, seed),
  ];
  const outputs = options.from.capturesFrom(index);
  return {
    stepId: stepId(workflow, index),
    ...described(exchange, result),
    ...named,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...bodyOf(request, from),
    successCriteria: (result?.expected === undefined
      ? conditionsOf(exchange)
      : conditionOf(result.expected.split(' '))
    ).map((condition) => ({ condition })),
    ...retryOf(exchange),
    ...(outputs.length === 0
      ? {}
      : {
          outputs: Object.fromEntries(
            outputs.map((item) => [item.name, `$response.body#${item.pointer}`]),
          ),
        }),
  };
}

/** What whoever runs the workflow must give: a value that is new, and credentials. */
export function inputsOf(exchanges: readonly Exchange[]): Made {
  const credentials = exchanges.flatMap(({ by, request }) =>
    namesIn(request).map((name) => inputName(name, by === 'other')),
  );
  const names = ['run', ...new Set(credentials)];
  const run = { type: 'string', description: 'Digits that no run had before' };
  return {
    type: 'object',
    required: names,
    properties: Object.fromEntries(
      names.map((name) => [name, name === 'run' ? run : { type: 'string' }]),
    ),
  };
}

function stepId(workflow: number, index: number): string {
  return `w${workflow + 1}-step${index + 1}`;
}

function described({ paused, race }: Exchange, result: Result | undefined): Made {
  const parts = [
    ...(paused === undefined ? [] : [`After ${paused} ms.`]),
    ...(race === undefined ? [] : ['At the same time as the steps beside it that are like it.']),
    ...(result === undefined
      ? []
      : [`Should be: ${result.says} Was: ${result.reason ?? 'otherwise'}`]),
  ];
  return parts.length === 0 ? {} : { description: parts.join(' ') };
}

function operationPath(source: string, route: string, method: string): string {
  const at = pointer('paths', route, method.toLowerCase());
  return `{$sourceDescriptions.${source}.url}#${at}`;
}

/** The values of the path's parameters; one that the path does not show is left out. */
function pathParameters(route: string, path: string, from: Origin): Made[] {
  const names = [...route.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
  const literal = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const pattern = route
    .split(/\{[^}]+\}/)
    .map(literal)
    .join('([^/]*)');
  const [, ...values] = new RegExp(`^${pattern}$`).exec(path) ?? [];
  return values.map((value, i) => ({
    name: names[i] ?? '',
    in: 'path',
    value: textOf(decoded(value), from),
  }));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function queryParameter(name: string, values: readonly string[], from: Origin): Made {
  const texts = values.map((value) => textOf(value, from));
  return { name, in: 'query', value: texts.length === 1 ? (texts[0] ?? '') : texts };
}

/** The sender's headers; credentials are inputs, those that nobody holds are made up. */
function headerParameters({ by, request }: Exchange, seed: number): Made[] {
  return namesIn(request).map((name) => ({
    name,
    in: 'header',
    value: headerValue(by, name, request.headers[name] ?? '', seed),
  }));
}

function headerValue(by: Exchange['by'], name: string, value: string, seed: number): string {
  if (by === 'elsewhere' && value.endsWith(prefixOf(seed))) return 'env-ts-{$inputs.run}';
  if (by === 'stranger' && /^\*+$|tallystick-stranger/.test(value)) {
    return name === 'authorization' ? `Bearer ${STRANGER}` : STRANGER;
  }
  return `$inputs.${inputName(name, by === 'other')}`;
}

function namesIn({ headers }: Exchange['request']): string[] {
  return Object.keys(headers).filter((name) => name !== 'content-type');
}

function inputName(header: string, isOther: boolean): string {
  return `${isOther ? 'other_' : ''}${header.replace(/[^A-Za-z0-9]+/g, '_')}`;
}

function bodyOf({ headers, body, bodyFault }: Exchange['request'], from: Origin): Made {
  if (body === undefined) return {};
  const payload = bodyFault === 'malformed' ? textOf(String(body), from) : jsonOf(body, from);
  const { 'content-type': contentType = 'application/json' } = headers;
  return { requestBody: { contentType, payload } };
}

function jsonOf(value: Json, from: Origin): Json {
  if (typeof value === 'string') return textOf(value, from);
  if (typeof value === 'number') {
    const same = from.whole(value);
    return same === undefined ? value : expressionOf(same, from);
  }
  if (Array.isArray(value)) return value.map((item: Json) => jsonOf(item, from));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [textOf(key, from), jsonOf(item, from)]),
  );
}

/** The parts as one text: an expression where it is one value, else with expressions in it. */
function textOf(text: string, from: Origin): string {
  const pieces = from.pieces(text);
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined && typeof only !== 'string') {
    return expressionOf(only, from);
  }
  return pieces
    .map((piece) => (typeof piece === 'string' ? piece : `{${expressionOf(piece, from)}}`))
    .join('');
}

function expressionOf(piece: Capture | typeof RUN, { workflow }: Origin): string {
  if (piece === RUN) return '$inputs.run';
  return `$steps.${stepId(workflow, piece.from)}.outputs.${piece.name}`;
}

/** What was answered; for a race, whatever is no error of the server. */
function conditionsOf({ received, race }: Exchange): string[] {
  if ('failure' in received) return conditionOf(['2xx']);
  if (race === true || received.status >= 500) return conditionOf(['2xx', '4xx']);
  return conditionOf([String(received.status)]);
}

/** `4xx` -> `$statusCode >= 400 && $statusCode < 500`. */
function conditionOf(statuses: readonly string[]): string[] {
  const conditions = statuses.map((status) => {
    if (/^\d+$/.test(status)) return `$statusCode == ${status}`;
    const first = Number(status[0]) * 100;
    return `$statusCode >= ${first} && $statusCode < ${first + 100}`;
  });
  const [only] = conditions;
  if (conditions.length <= 1) return only === undefined ? [] : [only];
  return [conditions.map((condition) => `(${condition})`).join(' || ')];
}

/** A list that lags is asked again. */
function retryOf({ paused, request }: Exchange): Made {
  if (paused === undefined || request.method === 'DELETE') return {};
  return { onFailure: [{ name: 'later', type: 'retry', retryAfter: 1, retryLimit: 3 }] };
}
