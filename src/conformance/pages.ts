// Reads a list to its end, by the paging that the contract describes.

import type { Binding } from '../contract/contract.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { envelopeOf, valueAt } from './envelope.ts';
import type { Filled } from './request.ts';
import type { Session } from './session.ts';
import type { Exchange } from './verdict.ts';

/** No list of a test target is read further than this. */
const MOST_PAGES = 60;

/** As many entries as any server gives at once. */
const MOST_ENTRIES = 100;

/** The request for a first page that is as long as can be, where it does not say how long. */
export function longestPage(session: Session, binding: Binding, filled: Filled): Filled {
  const { paging } = envelopeOf(session.contract, binding);
  if (paging === undefined || sentValue(filled, paging.size.param) !== undefined) return filled;
  const size = Math.min(MOST_ENTRIES, paging.size.max ?? MOST_ENTRIES);
  return withParam(filled, binding, paging.size.param, size);
}

/**
 * The first page's answer with the entries of all pages; as it is where the contract knows no paging, and
 * `truncated` when the list goes on beyond what is read here.
 */
export async function readPages(
  session: Session,
  binding: Binding,
  filled: Filled,
  first: JsonObject,
  exchange: (filled: Filled) => Promise<Exchange>,
): Promise<JsonObject> {
  const { paging, total } = envelopeOf(session.contract, binding);
  const items = [...(first['items'] as Json[])];
  const asked = paging === undefined ? undefined : sentValue(filled, paging.size.param);
  if (paging === undefined || typeof asked !== 'number') return first;
  const all = valueAt(first, total);
  const hasMore = (page: number) =>
    typeof all === 'number' && all > items.length
      ? true
      : items.length > 0 && items.length >= asked * page;
  for (let page = 1; hasMore(page); page++) {
    if (page === MOST_PAGES) return { ...first, items, truncated: true };
    const place = paging.skip ?? paging.page;
    const value = paging.skip === undefined ? (paging.page?.first ?? 0) + page : items.length;
    if (place === undefined) break;
    const { received } = await exchange(withParam(filled, binding, place.param, value));
    const body = 'failure' in received ? undefined : received.body;
    const next = session.shape(binding.operation.id, body)['items'] as Json[];
    if (next.length === 0) break;
    items.push(...next);
  }
  return { ...first, items };
}

function sentValue({ query, body }: Filled, name: string): Json | undefined {
  return query?.[name] ?? (isObject(body) ? body[name] : undefined);
}

function withParam(filled: Filled, binding: Binding, name: string, value: number): Filled {
  if (binding.body === undefined) return { ...filled, query: { ...filled.query, [name]: value } };
  return { ...filled, body: { ...(isObject(filled.body) ? filled.body : {}), [name]: value } };
}
