// The state, turned into what is kept: all of it for a snapshot, the changes of a request for the journal.

import type { Change, Row, State } from '../state/state.ts';
import type { Kept, KeptResource, RecordLine, ScopeLine } from './contents.ts';

/** The rows of this moment. They are never changed in place, so that pointers to them are enough. */
export function capture(state: State, resources: readonly string[]): Kept {
  const { version } = state;
  const scopes = state.scopes().filter((scope) => state.isWritten(scope));
  const names = new Set([...resources, ...scopes.flatMap((scope) => state.resources(scope))]);
  const kept = new Map<string, KeptResource>();
  for (const name of names) {
    const rows = scopes.map((scope): [string, Map<string, Row>] => [
      scope,
      new Map(state.table(scope, name).rows),
    ]);
    kept.set(name, { version, scopes: new Map(rows) });
  }
  return { version, resources: kept };
}

/**
 * The changes, by scope, not yet applied; with what the scope is before them, when they are the first
 * it gets.
 */
export function writesOf(state: State, changes: readonly Change[]): ScopeLine[] {
  const writes = new Map<string, ScopeLine & { changes: RecordLine[] }>();
  for (const change of changes) {
    let write = writes.get(change.scope);
    if (write === undefined) {
      const { scope } = change;
      write = {
        scope,
        ...(state.isWritten(scope) ? {} : { fork: rowsOf(state, scope) }),
        changes: [],
      };
      writes.set(scope, write);
    }
    write.changes.push(recordLine(change));
  }
  return [...writes.values()];
}

function recordLine({ resource, id, after }: Change): RecordLine {
  return after === undefined
    ? { resource, id }
    : { resource, id, seq: after.seq, data: after.data };
}

function rowsOf(state: State, scope: string): RecordLine[] {
  return state
    .resources(scope)
    .flatMap((resource) =>
      [...state.table(scope, resource).rows.values()].map((row) => ({ resource, ...row })),
    );
}
