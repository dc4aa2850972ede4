// What group and price searches share: paging, the created_at range, and the envelope.

import { integerAt, momentAt, textAt } from './body.ts';
import type { Answer, Call, Json, Row } from './model.ts';
import { invalid } from './model.ts';

export interface Page {
  limit: number;
  offset: number;
}

type Searched = 'group' | 'price';

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

function cut<T>(call: Call, kind: Searched, rows: T[], page: Page): T[] {
  let { limit, offset } = page;
  if (call.on(`${kind}-search-ignores-limit`)) limit = rows.length;
  if (call.on(`${kind}-search-ignores-offset`)) offset = 0;
  if (call.on(`${kind}-search-offset-overlaps`)) offset = Math.max(0, offset - 1);
  if (call.on(`${kind}-search-offset-skips`) && offset > 0) offset += 1;
  return rows.slice(offset, offset + limit);
}

export function listAnswer<T>(
  call: Call,
  kind: Searched,
  rows: { found: T[]; inScope: number },
  page: Page,
  show: (row: T) => Json,
): Answer {
  const found = call.on(`${kind}-search-drops-newest`) ? rows.found.slice(1) : rows.found;
  const items: Json[] = cut(call, kind, found, page).map(show);
  let total = found.length;
  if (call.on(`${kind}-search-total-is-page`)) total = items.length;
  if (call.on(`${kind}-search-total-ignores-filters`)) total = rows.inScope;
  const offset = page.offset + (call.odd('offset-is-next') ? page.limit : 0);
  const limit = call.on('group-search-limit-as-text') ? String(page.limit) : page.limit;
  const nothing = call.on(`${kind}-search-null-when-empty`) && items.length === 0;
  const status = call.on(`${kind}-search-answers-201`) ? 201 : 200;
  if (kind === 'group' && call.on('group-search-bare-list')) return { status, body: items };
  if (kind === 'group' && call.on('group-search-without-pagination')) {
    return { status, body: { items } };
  }
  const pagination = { total, limit, offset };
  return { status, body: { items: nothing ? null : items, pagination } };
}
