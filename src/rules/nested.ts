// Records that are made as parts of another's body, and what holds them.

import { type Contract, ownersOf } from '../contract/contract.ts';
import type { Json, JsonObject } from '../model/json.ts';

export interface Nested {
  /** The resource that is created with the record in it. */
  readonly owner: string;
  /** What to merge onto its sample, so that the record is its only part. */
  readonly with: JsonObject;
}

/** Each body that makes the record inside what it is a part of, outermost first; empty where it stands alone. */
export function nestedIn(contract: Contract, part: string, record: JsonObject): Nested[] {
  return ownersOf(contract, contract.resource(part)).flatMap(({ name }) => {
    const body = holding(contract, name, part, record);
    return contract.bindingFor('create', name) === undefined || body === undefined
      ? []
      : [{ owner: name, with: body }];
  });
}

/** The fields of the owner with the record somewhere in them; undefined where it holds no such part. */
function holding(
  contract: Contract,
  owner: string,
  part: string,
  record: JsonObject,
): JsonObject | undefined {
  for (const [field, name] of contract.resource(owner).parts) {
    if (name === part) return { [field]: [record] };
    const inner = holding(contract, name, part, record);
    if (inner === undefined) continue;
    const entry: Json = { ...contract.resource(name).sample, ...inner };
    return { [field]: [entry] };
  }
  return undefined;
}
