// The lists: filters, pages counted from 0, and the envelope.

import { collectionListed } from './collection-show.ts';
import type { Answer, Call, Collection, Fields, Json, Product, Thing } from './model.ts';
import { broken, Refusal } from './model.ts';
import { productListed, spoiled } from './product-show.ts';

function badQuery(name: string): Refusal {
  return new Refusal(422, 'INVALID_QUERY_PARAMS', `${name} is not valid.`, 'bad-query');
}

function flagIn({ query }: Call, name: string): boolean | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  if (text !== 'true' && text !== 'false') throw badQuery(name);
  return text === 'true';
}

function numberIn({ on, query }: Call, name: string, usual: number): number {
  const text = query.get(name);
  if (text === null) return usual;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  if (on('list-bad-numbers-500')) throw broken();
  if (on('list-bad-numbers-ignored')) return usual;
  throw badQuery(name);
}

function sizeIn(call: Call): number {
  const { on, odd } = call;
  const usual = on('list-default-20') ? 20 : on('list-default-all') ? 1000 : 10;
  const asked = numberIn(call, 'page_size', usual);
  if (on('list-size-ignored')) return usual;
  if (asked > 100 && odd('page-size-over-100-refused')) throw badQuery('page_size');
  if (asked === 0 && odd('page-size-0-refused')) throw badQuery('page_size');
  if (on('list-size-unlimited')) return asked;
  return Math.min(asked, on('list-size-at-most-50') ? 50 : 100);
}

function cut<T>(call: Call, rows: T[]): T[] {
  const { on } = call;
  const size = sizeIn(call);
  const page = numberIn(call, 'page_number', on('list-number-from-1') ? 1 : 0);
  if (on('list-number-ignored')) return rows.slice(0, size);
  let start = (on('list-number-from-1') ? Math.max(page - 1, 0) : page) * size;
  if (start > 0 && on('list-second-page-empty')) return [];
  if (start > 0 && on('list-pages-overlap')) start -= 1;
  if (start > 0 && on('list-pages-skip')) start += 1;
  if (start >= rows.length && page > 0) {
    if (on('list-past-end-404')) throw new Refusal(404, 'NOT_FOUND', 'There is no such page.');
    if (on('list-past-end-first-page')) start = 0;
    if (on('list-past-end-500')) throw broken();
  }
  const found = rows.slice(start, start + size + (on('list-one-too-many') ? 1 : 0));
  return on('list-page-misses-last') ? found.slice(0, -1) : found;
}

function sorted<T extends Thing>({ on, odd }: Call, rows: T[]): T[] {
  if (odd('lists-oldest-first')) return rows;
  if (odd('lists-by-id')) return [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));
  if (on('list-misses-newest')) return rows.slice(0, -1).reverse();
  if (on('list-misses-oldest')) return rows.slice(1).reverse();
  if (on('list-doubles')) return [...rows].reverse().flatMap((row) => [row, row]);
  return [...rows].reverse();
}

export function answerList<T extends Thing>(call: Call, rows: T[], show: (row: T) => Json): Answer {
  const { on, tenant, route } = call;
  const own = rows.filter((row) => row.tenant === tenant || on(`leak-${route}`));
  const items = cut(call, sorted(call, own)).map(show);
  if (on('list-bare')) return { status: 200, body: items };
  if (on('list-in-data')) return { status: 200, body: { data: items } };
  if (items.length === 0 && on('list-empty-null')) return { status: 200, body: { items: null } };
  if (items.length === 0 && on('list-empty-404')) throw new Refusal(404, 'NOT_FOUND', 'None.');
  if (on('list-as-map'))
    return {
      status: 200,
      body: { items: Object.fromEntries(items.map((each, at) => [String(at), each])) },
    };
  return { status: 200, body: { items } };
}

function byArchived<T extends Collection | Product>(call: Call, kind: string, rows: T[]): T[] {
  const { on } = call;
  const wanted = flagIn(call, 'archived');
  if (wanted === undefined && on(`${kind}-default-shows-archived`)) return rows;
  if (wanted === undefined && on(`${kind}-default-shows-only-archived`)) {
    return rows.filter((row) => row.archived);
  }
  if (on(`${kind}-archived-ignored`)) return rows.filter((row) => !row.archived);
  if (wanted === true && on(`${kind}-archived-shows-all`)) return rows;
  if (wanted === false && on(`${kind}-archived-false-shows-archived`)) {
    return rows.filter((row) => row.archived);
  }
  return rows.filter((row) => row.archived === (wanted ?? false));
}

function byBrand<T extends Thing>(
  call: Call,
  kind: string,
  rows: T[],
  brandOf: (row: T) => Json,
): T[] {
  const wanted = call.query.get('brand_id');
  if (wanted === null || call.on(`${kind}-brand-ignored`)) return rows;
  if (call.on(`${kind}-brand-finds-nothing`)) return [];
  return rows.filter((row) => brandOf(row) === wanted);
}

export function listCollections(call: Call): Answer {
  const { store } = call;
  const found = byArchived(call, 'collections', store.collections.seen());
  const rows = byBrand(call, 'collections', found, (row) => row.brandId);
  return answerList(call, rows, (row) => collectionListed(call, row));
}

export function listProducts(call: Call): Answer {
  const { on, store } = call;
  const found = byArchived(call, 'products', store.products.seen());
  const rows = byBrand(call, 'products', found, (row) => row.kept['brand_id'] ?? null);
  let recurring = flagIn(call, 'recurring');
  if (recurring === true && on('recurring-true-ignored')) recurring = undefined;
  if (recurring === false && on('recurring-false-ignored')) recurring = undefined;
  if (recurring !== undefined && on('recurring-inverted')) recurring = !recurring;
  if (recurring === undefined && on('recurring-absent-means-false')) recurring = false;
  const fit = rows.filter((row) => {
    if (recurring === undefined) return true;
    const usage = row.price['type'] === 'usage_based_price';
    if (usage && on('recurring-leaves-out-usage')) return false;
    return (row.price['type'] !== 'one_time_price') === recurring;
  });
  return answerList(call, fit, (row) => productListed(call, row));
}

const plain = (call: Call, kind: string, shown: Fields): Json => spoiled(call, kind, shown);

export const listMeters = (call: Call): Answer =>
  answerList(call, call.store.meters.seen(), (row) => plain(call, 'meter', row.shown));

export const listAddons = (call: Call): Answer =>
  answerList(call, call.store.addons.seen(), (row) => plain(call, 'addon', row.shown));

// Nothing here can delete a credit entitlement, so there are no deleted ones to list.
export function listCredits(call: Call): Answer {
  const rows = flagIn(call, 'deleted') === true ? [] : call.store.credits.seen();
  return answerList(call, rows, (row) => plain(call, 'credit', row.shown));
}
