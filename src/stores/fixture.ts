// Fixtures: the records that every tenant starts with, as one JSON file of rows by resource, checked at
// load against the contract.

import { readFileSync } from 'node:fs';
import {
  type Contract,
  fieldNames,
  full,
  OWNER,
  PLACE,
  type Resource,
} from '../contract/contract.ts';
import { computedFields } from '../contract/fit.ts';
import type { Env } from '../mock/env.ts';
import { callerOf } from '../mock/handle.ts';
import type { Playable } from '../mock/playable.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { didYouMean } from '../model/suggest.ts';
import { UsageError } from '../model/usage-error.ts';
import type { Change, Shape } from '../state/state.ts';
import { faultAt } from './damage.ts';

/** Rows by the name of their resource. */
export type Fixture = ReadonlyMap<string, readonly JsonObject[]>;

export const NO_ROWS: Fixture = new Map();

/** The fixture in the file. Throws UsageError with everything wrong with it. */
export function loadFixture(file: string, contract: Contract): Fixture {
  const parsed = parsedFixture(file);
  if (!isObject(parsed)) {
    throw new UsageError(`${file} is no fixture: it must hold { "<resource>": [ {row}, ... ] }`);
  }
  const mistakes = Object.entries(parsed).flatMap(([name, rows]) =>
    check(contract, name, rows).map((mistake) => `${file}: ${mistake}`),
  );
  if (mistakes.length > 0) throw new UsageError(mistakes);
  return new Map(Object.entries(parsed) as [string, JsonObject[]][]);
}

function parsedFixture(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`can't read the fixture ${file}: ${(error as Error).message}`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    const line = text.slice(0, faultAt(text)).split('\n').length;
    throw new UsageError(`can't read the fixture ${file}:${line}: ${(error as Error).message}`);
  }
}

/** What is wrong with the rows of a resource, those of its parts included, which stand inside of them. */
function check(contract: Contract, name: string, rows: Json, path = name): string[] {
  const resource = contract.resources.get(name);
  if (resource === undefined) {
    const hint = didYouMean(name, contract.resources.keys(), true);
    return [`${contract.api} has no resource "${name}"${hint}`];
  }
  if (!Array.isArray(rows)) return [`"${path}" must be a list of rows`];
  const seen = new Set<Json>();
  const validate = contract.spec.schemas.validator(resource.schema);
  // A body may hold what is kept and not shown; what is computed when shown is kept in another form.
  const body = contract.bindingFor('create', name)?.body;
  const start = startOf(resource, '/', '');
  const fields = [resource.key, ...resource.fields, ...fieldNames(body), ...Object.keys(start)];
  const known = [...new Set(fields)];
  const computed = new Set([...computedFields(contract, name), ...resource.parts.keys()]);
  return rows.flatMap((row: Json, i) => {
    const at = `${path}[${i}]`;
    if (!isObject(row)) return [`${at} is not an object`];
    const id = row[resource.key] ?? (resource.single ? name : null);
    if (typeof id !== 'string' || id === '') return [`${at} has no "${resource.key}"`];
    if (seen.has(id)) return [`${at} has the same ${resource.key} as an earlier row: ${id}`];
    seen.add(id);
    const unknown = Object.keys(row).filter((field) => !known.includes(field));
    return [
      ...unknown.map((field) => `${at} has an unknown field "${field}"${didYouMean(field, known)}`),
      ...validate({ ...start, ...row })
        .filter(({ field }) => !computed.has(field.split(/[.[]/)[0] ?? ''))
        .map(({ field, says }) => `${at}.${field} ${says}`),
      ...[...resource.parts].flatMap(([field, part]) =>
        check(contract, part, row[field] ?? [], `${at}.${field}`),
      ),
    ];
  });
}

/** What a new scope is filled with: the fixture's rows, on top of what each resource starts with. */
export function seedOf(fixture: Fixture, api: Playable, env: Env): Shape['seed'] {
  return (scope) => {
    const now = new Date(env.now()).toISOString();
    let seq = 0;
    const unfold = (resource: Resource, rows: readonly JsonObject[], owner?: string): Change[] => {
      const base = { ...api.blank.get(resource.name), ...startOf(resource, scope, now) };
      return rows.flatMap((row, i) => {
        // What there is one of may have no id that is shown.
        const id = String(row[resource.key] ?? resource.name);
        seq += 1;
        const at = owner === undefined ? {} : { [OWNER]: owner, [PLACE]: i + 1 };
        const own = Object.entries(row).filter(([field]) => !resource.parts.has(field));
        const data = { ...base, ...Object.fromEntries(own), ...at };
        const parts = [...resource.parts].flatMap(([field, part]) =>
          unfold(api.contract.resource(part), (row[field] ?? []) as JsonObject[], id),
        );
        return [{ scope, resource: resource.name, id, after: { id, seq, data } }, ...parts];
      });
    };
    return [...fixture].flatMap(([name, rows]) => unfold(api.contract.resource(name), rows));
  };
}

function startOf(resource: Resource, scope: string, now: string): JsonObject {
  const input = full(resource, {});
  return resource.start({ caller: callerOf(scope), now, input }) as JsonObject;
}
