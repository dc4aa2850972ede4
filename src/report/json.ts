// A run as JSON, version 1: for machines, stable in its keys. `read.ts` reads it again.

import type { Exchange, Report, Result } from '../conformance/verdict.ts';
import { redacted } from './redact.ts';

export const VERSION = 1;

/** The report as one JSON text. */
export function jsonReport(report: Report): string {
  const { results, ...head } = report;
  const {
    api,
    document,
    target,
    seed,
    requests,
    summary,
    shard,
    leftOut,
    baseline,
    ended,
    cleanup,
  } = head;
  const body = {
    version: VERSION,
    api,
    document,
    target,
    seed,
    ...(shard === undefined ? {} : { shard }),
    requests,
    summary,
    ...(leftOut === undefined ? {} : { leftOut }),
    ...(ended === undefined ? {} : { ended }),
    ...(cleanup === undefined ? {} : { cleanup }),
    ...(baseline === undefined ? {} : { baseline }),
    checks: results.map(checkOf),
  };
  return `${JSON.stringify(body, null, 2)}\n`;
}

/** Keys without a value are left out by JSON itself. */
function checkOf(result: Result): object {
  const { id, rule, says, basis, source, operation, verdict, known, place, reason } = result;
  return {
    id,
    rule,
    says,
    basis,
    source,
    operation,
    verdict,
    known,
    place,
    reason,
    expected: result.expected,
    requests: result.requests?.map(exchangeOf),
    setup: result.setup?.map(exchangeOf),
  };
}

function exchangeOf(exchange: Exchange): object {
  const { request, received, ...about } = exchange;
  const { method, path, query, headers, body, bodyFault } = request;
  return {
    ...about,
    request: {
      method,
      path,
      query: query.size === 0 ? undefined : Object.fromEntries(query),
      headers: redacted(headers),
      body,
      bodyFault,
    },
    response: received,
  };
}
