// The requests that led to a verdict, so that they can be sent again: each once and in order, with those that made
// what the check shares with others.

import type { Exchange } from './verdict.ts';

export interface TrailParts {
  readonly exchanges: readonly Exchange[];
  /** The requests of earlier checks that made what these share. */
  readonly setup: readonly Exchange[];
  /** Requests to a list that lagged and was asked again. */
  readonly again: readonly Exchange[];
}

export class Trail implements Iterable<Exchange> {
  readonly #exchanges = new Set<Exchange>();
  readonly #again: Exchange[] = [];

  get length(): number {
    return this.#exchanges.size;
  }

  /** The request that was sent last; undefined before the first. */
  get last(): Exchange | undefined {
    return [...this.#exchanges].at(-1);
  }

  [Symbol.iterator](): Iterator<Exchange> {
    return this.#exchanges.values();
  }

  add(...exchanges: readonly Exchange[]): void {
    for (const exchange of exchanges) this.#exchanges.add(exchange);
  }

  /** Forgets the requests from that place on: they are sent again. */
  dropFrom(place: number): void {
    const dropped = [...this.#exchanges].slice(place);
    for (const exchange of dropped) this.#exchanges.delete(exchange);
    this.#again.push(...dropped);
  }

  /** In order: the requests before the number, which were of earlier checks, and the others. */
  partsFrom(first: number): TrailParts {
    const all = [...this.#exchanges].sort((a, b) => (a.number ?? 0) - (b.number ?? 0));
    // What is judged is never of an earlier check, though another one may have asked for it.
    const from = Math.min(first, all.at(-1)?.number ?? first);
    const isEarlier = ({ number = 0 }: Exchange) => number < from;
    return {
      setup: all.filter(isEarlier),
      exchanges: all.filter((exchange) => !isEarlier(exchange)),
      again: this.#again,
    };
  }
}

/** Whether the status itself is not as expected; a part that is missing in a good answer counts as a 404 too. */
export function isStatusWrong(last: Exchange | undefined, expected = ''): expected is string {
  if (expected === '' || last === undefined || 'failure' in last.received) return expected !== '';
  const status = String(last.received.status);
  return !expected.split(' ').some((one) => one === status || one === `${status[0]}xx`);
}
