// What the spec itself promises, as probes: valid bodies are taken, broken ones refused, ids that nothing
// has and callers without credentials turned away. Only what is documented is held against a server.

import type { Contract } from '../contract/contract.ts';
import { fullest, nulls, smallest } from './accept-checks.ts';
import { credentials } from './credential-checks.ts';
import { unknownId } from './id-checks.ts';
import { agrees, distinct, leavesNothing, takesOut } from './record-checks.ts';
import { broken, malformed } from './refuse-checks.ts';
import type { PlannedCheck } from './verdict.ts';

/** The checks that need no rule, the smallest bodies first: what depends on a refused one can't be judged. */
export function specChecks(contract: Contract): PlannedCheck[] {
  const creates = contract.bindings.filter(({ verb }) => verb === 'create');
  return [
    ...creates.map((binding) => smallest(contract, binding)),
    ...creates.flatMap((binding) => fullest(contract, binding)),
    ...contract.bindings.flatMap((binding) => nulls(contract, binding)),
    ...creates.flatMap((binding) => distinct(contract, binding)),
    ...creates.flatMap((binding) => leavesNothing(contract, binding)),
    ...contract.bindings.flatMap((binding) => [
      ...agrees(contract, binding),
      ...takesOut(contract, binding),
      ...broken(contract, binding),
      ...malformed(contract, binding),
      ...unknownId(contract, binding),
      ...credentials(contract, binding),
    ]),
  ];
}
