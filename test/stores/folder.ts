// A store over a real folder, and what the tests ask of it.

import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { loadContract } from '../../src/contract/load.ts';
import { hooksOf, playable, shapeOf } from '../../src/mock/playable.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { kinds } from '../../src/rules/index.ts';
import { type Change, type Shape, State } from '../../src/state/state.ts';
import { LowdbStore } from '../../src/stores/lowdb.ts';
import type { Durability } from '../../src/stores/store.ts';

const contract = loadContract(
  fileURLToPath(new URL('../../contracts/flexprice.yaml', import.meta.url)),
  kinds,
);
const api = playable(contract, hooksOf(contract, kinds));

export interface Opened {
  readonly state: State;
  readonly store: LowdbStore;
  readonly warnings: string[];
}

interface OpenOptions {
  readonly durability?: Durability;
  readonly fixture?: Shape['seed'];
  readonly compactAt?: number;
}

/** Opens the folder; it is closed when the test is over, if not before. Throws what the store throws. */
export async function open(folder: string, options: OpenOptions = {}): Promise<Opened> {
  const { durability = 'journal', fixture = () => [], compactAt } = options;
  const warnings: string[] = [];
  const state = new State(shapeOf(contract, fixture));
  const store = new LowdbStore(state, api, {
    folder,
    durability,
    warn: (message) => warnings.push(message),
    ...(compactAt === undefined ? {} : { compactAt }),
  });
  await store.open();
  onTestFinished(() => store.close());
  return { state, store, warnings };
}

export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tallystick-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'flexprice');
}

/** The folder as a killed process would leave it. */
export function copyOf(folder: string): string {
  const copy = scratch();
  cpSync(folder, copy, { recursive: true });
  rmSync(join(copy, 'lock'), { force: true });
  return copy;
}

/** Every record of every scope that was written, without what is unset. */
export function dump(state: State): Record<string, Record<string, JsonObject[]>> {
  const scopes = state
    .scopes()
    .filter((scope) => state.isWritten(scope))
    .sort();
  return Object.fromEntries(
    scopes.map((scope) => [
      scope,
      Object.fromEntries(
        ['group', 'plan', 'price'].map((resource) => [
          resource,
          [...state.table(scope, resource).rows.values()].map(({ id, seq, data }) => ({
            id,
            seq,
            ...Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null)),
          })),
        ]),
      ),
    ]),
  );
}

/** A new record. */
export function insert(
  state: State,
  scope: string,
  resource: string,
  id: string,
  more: JsonObject = {},
): Change {
  return {
    scope,
    resource,
    id,
    after: { id, seq: state.nextSeq(scope), data: { id, name: id, ...more } },
  };
}

/** Other data for a record. */
export function replace(
  state: State,
  scope: string,
  resource: string,
  id: string,
  more: JsonObject,
): Change {
  const before = state.table(scope, resource).rows.get(id);
  if (before === undefined) throw new Error(`no ${resource} ${id}`);
  return { scope, resource, id, before, after: { ...before, data: { ...before.data, ...more } } };
}

export function remove(state: State, scope: string, resource: string, id: string): Change {
  const before = state.table(scope, resource).rows.get(id);
  if (before === undefined) throw new Error(`no ${resource} ${id}`);
  return { scope, resource, id, before };
}

/** File name -> text, of all but the lock and what begins with a dot. */
export function files(folder: string): Record<string, string> {
  const names = readdirSync(folder)
    .filter((name) => name !== 'lock' && !name.startsWith('.'))
    .sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}
