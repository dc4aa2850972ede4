// What all searches share: paging, sorting, the created_at range, and the envelope.

import { integerAt, isFields, listAt, momentAt, neededText, textAt } from './body.ts';
import type { Facts } from './conditions.ts';
import type { Answer, Call, Json, Row } from './model.ts';
import { invalid, wrongType } from './model.ts';

export interface Page {
  limit: number;
  offset: number;
}

export type Listing = 'group-search' | 'price-search' | 'plan-search' | 'plan-list';

const LIMIT_MAX = 1000;

export function readPage(call: Call): Page {
  const usual = call.odd('small-default-page') ? 20 : 50;
  const limit = integerAt(call.body, 'limit') ?? usual;
  const offset = integerAt(call.body, 'offset') ?? 0;
  if (limit < 1 || limit > LIMIT_MAX) throw invalid('limit', 'has to be 1 to 1000', limit);
  if (offset < 0) throw invalid('offset', 'must not be negative', offset);
  return { limit, offset };
}

export function readOrder(call: Call): 1 | -1 {
  const usual = call.odd('oldest-first') ? 'asc' : 'desc';
  const order = (textAt(call.body, 'order') ?? usual).toLowerCase();
  if (order !== 'asc' && order !== 'desc') throw invalid('order', 'has to be asc or desc', order);
  return order === 'asc' ? 1 : -1;
}

export function readRange(call: Call): (row: Row) => boolean {
  const from = momentAt(call.body, 'start_time') ?? Number.NEGATIVE_INFINITY;
  const to = momentAt(call.body, 'end_time') ?? Number.POSITIVE_INFINITY;
  if (to < from) throw invalid('end_time', 'lies before start_time');
  return (row) => row.created >= from && row.created <= to;
}

// Group and plan searches take `sort` as a list of fields with their directions.
export function readSort<T>(
  call: Call,
  fields: string[],
  factsOf: (row: T) => Facts,
): ((one: T, other: T) => number)[] {
  return (listAt(call.body, 'sort') ?? []).map((given) => {
    if (!isFields(given)) throw wrongType('sort', 'a list of objects');
    const field = neededText(given, 'field');
    const way = neededText(given, 'direction') === 'desc' ? -1 : 1;
    if (!fields.includes(field)) throw invalid('sort', 'names an unknown field', { field });
    return (one, other) => {
      const [a, b] = [factsOf(one)[field] ?? '', factsOf(other)[field] ?? ''];
      return way * (a < b ? -1 : a > b ? 1 : 0);
    };
  });
}

function cut<T>(call: Call, kind: Listing, rows: T[], page: Page): T[] {
  let { limit, offset } = page;
  if (call.on(`${kind}-ignores-limit`)) limit = rows.length;
  if (call.on(`${kind}-ignores-offset`)) offset = 0;
  if (call.on(`${kind}-offset-overlaps`)) offset = Math.max(0, offset - 1);
  if (call.on(`${kind}-offset-skips`) && offset > 0) offset += 1;
  return rows.slice(offset, offset + limit);
}

export function listAnswer<T>(
  call: Call,
  kind: Listing,
  rows: { found: T[]; inScope: number },
  page: Page,
  show: (row: T) => Json,
): Answer {
  const found = call.on(`${kind}-drops-newest`) ? rows.found.slice(1) : rows.found;
  const items: Json[] = cut(call, kind, found, page).map(show);
  let total = found.length;
  if (call.on(`${kind}-total-is-page`)) total = items.length;
  if (call.on(`${kind}-total-ignores-filters`)) total = rows.inScope;
  const offset = page.offset + (call.odd('offset-is-next') ? page.limit : 0);
  const limit = call.on('group-search-limit-as-text') ? String(page.limit) : page.limit;
  const nothing = call.on(`${kind}-null-when-empty`) && items.length === 0;
  const status = call.on(`${kind}-answers-201`) ? 201 : 200;
  const plain = kind === 'group-search' || kind === 'plan-list';
  if (plain && call.on(`${kind}-bare-list`)) return { status, body: items };
  if (plain && call.on(`${kind}-without-pagination`)) return { status, body: { items } };
  const pagination = { total, limit, offset };
  return { status, body: { items: nothing ? null : items, pagination } };
}
