// A run as JSON, version 1: for machines, stable in its keys.

import type { Exchange, Report, Result } from '../conformance/verdict.ts';
import { redacted } from './redact.ts';

/** The report as one JSON text. */
export function jsonReport(report: Report): string {
  const { api, target, seed, requests, summary, results } = report;
  const body = { version: 1, api, target, seed, requests, summary, checks: results.map(checkOf) };
  return `${JSON.stringify(body, null, 2)}\n`;
}

function checkOf(result: Result): object {
  const { id, rule, says, basis, source, operation, verdict, reason, place, requests } = result;
  return {
    id,
    rule,
    says,
    basis,
    source,
    operation,
    verdict,
    ...(place === undefined ? {} : { place }),
    ...(reason === undefined ? {} : { reason }),
    ...(requests === undefined ? {} : { requests: requests.map(exchangeOf) }),
  };
}

function exchangeOf({ request, received }: Exchange): object {
  const { method, path, query, body } = request;
  return {
    request: {
      method,
      path,
      ...(query.size === 0 ? {} : { query: Object.fromEntries(query) }),
      headers: redacted(request.headers),
      ...(body === undefined ? {} : { body }),
    },
    response: received,
  };
}
