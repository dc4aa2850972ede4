// What a make needs before it: the records that its body names and that no step has made, and who makes them.

import type { Contract } from '../contract/contract.ts';
import { isToFail, type Make, type Sender } from '../model/steps.ts';
import { isSpent, namedIn } from '../rules/relations.ts';

export interface Need {
  /** The resource. */
  readonly name: string;
  /** Whether it is made for this make alone; else all share one. */
  readonly isOwn: boolean;
}

/** What the step needs, given which names earlier steps have found. */
export function needsOf(
  contract: Contract,
  step: Make,
  isFound: (name: string) => boolean,
): Need[] {
  const { make, with: own = {}, fresh = [] } = step;
  const { sample } = contract.resource(make);
  const left = Object.entries(sample).filter(([field]) => !(field in own));
  const asked = namedIn(contract, own).filter((name) => !isFound(name));
  const names = new Set([...namedIn(contract, Object.fromEntries(left)), ...asked]);
  return [...names].map((name) => ({
    name,
    // What is refused uses nothing up.
    isOwn: fresh.includes(name) || (!isToFail(step) && isSpent(contract, name)),
  }));
}

/** Who makes what the sender needs: who shows no credentials, or wrong ones, tries it with the first caller's. */
export function makerFor(by: Sender | undefined): Sender | undefined {
  return by === 'other' || by === 'elsewhere' ? by : undefined;
}
