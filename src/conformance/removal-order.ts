// In which order records can be removed: what refers before what is referred to, parts before wholes.

import type { Contract } from '../contract/contract.ts';
import { namedIn } from '../rules/relations.ts';

/** The resources: those that refer to others, or are parts of them, before those. */
export function removalOrder(contract: Contract): string[] {
  const order: string[] = [];
  const seen = new Set<string>();
  const visit = (name: string) => {
    if (seen.has(name)) return;
    seen.add(name);
    for (const other of referredFrom(contract, name)) visit(other);
    order.push(name);
  };
  for (const name of contract.resources.keys()) visit(name);
  return order.reverse();
}

/** The resources that records of this one name: by their owner, their sample, or a reference rule. */
function referredFrom(contract: Contract, name: string): string[] {
  const { owner, sample } = contract.resource(name);
  const byRule = contract.rules.flatMap(({ kind, options }) =>
    kind === 'reference' && String(options['from']).split('.')[0] === name
      ? [String(options['to'])]
      : [],
  );
  const all = [...(owner === undefined ? [] : [owner]), ...namedIn(contract, sample), ...byRule];
  return all.filter((other) => contract.resources.has(other));
}
