// Records that were kept, held against the schema that they are shown by now: what of them does not fit it, and
// which of their fields it no longer has.

import type { JsonObject } from '../model/json.ts';
import { type Contract, fieldSchema, type Resource, splitPath, takesNull } from './contract.ts';

/** One thing that is wrong with several records in the same way. */
export interface Misfit {
  readonly resource: string;
  readonly field: string;
  /** What is wrong with the field; undefined where the resource no longer has it. */
  readonly says: string | undefined;
  readonly ids: readonly string[];
}

export interface Kept {
  readonly id: string;
  readonly data: JsonObject;
}

/** What does not fit; `gone` are fields that the resource had, which are told where a record holds one. */
export function misfitsOf(
  contract: Contract,
  resource: Resource,
  rows: Iterable<Kept>,
  gone: readonly string[],
): Misfit[] {
  const validate = contract.spec.schemas.validator(resource.schema);
  const unjudged = new Set([...computedFields(contract, resource.name), ...resource.parts.keys()]);
  const found = new Map<string, { field: string; says: string | undefined; ids: Set<string> }>();
  const add = (field: string, says: string | undefined, id: string) => {
    const key = JSON.stringify([field, says]);
    const known = found.get(key) ?? { field, says, ids: new Set() };
    known.ids.add(id);
    found.set(key, known);
  };
  for (const { id, data } of rows) {
    for (const field of gone) if ((data[field] ?? null) !== null) add(field, undefined, id);
    if (resource.complete) continue;
    for (const { field, says } of validate(shown(resource, data))) {
      if (!unjudged.has(field.split(/[.[]/)[0] ?? ''))
        add(field.replaceAll(/\[\d+\]/g, '[]'), says, id);
    }
  }
  return [...found.values()].map(({ ids, ...one }) => ({
    resource: resource.name,
    ...one,
    ids: [...ids],
  }));
}

/** The record without what is kept and not shown; an unset field as it is shown. */
function shown(resource: Resource, data: JsonObject): JsonObject {
  const fields = resource.fields.flatMap((field) => {
    const value = data[field] ?? null;
    if (value === null && !takesNull(fieldSchema(resource.schema, field))) return [];
    return [[field, value] as const];
  });
  return Object.fromEntries(fields);
}

/** The fields of the resource that are worked out when it is shown, in whole or in part. */
export function computedFields({ rules }: Contract, name: string): string[] {
  return rules.flatMap(({ kind, options: { at, is } }) => {
    const [owner, path] = splitPath(String(at));
    if (kind !== 'filled' || owner !== name) return [];
    return path === '' ? Object.keys(is as JsonObject) : [path.split(/[.[]/)[0] ?? ''];
  });
}

/** `3 records (a, b, ...)`, with the first few ids. */
export function countText(ids: readonly string[]): string {
  const first = ids.slice(0, 3).join(', ');
  return `${ids.length} ${ids.length === 1 ? 'record' : 'records'} (${first}${ids.length > 3 ? ', ...' : ''})`;
}
