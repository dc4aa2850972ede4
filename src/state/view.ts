// What one request sees: the state plus the changes it proposes. Dropped when the request is refused,
// so nothing is ever half done.

import { type Json, type JsonObject, valuesAt } from '../model/json.ts';
import type { Change, Row, State } from './state.ts';

/** A record together with the scope it lives in. */
export interface Found {
  readonly scope: string;
  readonly row: Row;
}

export class View {
  readonly #state: State;
  readonly scope: string;
  /** Proposed so far: one change per record, however often it was proposed, in the order of the first. */
  readonly #changes: Change[] = [];
  /** By resource and id, where it stands in the list. */
  readonly #places = new Map<string, Map<string, number>>();
  #made = 0;
  /** How often a record was proposed again: what was checked of it may no longer hold. */
  again = 0;

  constructor(state: State, scope: string) {
    this.#state = state;
    this.scope = scope;
  }

  /** The record as it was before this request; undefined when there was none. */
  was(resource: string, id: string): Row | undefined {
    return this.#state.table(this.scope, resource).rows.get(id);
  }

  /** The record as it would be; undefined when there is none. */
  now(resource: string, id: string): Row | undefined {
    const place = this.#places.get(resource)?.get(id);
    return place === undefined ? this.was(resource, id) : this.#changes[place]?.after;
  }

  /** The record in any other scope; only for rules that reach beyond the caller's. */
  elsewhere(resource: string, id: string): Found | undefined {
    for (const scope of this.#state.scopes()) {
      const row = this.#state.table(scope, resource).rows.get(id);
      if (scope !== this.scope && row !== undefined) return { scope, row };
    }
    return undefined;
  }

  /** All records of the resource in all other scopes; only for rules that reach beyond the caller's. */
  allElsewhere(resource: string): Row[] {
    return this.#state
      .scopes()
      .filter((scope) => scope !== this.scope)
      .flatMap((scope) => [...this.#state.table(scope, resource).rows.values()]);
  }

  /** The records, as they would be, that have the value at the path, oldest first; by index where one is kept. */
  find(resource: string, path: string, value: Json): Row[] {
    const table = this.#state.table(this.scope, resource);
    const has = (row: Row) => valuesAt(row.data, path).includes(value);
    const ids = table.ids(path, value);
    if (ids === undefined) return this.all(resource).filter(has);
    const proposed = this.#places.get(resource);
    const found: Row[] = [];
    for (const id of ids) {
      const row = proposed?.has(id) ? undefined : table.rows.get(id);
      if (row !== undefined) found.push(row);
    }
    for (const place of proposed?.values() ?? []) {
      const after = this.#changes[place]?.after;
      if (after !== undefined && has(after)) found.push(after);
    }
    return found.sort((one, other) => one.seq - other.seq);
  }

  /**
   * The records, as they would be, that have one of the values at the path, oldest first, when an index finds
   * them faster than a look at all; undefined when none does.
   */
  among(resource: string, path: string, values: readonly Json[]): Row[] | undefined {
    const table = this.#state.table(this.scope, resource);
    let count = 0;
    for (const value of values) {
      const ids = table.ids(path, value);
      if (ids === undefined) return undefined;
      count += ids.size;
    }
    if (count > table.rows.size / 2) return undefined;
    const found = new Set(values.flatMap((value) => this.find(resource, path, value)));
    return [...found].sort((one, other) => one.seq - other.seq);
  }

  /** Every record of the resource as it would be, oldest first. */
  all(resource: string): Row[] {
    const rows = [...this.#state.table(this.scope, resource).rows.values()];
    const proposed = this.#places.get(resource);
    if (proposed === undefined) return rows;
    const kept = rows.flatMap((row) => this.now(resource, row.id) ?? []);
    const made = [...proposed.values()].flatMap((place) => {
      const change = this.#changes[place];
      return change?.before === undefined ? (change?.after ?? []) : [];
    });
    return [...kept, ...made];
  }

  /** The place in the order of creation that the next new record gets. */
  nextSeq(): number {
    return this.#state.nextSeq(this.scope) + this.#made;
  }

  /** Proposes a new record and gives it back. */
  insert(resource: string, id: string, data: JsonObject): Change {
    const seq = this.nextSeq();
    this.#made += 1;
    return this.#propose({ scope: this.scope, resource, id, after: { id, seq, data } });
  }

  /** Proposes other data for a record. */
  replace(resource: string, row: Row, data: JsonObject, scope = this.scope): Change {
    return this.#propose({ scope, resource, id: row.id, before: row, after: { ...row, data } });
  }

  /** Proposes that a record goes. */
  remove(resource: string, row: Row): Change {
    return this.#propose({ scope: this.scope, resource, id: row.id, before: row });
  }

  /** What was proposed, in the order of the first proposal of each record; it grows as more is. */
  changes(): readonly Change[] {
    return this.#changes;
  }

  #propose(change: Change): Change {
    const places = this.#places.get(change.resource) ?? new Map<string, number>();
    this.#places.set(change.resource, places);
    const place = places.get(change.id);
    if (place === undefined) {
      places.set(change.id, this.#changes.push(change) - 1);
      return change;
    }
    const { before } = this.#changes[place] ?? {};
    this.again += 1;
    const whole = { ...change, ...(before === undefined ? {} : { before }) };
    this.#changes[place] = whole;
    return whole;
  }
}
