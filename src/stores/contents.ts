// What a data folder holds, as values: rows by resource and scope, and the lines of the journal.

import type { JsonObject } from '../model/json.ts';
import type { Change, Row } from '../state/state.ts';

/** One resource's rows: scope -> id -> row, oldest first. Every scope that was written is here. */
export interface KeptResource {
  /** The state version that the rows are of. */
  version: number;
  readonly scopes: Map<string, Map<string, Row>>;
}

export interface Kept {
  readonly version: number;
  readonly resources: ReadonlyMap<string, KeptResource>;
}

/** A record after a change; without `data` it is gone. */
export interface RecordLine {
  readonly resource: string;
  readonly id: string;
  readonly seq?: number;
  readonly data?: JsonObject;
}

export interface ScopeLine {
  readonly scope: string;
  /** What the scope was before its first write, whole: a later fixture must not change it. */
  readonly fork?: readonly RecordLine[];
  readonly changes: readonly RecordLine[];
}

/** One accepted request. */
export interface JournalLine {
  /** The state version that it led to. */
  readonly version: number;
  readonly writes?: readonly ScopeLine[];
  /** Every scope became the fixture again. */
  readonly reset?: true;
}

/** Plays a line on every resource that is older than it. */
export function replayLine(
  line: JournalLine,
  resources: Map<string, KeptResource>,
  blank: (resource: string) => JsonObject,
): void {
  const names = new Set(line.writes?.flatMap(namesIn));
  for (const name of names) {
    if (!resources.has(name)) resources.set(name, { version: 0, scopes: new Map() });
  }
  for (const [name, resource] of resources) {
    if (resource.version >= line.version) continue;
    if (line.reset === true) resource.scopes.clear();
    for (const write of line.writes ?? []) replayScope(write, name, resource, blank);
    resource.version = line.version;
  }
}

function namesIn({ fork = [], changes }: ScopeLine): string[] {
  return [...fork, ...changes].map(({ resource }) => resource);
}

function replayScope(
  { scope, fork, changes }: ScopeLine,
  name: string,
  resource: KeptResource,
  blank: (resource: string) => JsonObject,
): void {
  const rows = fork === undefined ? resource.scopes.get(scope) : undefined;
  const kept = rows ?? new Map<string, Row>();
  if (rows === undefined) resource.scopes.set(scope, kept);
  for (const record of [...(fork ?? []), ...changes]) {
    if (record.resource !== name) continue;
    if (record.data === undefined) kept.delete(record.id);
    else kept.set(record.id, rowOf(record.id, record.seq ?? 0, { ...blank(name), ...record.data }));
  }
}

export function rowOf(id: string, seq: number, data: JsonObject): Row {
  return { id, seq, data };
}

/** The rows of each scope as changes, for `State.restore`. */
export function* scopesOf({ resources }: Kept): Generator<[scope: string, rows: Change[]]> {
  const names = new Set([...resources.values()].flatMap(({ scopes }) => [...scopes.keys()]));
  for (const scope of names) {
    const rows: Change[] = [];
    for (const [resource, { scopes }] of resources) {
      for (const after of scopes.get(scope)?.values() ?? []) {
        rows.push({ scope, resource, id: after.id, after });
      }
    }
    yield [scope, rows];
  }
}
