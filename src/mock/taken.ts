// Which fields of a body are taken: own, declared ones only, so that an unknown field is ignored and
// `__proto__` is a name like any other. The fields that hold parts are records of their own.

import {
  type Contract,
  fieldNames,
  fieldSchema,
  type Resource,
  takesNull,
} from '../contract/contract.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { Schema } from '../schema/validate.ts';

export interface Taken {
  readonly resource: Resource;
  readonly fields: ReadonlySet<string>;
  /** Field -> what is taken of each record that it lists. */
  readonly parts: ReadonlyMap<string, Taken>;
}

/** What is taken of a body of this schema that writes the resource. */
export function takenOf(contract: Contract, resource: Resource, schema: Schema | undefined): Taken {
  const isTaken = (field: string) => fieldSchema(schema ?? true, field)?.['readOnly'] !== true;
  const names = new Set(fieldNames(schema).filter(isTaken));
  const parts = new Map(
    [...resource.parts]
      .filter(([field]) => names.has(field))
      .map(([field, part]) => {
        const entry = fieldSchema(schema ?? true, `${field}[]`);
        return [field, takenOf(contract, contract.resource(part), entry)] as const;
      }),
  );
  for (const field of parts.keys()) names.delete(field);
  return { resource, fields: names, parts };
}

/** Puts the fields that were sent onto the draft; null, where answers can't show it, is as good as not sent. */
export function takeFields(
  { resource, fields }: Taken,
  input: JsonObject,
  draft: Record<string, Json>,
): void {
  for (const field of fields) {
    const value = Object.hasOwn(input, field) ? input[field] : undefined;
    if (value === undefined || (value === null && !showsNull(resource, field))) continue;
    draft[field] = value;
  }
}

/** Whether a record may show null there; what its schema lacks is not shown at all. */
function showsNull({ schema }: Resource, field: string): boolean {
  const shown = fieldSchema(schema, field);
  return shown === undefined || takesNull(shown);
}

/** The input as expressions see it: every declared field, null when it was not sent. */
export function fill({ fields }: Taken, input: JsonObject): JsonObject {
  const filled: Record<string, Json> = {};
  for (const field of fields)
    filled[field] = Object.hasOwn(input, field) ? (input[field] ?? null) : null;
  return filled;
}
