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
  return options.within === undefined ? new UniqueWatcher(options, writes) : undefined;
}

class UniqueWatcher implements Watcher {
  readonly #options: Options;
  readonly #writes: Writes;
  /** What each record showed last, and which record had a value last. */
  readonly #latest = new Recent<Showing>();
  readonly #holders = new Recent<string>();
  /** By the record that was shown first. */
  readonly #suspicions = new Recent<Suspicion>();

  constructor(options: Options, writes: Writes) {
    this.#options = options;
    this.#writes = writes;
  }

  hear(heard: Heard, showings: readonly Showing[]): Judged[] {
    const own = showings.filter(({ resource }) => resource.name === this.#options.of);
    const judged = own.flatMap((showing) => [
      ...this.#confirm(heard, showing),
      ...this.#note(heard, showing),
    ]);
    return [...this.#inOneList(own), ...judged];
  }

  #inOneList(showings: readonly Showing[]): Judged[] {
    const seen = new Map<string, string>();
    for (const showing of showings) {
      const value = this.#taken(showing);
      if (value === undefined) continue;
      const other = seen.get(JSON.stringify(value));
      if (other !== undefined && other !== showing.id) {
        return [{ reason: this.#words(value), exchanges: [showing.heard.exchange] }];
      }
      seen.set(JSON.stringify(value), showing.id);
    }
    return [];
  }

  /** The suspicion about this record is a certainty when it is now as it was before the other was shown. */
  #confirm(heard: Heard, now: Showing): Judged[] {
    const key = keyOf(heard.caller, this.#options.of, now.id);
    const suspicion = this.#suspicions.get(key);
    if (suspicion === undefined || !isBefore(suspicion.second.heard, heard)) return [];
    this.#suspicions.delete(key);
    const { first, second } = suspicion;
    const value = this.#taken(now);
    const isSame = value !== undefined && isUnchanged(first, now);
    const isQuiet = this.#writes.isQuiet(first.heard.ended + 1, heard.ended, second.heard.began);
    if (!isSame || !isQuiet) return [];
    const exchanges = [first, second, now].map((showing) => showing.heard.exchange);
    return [{ reason: this.#words(value), exchanges }];
  }

  /** Keeps what is shown, and suspects the record that had the value last. */
  #note(heard: Heard, now: Showing): Judged[] {
    const { of } = this.#options;
    const value = this.#taken(now);
    const key = keyOf(heard.caller, of, now.id);
    this.#latest.set(key, now);
    if (value === undefined) return [];
    const place = keyOf(heard.caller, of, JSON.stringify(value));
    const holder = this.#holders.get(place);
    const first = holder === undefined || holder === key ? undefined : this.#latest.get(holder);
    this.#holders.set(place, key);
    if (holder === undefined || first === undefined) return [{}];
    // What the other showed last may be another value by now.
    const isTaken = JSON.stringify(this.#taken(first)) === JSON.stringify(value);
    if (isTaken && isBefore(first.heard, heard)) {
      this.#suspicions.set(holder, { first, second: now });
    }
    return [];
  }

  /** What the record takes for itself; undefined when that is nothing, or not known. */
  #taken(showing: Showing): Json | undefined {
    const { by, among = 'live', blank } = this.#options;
    const value = showing.record[by] ?? null;
    const isFree = value === null || (value === '' && blank !== undefined);
    return isFree || (among === 'live' && isPresent(showing) !== true) ? undefined : value;
  }

  #words(value: Json): string {
    return `two records have the ${this.#options.by} ${JSON.stringify(value)}`;
  }
}
