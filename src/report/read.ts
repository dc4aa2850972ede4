// A run's JSON -> the run, so that reports can be merged and shown in other forms later.

import type { Exchange, Report, Result } from '../conformance/verdict.ts';
import type { Json } from '../model/json.ts';
import { isObject } from '../model/json.ts';
import { UsageError } from '../model/usage-error.ts';
import { VERSION } from './json.ts';

const VERDICTS = ['conforms', 'violated', 'notExercised', 'flaky'];
const TEXTS = ['id', 'rule', 'says', 'basis', 'source', 'operation'];

/** The report in the text. Throws UsageError when it is none, or of a version that is not known here. */
export function readReport(text: string, file: string): Report {
  const body = parsed(text, file);
  if (!('version' in body) || !Array.isArray(body['checks'])) {
    throw new UsageError(`${file}: is no report of tallystick test --reporter json`);
  }
  if (body['version'] !== VERSION) {
    throw new UsageError(
      `${file}: is a report of version ${JSON.stringify(body['version'])}; this tallystick reads ${VERSION}`,
    );
  }
  if (!isWhole(body)) throw new UsageError(`${file}: is a damaged report`);
  const { version: _, checks, ...head } = body;
  return {
    ...(head as unknown as Omit<Report, 'results'>),
    results: (checks as Record<string, Json>[]).map(resultOf),
  };
}

function parsed(text: string, file: string): Record<string, Json> {
  try {
    const body: unknown = JSON.parse(text);
    if (isObject(body)) return body;
  } catch {}
  throw new UsageError(`${file}: is no JSON report`);
}

/** Whether what the reporters rely on is there. */
function isWhole({ api, target, seed, requests, shard, baseline, checks }: Record<string, Json>) {
  const numbers = (value: Json | undefined, keys: readonly string[]) =>
    isObject(value) && keys.every((key) => Number.isInteger(value[key]));
  const notes = (value: Json | undefined) =>
    isObject(value) && [value['expired'], value['stale']].every((list) => Array.isArray(list));
  return (
    typeof api === 'string' &&
    typeof target === 'string' &&
    numbers({ seed: seed ?? null, requests: requests ?? null }, ['seed', 'requests']) &&
    (shard === undefined || numbers(shard, ['index', 'of', 'planned'])) &&
    (baseline === undefined || notes(baseline)) &&
    (checks as Json[]).every(isCheck)
  );
}

function isCheck(check: Json): boolean {
  if (!isObject(check)) return false;
  const { verdict, requests = [], setup = [] } = check;
  return (
    TEXTS.every((key) => typeof check[key] === 'string') &&
    VERDICTS.includes(String(verdict)) &&
    [requests, setup].every((list) => Array.isArray(list) && list.every(isExchange))
  );
}

function isExchange(exchange: Json): boolean {
  if (!isObject(exchange)) return false;
  const { request, response } = exchange;
  const isAnswered =
    isObject(response) &&
    ('failure' in response ||
      (Number.isInteger(response['status']) && isObject(response['headers'])));
  return (
    isAnswered &&
    isObject(request) &&
    typeof request['path'] === 'string' &&
    isObject(request['headers'])
  );
}

function resultOf(check: Record<string, Json>): Result {
  const { requests, setup } = check as Record<string, Record<string, Json>[] | undefined>;
  return {
    ...(check as unknown as Result),
    ...(requests === undefined ? {} : { requests: requests.map(exchangeOf) }),
    ...(setup === undefined ? {} : { setup: setup.map(exchangeOf) }),
  };
}

function exchangeOf(exchange: Record<string, Json>): Exchange {
  const { request, response, ...about } = exchange as {
    request: Record<string, Json>;
    response: Json;
  };
  const query = Object.entries((request['query'] ?? {}) as Record<string, string[]>);
  return {
    ...about,
    request: { ...request, query: new Map(query) },
    received: response,
  } as unknown as Exchange;
}
