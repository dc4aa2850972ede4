// Neighbouring requests that differ in nothing but their fresh values, so that a loop may stand for them.

import { prefixOf } from '../conformance/senders.ts';
import type { Exchange } from '../conformance/verdict.ts';
import { searchOf } from '../model/http.ts';
import type { Provenance } from './provenance.ts';

export interface Group {
  /** The index of the first one, from 0. */
  readonly first: number;
  /** One or more; several are alike, and nothing of their answers is sent later. */
  readonly exchanges: readonly Exchange[];
}

/** Fewer requests in a row are shown one by one. */
const MANY = 3;

/** All exchanges in order, those that are alike together. */
export function grouped(exchanges: readonly Exchange[], from: Provenance, seed: number): Group[] {
  const fresh = new RegExp(`${prefixOf(seed)}-[0-9a-z]+`, 'gi');
  const texts = exchanges.map(textOf);
  const likes = texts.map((text) => text.replace(fresh, 'ts'));
  const groups: Group[] = [];
  for (let first = 0; first < exchanges.length; ) {
    let end = first + 1;
    while (end < exchanges.length && isLike(exchanges, likes, first, end)) end += 1;
    const isRace = exchanges[first]?.race === true;
    const isOwn = (i: number) => i >= first && i < end;
    const named = texts.slice(first, end).flatMap((text) => text.match(fresh) ?? []);
    const elsewhere = texts.filter((_, i) => !isOwn(i)).join(' ');
    const isUsed =
      named.some((value) => elsewhere.includes(value)) ||
      exchanges.some((_, i) => isOwn(i) && from.capturesFrom(i).length > 0);
    if (!isRace && (end - first < MANY || isUsed)) end = first + 1;
    groups.push({ first, exchanges: exchanges.slice(first, end) });
    first = end;
  }
  return groups;
}

function isLike(
  exchanges: readonly Exchange[],
  likes: readonly string[],
  first: number,
  other: number,
): boolean {
  const a = exchanges[first];
  const b = exchanges[other];
  return likes[first] === likes[other] && a?.race === b?.race && b?.paused === undefined;
}

function textOf({ request, by }: Exchange): string {
  const { method, path, query, body, bodyFault } = request;
  return JSON.stringify([by, method, path, searchOf(query), body, bodyFault]);
}
