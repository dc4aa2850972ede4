// Records that are parts of others: a group of a collection, a row of a group. What a part belongs to and
// where it stands are ordinary fields, so indexes, changes and snapshots need no tree.

import { type Contract, OWNER, PLACE } from '../contract/contract.ts';
import type { Row } from '../state/state.ts';
import type { View } from '../state/view.ts';

/** The parts of that resource that the record has, in their order. */
export function partsOf(view: View, part: string, ownerId: string): Row[] {
  return view
    .find(part, OWNER, ownerId)
    .sort((a, b) => Number(a.data[PLACE]) - Number(b.data[PLACE]));
}

/**
 * The id of the record of the resource `within` that this one is, however deep, a part of; undefined when it
 * is a part of none. Owners that go in the same request are looked up as they were.
 */
export function ownerId(
  contract: Contract,
  view: View,
  resource: string,
  row: Row,
  within: string,
): string | undefined {
  const { owner } = contract.resource(resource);
  if (owner === undefined) return undefined;
  const id = String(row.data[OWNER] ?? '');
  if (owner === within) return id;
  const above = view.now(owner, id) ?? view.was(owner, id);
  return above === undefined ? undefined : ownerId(contract, view, owner, above, within);
}

/** How many records of a resource are, however deep, parts of the record. */
export function countParts(
  contract: Contract,
  view: View,
  resource: string,
  id: string,
  of: string,
): number {
  if (resource === of) return 1;
  let count = 0;
  for (const part of contract.resource(resource).parts.values()) {
    for (const row of partsOf(view, part, id))
      count += countParts(contract, view, part, row.id, of);
  }
  return count;
}
