// The records: scope -> resource -> id -> row, with one kind of index. `apply` is the only writer; rows
// are never changed in place, so a view, a snapshot and a fork are cheap and safe.

import { type Json, type JsonObject, valuesAt } from '../model/json.ts';

export interface Row {
  readonly id: string;
  /** Grows with every record made in a scope: the order of creation. */
  readonly seq: number;
  readonly data: JsonObject;
}

/** One insert (no `before`), replacement (both) or removal (no `after`). */
export interface Change {
  readonly scope: string;
  readonly resource: string;
  readonly id: string;
  readonly before?: Row;
  readonly after?: Row;
}

/** What a state is made for: the paths to keep an index of, and the rows every new scope starts with. */
export interface Shape {
  readonly indexes: Readonly<Record<string, readonly string[]>>;
  /** The fixture's rows for a scope, oldest first. */
  seed(scope: string): readonly Change[];
}

const NONE: ReadonlySet<string> = new Set();

/** The rows of one resource in one scope, in the order of their creation. */
export class Table {
  readonly rows = new Map<string, Row>();
  readonly #indexes: Map<string, Map<Json, Set<string>>>;

  constructor(paths: readonly string[]) {
    this.#indexes = new Map(paths.map((path) => [path, new Map()]));
  }

  /** The ids of the rows that have the value at the path; undefined when no index is kept for it. */
  ids(path: string, value: Json): ReadonlySet<string> | undefined {
    return this.#indexes.get(path)?.get(value) ?? (this.#indexes.has(path) ? NONE : undefined);
  }

  /** Only `State.apply` calls this. */
  write(id: string, after: Row | undefined): void {
    const before = this.rows.get(id);
    for (const [path, index] of this.#indexes) {
      if (before !== undefined) unlist(index, valuesAt(before.data, path), id);
      if (after !== undefined) list(index, valuesAt(after.data, path), id);
    }
    if (after === undefined) this.rows.delete(id);
    else this.rows.set(id, after);
  }
}

function list(index: Map<Json, Set<string>>, values: readonly Json[], id: string): void {
  for (const value of values) {
    if (value === null) continue;
    const ids = index.get(value);
    if (ids === undefined) index.set(value, new Set([id]));
    else ids.add(id);
  }
}

function unlist(index: Map<Json, Set<string>>, values: readonly Json[], id: string): void {
  for (const value of values) {
    const ids = index.get(value);
    ids?.delete(id);
    if (ids?.size === 0) index.delete(value);
  }
}

interface Scope {
  readonly tables: Map<string, Table>;
  /** The highest `seq` given out. */
  seq: number;
  /** Whether it differs from the fixture, and so has to be kept. */
  written: boolean;
}

export class State {
  #shape: Shape;
  readonly #scopes = new Map<string, Scope>();
  #version = 0;

  constructor(shape: Shape) {
    this.#shape = shape;
  }

  /** The number of accepted writes so far: what the journal counts too. */
  get version(): number {
    return this.#version;
  }

  /** The rows of a resource in a scope; a scope never seen before starts as the fixture. */
  table(scope: string, resource: string): Table {
    return this.#table(this.#open(scope), resource);
  }

  /** The `seq` for the next record of the scope. */
  nextSeq(scope: string): number {
    return this.#open(scope).seq + 1;
  }

  /** Names of the scopes known here. */
  scopes(): string[] {
    return [...this.#scopes.keys()];
  }

  /** Whether the scope was ever written; one that was not is the fixture and need not be kept. */
  isWritten(scope: string): boolean {
    return this.#scopes.get(scope)?.written ?? false;
  }

  /** The names of the resources that have rows in the scope. */
  resources(scope: string): string[] {
    return [...this.#open(scope).tables.keys()];
  }

  /** The only mutator. Every call with changes moves the version by one. */
  apply(changes: readonly Change[]): void {
    if (changes.length === 0) return;
    for (const change of changes) {
      const scope = this.#open(change.scope);
      scope.written = true;
      this.#write(scope, change);
    }
    this.#version += 1;
  }

  /** Puts back what a store kept, in place of all that is here: each scope is then exactly those rows. */
  restore(kept: Iterable<readonly [scope: string, rows: Iterable<Change>]>, version: number): void {
    this.#scopes.clear();
    for (const [name, rows] of kept) {
      const scope: Scope = { tables: new Map(), seq: 0, written: true };
      this.#scopes.set(name, scope);
      for (const row of rows) this.#write(scope, row);
    }
    this.#version = version;
  }

  /** Forgets everything written: every scope is the fixture again. */
  reset(): void {
    this.#scopes.clear();
    this.#version += 1;
  }

  /**
   * Goes on in another shape: scopes that were written keep their rows, each with the fields of `blank` that it
   * lacks; the others start again as the fixture.
   */
  reshape(shape: Shape, blank: ReadonlyMap<string, JsonObject>): void {
    this.#shape = shape;
    for (const [name, scope] of this.#scopes) {
      if (!scope.written) this.#scopes.delete(name);
      const tables = [...scope.tables];
      scope.tables.clear();
      for (const [resource, { rows }] of tables) {
        const table = this.#table(scope, resource);
        for (const { id, seq, data } of rows.values()) {
          table.write(id, { id, seq, data: { ...blank.get(resource), ...data } });
        }
      }
    }
  }

  /** Drops scopes that were only read, oldest first, until at most `most` are left. */
  trim(most: number): void {
    for (const [name, scope] of this.#scopes) {
      if (this.#scopes.size <= most) return;
      if (!scope.written) this.#scopes.delete(name);
    }
  }

  #write(scope: Scope, change: Change): void {
    this.#table(scope, change.resource).write(change.id, change.after);
    if (change.after !== undefined) scope.seq = Math.max(scope.seq, change.after.seq);
  }

  #open(name: string): Scope {
    let scope = this.#scopes.get(name);
    if (scope === undefined) {
      scope = { tables: new Map(), seq: 0, written: false };
      for (const row of this.#shape.seed(name)) this.#write(scope, row);
      this.#scopes.set(name, scope);
    }
    return scope;
  }

  #table(scope: Scope, resource: string): Table {
    let table = scope.tables.get(resource);
    if (table === undefined) {
      table = new Table(this.#shape.indexes[resource] ?? []);
      scope.tables.set(resource, table);
    }
    return table;
  }
}
