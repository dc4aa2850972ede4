// Which operations are bound to a resource: grouped once, for a document may have hundreds of resources.

import type { Bindings } from './bindings.ts';
import type { Bound } from './guess.ts';

const groups = new WeakMap<Bindings, ReadonlyMap<string, readonly Bound[]>>();

/** The operations of the resource, in the order in which they were bound; asked when all of them are. */
export function boundTo(name: string, bindings: Bindings): readonly Bound[] {
  const known = groups.get(bindings) ?? grouped(bindings);
  groups.set(bindings, known);
  return known.get(name) ?? [];
}

function grouped({ bound }: Bindings): Map<string, Bound[]> {
  const all = new Map<string, Bound[]>();
  for (const one of bound.values()) {
    const own = all.get(one.resource);
    if (own === undefined) all.set(one.resource, [one]);
    else own.push(one);
  }
  return all;
}
