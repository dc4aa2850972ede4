// The records of a fixture, and of a data folder, to be looked at and not to be served.

import { existsSync } from 'node:fs';
import type { Contract } from '../contract/contract.ts';
import { makeEnv } from '../mock/env.ts';
import { playable } from '../mock/playable.ts';
import type { Row } from '../state/state.ts';
import { loadFixture, seedOf } from './fixture.ts';
import { Folder } from './folder.ts';
import { lockFolder } from './lock.ts';

/** Rows by resource, those of parts too. Throws UsageError when the fixture doesn't fit the contract. */
export function fixtureRows(file: string, contract: Contract): Map<string, Row[]> {
  const api = playable(contract, []);
  const changes = seedOf(loadFixture(file, contract), api, makeEnv({}))('shown/');
  const rows = new Map<string, Row[]>();
  for (const { resource, after } of changes) {
    if (after !== undefined) rows.set(resource, [...(rows.get(resource) ?? []), after]);
  }
  return rows;
}

/**
 * The rows of one API's folder, of all scopes; none where there is no folder. Rejects with a UsageError when it is
 * damaged, or a server uses it.
 */
export async function storedRows(path: string, contract: Contract): Promise<Map<string, Row[]>> {
  if (!existsSync(path)) return new Map();
  const { blank } = playable(contract, []);
  const release = lockFolder(path);
  try {
    const folder = new Folder({ path, synced: false, blank, warn: () => undefined });
    const { resources } = await folder.read();
    return new Map(
      [...resources].map(([name, { scopes }]) => [
        name,
        [...scopes.values()].flatMap((rows) => [...rows.values()]),
      ]),
    );
  } finally {
    release();
  }
}
