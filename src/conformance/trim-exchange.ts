// What is kept of an exchange for a report: a server that answers megabytes must not fill our memory with them.

import type { Exchange } from './verdict.ts';

const MOST_KEPT = 64 * 1024;
const SHOWN = 1000;

/** The exchange, with the beginning of a body that is too long. */
export function trimmed(exchange: Exchange): Exchange {
  const { received } = exchange;
  if ('failure' in received || received.body === undefined) return exchange;
  const { body } = received;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  if (text.length <= MOST_KEPT) return exchange;
  const shown = `${text.slice(0, SHOWN)}... (${text.length} characters)`;
  return { ...exchange, received: { ...received, body: shown } };
}
