// Whether two answers show the same, though one is of another run: ids, times and fresh values are others.

import type { Exchange } from '../../src/conformance/verdict.ts';
import { isObject, type Json } from '../../src/model/json.ts';
import type { Printed } from './pasted.ts';

/** The statuses, each race with its own sorted: what comes back at once comes in any order. */
export function statusesOf(exchanges: readonly Exchange[]): number[] {
  return exchanges.map(({ received }) => ('failure' in received ? 0 : received.status));
}

/** A value that a run made up. */
const FRESH = /^ts-[0-9a-z]+-/i;

/** Shorter texts are compared as a whole. */
const CUT = 12;

/**
 * What differs between the last answers, as lines; empty where they show the same. Ids that earlier answers gave
 * are one and the same; records that the sequence did not make don't count.
 */
export function differences(exchanges: readonly Exchange[], printed: readonly Printed[]): string[] {
  const last = exchanges.length - 1;
  const bodies = exchanges.map(({ received }) =>
    'failure' in received ? undefined : received.body,
  );
  const repeated = printed.map(({ body }) => parsed(body));
  const ids = new Map<string, string>();
  for (let i = 0; i < last; i++) pairIds(bodies[i], repeated[i], ids);
  return [...unlike(bodies[last], repeated[last], ids, '')];
}

function parsed(body: string): Json | undefined {
  if (body === '') return undefined;
  try {
    return JSON.parse(body) as Json;
  } catch {
    return body;
  }
}

function pairIds(a: Json | undefined, b: Json | undefined, ids: Map<string, string>): void {
  if (Array.isArray(a) && Array.isArray(b)) {
    for (const [i, item] of a.entries()) pairIds(item, b[i], ids);
  } else if (isObject(a) && isObject(b)) {
    for (const [key, value] of Object.entries(a)) {
      const other = b[key];
      if (
        typeof value === 'string' &&
        typeof other === 'string' &&
        value !== '' &&
        (isId(key) || (FRESH.test(value) && FRESH.test(other))) &&
        !ids.has(value)
      ) {
        ids.set(value, other);
      } else pairIds(value, other, ids);
    }
  }
}

function isId(key: string): boolean {
  return /(^|_)id$|Id$/.test(key);
}

function* unlike(
  a: Json | undefined,
  b: Json | undefined,
  ids: ReadonlyMap<string, string>,
  at: string,
): Generator<string> {
  if (Array.isArray(a) && Array.isArray(b)) {
    const ours = a.filter((item) => isOurs(item, [...ids.keys()]));
    const theirs = b.filter((item) => isOurs(item, [...ids.values()]));
    if (ours.length !== theirs.length)
      yield `${at}: ${ours.length} entries, ${theirs.length} when repeated`;
    for (const [i, item] of ours.entries()) yield* unlike(item, theirs[i], ids, `${at}/${i}`);
  } else if (isObject(a) && isObject(b)) {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      if (!isCount(key)) yield* unlike(a[key], b[key], ids, `${at}/${key}`);
    }
  } else if (!sameLeaf(a, b, ids, at)) {
    yield `${at}: ${JSON.stringify(a)}, ${JSON.stringify(b)} when repeated`;
  }
}

/** An entry that is no record, or one that the sequence made: by its id, or by a fresh value where it shows none. */
function isOurs(item: Json, ids: readonly string[]): boolean {
  if (!isObject(item)) return true;
  if (typeof item['id'] === 'string') return ids.includes(item['id']);
  const fresh = Object.values(item).filter((value) => FRESH.test(String(value)));
  return fresh.length === 0 || fresh.some((value) => ids.includes(String(value)));
}

/** Counts of a list, and numbers that are given out one by one, are about all records of a server. */
function isCount(key: string): boolean {
  return /total|count$|number$|^lastPage$/i.test(key);
}

function sameLeaf(
  a: Json | undefined,
  b: Json | undefined,
  ids: ReadonlyMap<string, string>,
  at: string,
): boolean {
  if (a === b) return true;
  if (typeof a === 'number' && typeof b === 'number') return isTime(a) && isTime(b);
  if (typeof a !== 'string' || typeof b !== 'string') return false;
  if (ids.get(a) === b) return true;
  const [before, after] = [masked(a, [...ids.keys()]), masked(b, [...ids.values()])];
  if (before === after) return true;
  // A server that cuts texts off cuts longer values off elsewhere.
  if (after.length > CUT && (before.startsWith(after) || after.startsWith(before))) return true;
  return isId(at.slice(at.lastIndexOf('/') + 1)) && !ids.has(a) && a.length === b.length;
}

/** Whether the number is a time of these years, in milliseconds. */
function isTime(value: number): boolean {
  return value > 1e12 && value < 3e12;
}

/** The text without what is new in each run. */
function masked(text: string, ids: readonly string[]): string {
  const known = ids.reduce((rest, id, i) => rest.replaceAll(id, `<id ${i}>`), text);
  return known
    .replace(/\d{4}-\d\d-\d\d[T ][\d:.]+(Z|[+-]\d\d:?\d\d)?/g, '<time>')
    .replace(/ts-\d+-[0-9a-z]+/gi, '<fresh>');
}
