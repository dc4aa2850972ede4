// Reads a list to its end, by the paging that the contract describes.

import type { Binding } from '../contract/contract.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { type Envelope, envelopeOf, valueAt } from './envelope.ts';
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
  const { param, max = MOST_ENTRIES } = paging?.size ?? {};
  if (param === undefined || sentValue(filled, param) !== undefined) return filled;
  return withParam(filled, binding, param, Math.min(MOST_ENTRIES, max));
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
  const envelope = envelopeOf(session.contract, binding);
  const { paging, total, next: onward } = envelope;
  const items = [...(first['items'] as Json[])];
  const param = paging?.size.param;
  const asked = param === undefined ? undefined : sentValue(filled, param);
  const isLed = paging?.after !== undefined && onward.length > 0;
  if (paging === undefined || (typeof asked !== 'number' && !isLed)) return first;
  let latest = first;
  const hasMore = (page: number) => {
    if (isLed) return (valueAt(latest, onward) ?? null) !== null;
    const all = valueAt(first, total);
    if (typeof all === 'number' && all > items.length) return true;
    return items.length > 0 && items.length >= Number(asked) * page;
  };
  for (let page = 1; hasMore(page); page++) {
    if (page === MOST_PAGES) return { ...first, items, truncated: true };
    const place = placeOf(envelope, binding, { page, items, latest });
    if (place === undefined) break;
    const { received } = await exchange(withParam(filled, binding, ...place));
    const body = 'failure' in received ? undefined : received.body;
    latest = session.shape(binding.operation.id, body);
    const next = latest['items'] as Json[];
    if (next.length === 0) break;
    items.push(...next);
  }
  return { ...first, items };
}

interface Read {
  /** How many pages were read, and what was in them. */
  readonly page: number;
  readonly items: readonly Json[];
  /** The latest one as it was answered. */
  readonly latest: JsonObject;
}

/** The parameter that asks for the next page, and its value; undefined where the list has come to its end. */
function placeOf(
  { paging, next }: Envelope,
  { resource: { key } }: Binding,
  { page, items, latest }: Read,
): [name: string, value: Json] | undefined {
  if (paging?.skip !== undefined) return [paging.skip.param, items.length];
  if (paging?.page !== undefined) return [paging.page.param, paging.page.first + page];
  if (paging?.after === undefined) return undefined;
  const last = items.at(-1);
  const value = next.length > 0 ? valueAt(latest, next) : isObject(last) ? last[key] : undefined;
  return value === undefined || value === null ? undefined : [paging.after.param, value];
}

function sentValue({ query, body }: Filled, name: string): Json | undefined {
  return query?.[name] ?? (isObject(body) ? body[name] : undefined);
}

function withParam(filled: Filled, binding: Binding, name: string, value: Json): Filled {
  if (binding.body === undefined) return { ...filled, query: { ...filled.query, [name]: value } };
  return { ...filled, body: { ...(isObject(filled.body) ? filled.body : {}), [name]: value } };
}
