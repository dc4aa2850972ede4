// Where a place like `createGroup`, `group.name`, `createGroup.name` or `#OneTimePrice.discount` is found in an
// operation's body.

import {
  type Binding,
  type Contract,
  fieldSchema,
  joined,
  placesOf,
  splitPath,
} from '../../contract/contract.ts';
import { asList, type JsonObject } from '../../model/json.ts';
import { narrowAt, widenAt } from '../../schema/generate.ts';
import { changeNamed, placesNamed } from '../../schema/named.ts';
import type { Schema } from '../../schema/validate.ts';
import type { Options } from './options.ts';

export interface Place {
  /** The named schema of the spec inside which the path begins; the body itself when absent. */
  readonly named?: string;
  /** '' for the whole. */
  readonly path: string;
  /** The same place seen from one record of the body; undefined where it lies outside of it. */
  readonly inRecord: string | undefined;
}

/** The places of the rule in the body of this operation; empty when they don't meet. */
export function placesIn(contract: Contract, binding: Binding, { at }: Options): Place[] {
  const writes = binding.verb === 'create' || binding.verb === 'update';
  return asList<string>(at as string | string[]).flatMap((place): Place[] => {
    const [owner, field] = splitPath(place);
    if (owner === binding.operation.id) {
      return [{ path: field, inRecord: binding.each === undefined ? field : undefined }];
    }
    if (!writes) return [];
    if (owner.startsWith('#')) return named(binding, owner.slice(1), field);
    return placesOf(contract, binding, owner).flatMap((record) => {
      const path = joined(record, field);
      const has = field === '' || fieldSchema(binding.sent ?? true, path) !== undefined;
      const isOwn = owner === binding.resource.name;
      return has ? [{ path, inRecord: isOwn ? field : undefined }] : [];
    });
  });
}

function named({ sent = true, body = true }: Binding, name: string, path: string): Place[] {
  if (placesNamed(sent, name).length === 0) return [];
  const [inRecord] = placesNamed(body, name);
  return [{ named: name, path, inRecord: inRecord && joined(inRecord, path) }];
}

/** The schema with the member merged into it at the place. */
export function narrowPlace(schema: Schema, { named, path }: Place, member: JsonObject): Schema {
  if (named === undefined) return narrowAt(schema, path, member);
  return changeNamed(schema, named, (part) => narrowAt(part, path, member));
}

/** The schema changed at a field inside the place. */
export function widenPlace(
  schema: Schema,
  { named, path }: Place,
  field: string,
  change: (part: JsonObject) => JsonObject,
): Schema {
  const whole = joined(path, field);
  if (named === undefined) return widenAt(schema, whole, change);
  return changeNamed(schema, named, (part) => widenAt(part, whole, change) as JsonObject);
}
