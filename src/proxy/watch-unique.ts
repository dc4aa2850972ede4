// No two present records show one unique value: judged where one list shows both, or where one of them is the same
// before and after the other was shown.

import type { Rule } from '../contract/contract.ts';
import type { Json } from '../model/json.ts';
import type { Options } from '../rules/unique/options.ts';
import {
  type Heard,
  isBefore,
  isPresent,
  isUnchanged,
  type Judged,
  keyOf,
  type Showing,
  type Watcher,
} from './heard.ts';
import { Recent } from './recent.ts';
import type { Writes } from './writes.ts';

interface Suspicion {
  readonly first: Showing;
  readonly second: Showing;
}

/** Listens for one rule; undefined for values that are unique within an owner, which answers seldom name. */
export function watchUnique({ options }: Rule<Options>, writes: Writes): Watcher | undefined {
  const { of, by, among = 'live', blank, within } = options;
  if (within !== undefined) return undefined;
  const latest = new Recent<Showing>();
  const holders = new Recent<string>();
  const suspicions = new Recent<Suspicion>();

  /** What the record takes for itself; undefined when that is nothing, or not known. */
  const taken = (showing: Showing): Json | undefined => {
    const value = showing.record[by] ?? null;
    const isFree = value === null || (value === '' && blank !== undefined);
    return isFree || (among === 'live' && isPresent(showing) !== true) ? undefined : value;
  };
  const words = (value: Json) => `two records have the ${by} ${JSON.stringify(value)}`;

  const inOneList = (showings: readonly Showing[]): Judged[] => {
    const seen = new Map<string, string>();
    for (const showing of showings) {
      const value = taken(showing);
      if (value === undefined) continue;
      const other = seen.get(JSON.stringify(value));
      if (other !== undefined && other !== showing.id) {
        return [{ reason: words(value), exchanges: [showing.heard.exchange] }];
      }
      seen.set(JSON.stringify(value), showing.id);
    }
    return [];
  };

  const confirmed = (heard: Heard, now: Showing): Judged[] => {
    const key = keyOf(heard.caller, of, now.id);
    const suspicion = suspicions.get(key);
    if (suspicion === undefined || !isBefore(suspicion.second.heard, heard)) return [];
    suspicions.delete(key);
    const { first, second } = suspicion;
    const value = taken(now);
    const isSame = value !== undefined && isUnchanged(first, now);
    const isQuiet = writes.isQuiet(first.heard.ended + 1, heard.ended, second.heard.began);
    if (!isSame || !isQuiet || value === undefined) return [];
    const exchanges = [first, second, now].map((showing) => showing.heard.exchange);
    return [{ reason: words(value), exchanges }];
  };

  const note = (heard: Heard, now: Showing): Judged[] => {
    const value = taken(now);
    const key = keyOf(heard.caller, of, now.id);
    latest.set(key, now);
    if (value === undefined) return [];
    const place = keyOf(heard.caller, of, JSON.stringify(value));
    const holder = holders.get(place);
    const first = holder === undefined || holder === key ? undefined : latest.get(holder);
    holders.set(place, key);
    if (holder === undefined || first === undefined) return [{}];
    // What the other showed last may be another value by now.
    const isTaken = JSON.stringify(taken(first)) === JSON.stringify(value);
    if (isTaken && isBefore(first.heard, heard)) suspicions.set(holder, { first, second: now });
    return [];
  };

  return {
    hear: (heard, showings) => {
      const own = showings.filter(({ resource }) => resource.name === of);
      const judged = own.flatMap((showing) => [
        ...confirmed(heard, showing),
        ...note(heard, showing),
      ]);
      return [...inOneList(own), ...judged];
    },
  };
}
