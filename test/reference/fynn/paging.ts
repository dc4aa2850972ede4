// Pages: reads page and limit, cuts a list, and counts.

import type { Answer, Call, Fields, Json, Row } from './model.ts';
import { broken, Refusal } from './model.ts';

interface Wanted {
  page: number;
  limit: number;
}

function numberIn(call: Call, name: string, usual: number, least: number): number {
  const text = call.query.get(name);
  if (text === null) return usual;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(value) && call.on('list-page-text-500')) throw broken();
  if (value === 0 && name === 'page' && call.on('list-page-0-accepted')) return 1;
  if (value >= least) return value;
  throw new Refusal(400, `${name} has to be a whole number from ${least}.`);
}

function wantedOf(call: Call, isGroups: boolean): Wanted {
  const on: Call['on'] = (fault) => isGroups && call.on(fault);
  const usual = on('list-default-limit-10') ? 10 : 30;
  const page = numberIn(call, 'page', 1, on('list-page-from-zero') ? 0 : 1);
  const asked = numberIn(call, 'limit', usual, 0);
  if (asked > 100 && call.odd('limit-over-100-refused')) {
    throw new Refusal(400, 'limit has to be at most 100.');
  }
  const most = on('list-limit-50-at-most') ? 50 : 100;
  const limit = on('list-limit-over-100') ? asked : Math.min(asked, most);
  return {
    page: on('list-page-ignored') ? 1 : page,
    limit: on('list-limit-ignored') ? usual : limit,
  };
}

function cut<T>(rows: T[], { page, limit }: Wanted, on: Call['on']): T[] {
  let start = (on('list-page-from-zero') ? page : page - 1) * limit;
  if (start > 0 && on('list-misses-later-pages')) return [];
  if (start > 0 && on('list-pages-overlap')) start -= 1;
  if (start > 0 && on('list-pages-skip')) start += 1;
  return rows.slice(start, start + limit);
}

function pagination(wanted: Wanted, total: number, count: number, on: Call['on']): Fields {
  const { page, limit } = wanted;
  const pages = limit === 0 ? 1 : Math.ceil(total / limit);
  const last = Math.max(pages, on('list-empty-last-page-0') ? 0 : 1);
  const numbers: { [name: string]: number } = {
    totalItems: on('list-total-is-page') ? count : total,
    itemsPerPage: on('list-items-per-page-wrong') ? 30 : limit,
    currentPage: on('list-current-page-wrong') ? 1 : page,
    lastPage: on('list-last-page-wrong') ? last + 1 : last,
    pageTotalItems: on('list-page-total-wrong') ? total : count,
  };
  if (!on('list-numbers-as-strings')) return numbers;
  return Object.fromEntries(Object.entries(numbers).map(([name, each]) => [name, String(each)]));
}

export interface Listing<T> {
  rows: T[];
  show(row: T): Json;
  isGroups?: boolean;
  total?: number | undefined;
}

export function answerPage<T extends Row>(call: Call, listing: Listing<T>): Answer {
  const isGroups = listing.isGroups === true;
  const on: Call['on'] = (fault) => isGroups && call.on(fault);
  const wanted = wantedOf(call, isGroups);
  const rows = call.odd('lists-oldest-first') ? listing.rows : [...listing.rows].reverse();
  const page = cut(rows, wanted, on);
  if (page.length === 0 && wanted.page > 1 && on('list-past-the-end-404')) {
    throw new Refusal(404, 'There is no such page.');
  }
  const data = page.map(listing.show);
  if (on('list-without-envelope')) return { status: 200, body: data };
  if (on('list-without-meta')) return { status: 200, body: { data } };
  const total = listing.total ?? rows.length;
  const meta = { pagination: pagination(wanted, total, data.length, on) };
  return { status: 200, body: { data, meta } };
}
