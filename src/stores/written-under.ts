// Under which spec and contract a data folder was written, and what of its records does not fit the ones of now.
// No record is changed by this.

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { countText, misfitsOf } from '../contract/fit.ts';
import type { Playable } from '../mock/playable.ts';
import { isObject, type JsonObject } from '../model/json.ts';
import { SCHEMA_NAME } from '../schema/named.ts';
import type { Row, State } from '../state/state.ts';

interface Made {
  readonly hash: string;
  /** Resource -> the fields that its records had. */
  readonly fields: Readonly<Record<string, readonly string[]>>;
}

/** Begins with a dot: it is no resource's. */
const FILE = '.written-under.json';

/**
 * Warns of records that don't fit the API. While there are any, the folder goes on to say what they were written
 * under; else it says that it is this API's.
 */
export function judgeFolder(
  folder: string,
  state: State,
  api: Playable,
  warn: (message: string) => void,
): void {
  const file = join(folder, FILE);
  const made = madeIn(file);
  const now = madeOf(api);
  if (made?.hash === now.hash) return;
  const texts = made === undefined ? [] : misfitTexts(state, api, made);
  if (texts.length === 0) {
    note(file, now, warn);
    return;
  }
  warn(`${folder} was written under another spec or contract; its records are kept as they are`);
  for (const text of texts) warn(`${folder}: ${text}`);
}

function note(file: string, made: Made, warn: (message: string) => void): void {
  try {
    writeFileSync(`${file}.next`, `${JSON.stringify(made, null, 2)}\n`);
    renameSync(`${file}.next`, file);
  } catch (error) {
    warn(`can't write ${file}: ${(error as Error).message}`);
  }
}

/** What the folder says; undefined where it says nothing that can be read, as one of an earlier version. */
function madeIn(file: string): Made | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const made: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (!isObject(made) || typeof made['hash'] !== 'string' || !isObject(made['fields']))
      return undefined;
    return Object.values(made['fields']).every(Array.isArray)
      ? (made as unknown as Made)
      : undefined;
  } catch {
    return undefined;
  }
}

function madeOf({ contract, blank }: Playable): Made {
  const resources = [...contract.resources.values()].map(({ name, schema, key, owner, parts }) => [
    name,
    schema[SCHEMA_NAME],
    key,
    owner,
    [...parts],
  ]);
  const text = JSON.stringify([contract.spec.hash, resources]);
  return {
    hash: createHash('sha256').update(text).digest('hex'),
    fields: Object.fromEntries([...blank].map(([name, data]) => [name, Object.keys(data)])),
  };
}

/** A sentence for each thing that does not fit. */
function misfitTexts(state: State, api: Playable, made: Made): string[] {
  const rows = new Map<string, Row[]>();
  for (const scope of state.scopes().filter((name) => state.isWritten(name))) {
    for (const resource of state.resources(scope)) {
      const known = rows.get(resource) ?? [];
      rows.set(resource, known.concat([...state.table(scope, resource).rows.values()]));
    }
  }
  return [...rows].flatMap(([name, all]) =>
    all.length === 0 ? [] : textsOf(name, all, api, made),
  );
}

function textsOf(name: string, rows: readonly Row[], api: Playable, made: Made): string[] {
  const resource = api.contract.resources.get(name);
  if (resource === undefined) {
    const count = countText(rows.map(({ id }) => id));
    return [`${name}: ${count} kept and not served, for the contract has no ${name} any more`];
  }
  const blank: JsonObject = api.blank.get(name) ?? {};
  const gone = (made.fields[name] ?? []).filter((field) => !Object.hasOwn(blank, field));
  return misfitsOf(api.contract, resource, rows, gone).map(({ field, says, ids }) =>
    says === undefined
      ? `${name}.${field} is not in the spec any more: kept and not shown in ${countText(ids)}`
      : `${name}.${field} ${says}: not so in ${countText(ids)}`,
  );
}
