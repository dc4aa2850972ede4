// Reads a list to its end, by the paging that the contract describes.

import type { Binding } from '../contract/contract.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import type { Filled } from './request.ts';
import type { Session } from './session.ts';
import type { Exchange } from './verdict.ts';

/** No list of a test target is read further than this. */
const MOST_PAGES = 60;

interface Paging {
  readonly size: { readonly param: string };
  readonly skip: { readonly param: string };
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
  const paging = pagingOf(session, binding);
  const items = [...(first['items'] as Json[])];
  const asked = paging === undefined ? undefined : sentValue(filled, paging.size.param);
  if (paging === undefined || typeof asked !== 'number') return first;
  for (let page = 1; hasMore(first, items.length, asked * page); page++) {
    if (page === MOST_PAGES) return { ...first, items, truncated: true };
    const { received } = await exchange(
      withParam(filled, binding, paging.skip.param, items.length),
    );
    const body = 'failure' in received ? undefined : received.body;
    const next = session.shape(binding.operation.id, body)['items'] as Json[];
    if (next.length === 0) break;
    items.push(...next);
  }
  return { ...first, items };
}

/** Whether entries are left, by the total that the answer gives, else by a page that was full. */
function hasMore(first: JsonObject, have: number, full: number): boolean {
  const pagination = first['pagination'];
  const total = isObject(pagination) ? pagination['total'] : undefined;
  if (typeof total === 'number' && total > have) return true;
  return have > 0 && have >= full;
}

function pagingOf(session: Session, { operation }: Binding): Paging | undefined {
  const rule = session.contract.rules.find(
    ({ kind, options }) =>
      kind === 'list' &&
      options['page'] !== undefined &&
      [options['at']].flat().includes(operation.id),
  );
  return rule?.options['page'] as Paging | undefined;
}

function sentValue({ query, body }: Filled, name: string): Json | undefined {
  return query?.[name] ?? (isObject(body) ? body[name] : undefined);
}

function withParam(filled: Filled, binding: Binding, name: string, value: number): Filled {
  if (binding.body === undefined) return { ...filled, query: { ...filled.query, [name]: value } };
  return { ...filled, body: { ...(isObject(filled.body) ? filled.body : {}), [name]: value } };
}
