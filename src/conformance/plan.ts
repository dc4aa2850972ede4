// Contract -> the checks of a run. A check fires only on what stands under the chosen bases.

import type { Contract } from '../contract/contract.ts';
import { isWait, type Probe } from '../model/steps.ts';
import { type Kind, kindNamed } from '../rules/kind.ts';
import type { Basis } from '../spec/spec.ts';
import { sharingSetUp } from './sharing.ts';
import { specChecks } from './spec-checks.ts';
import type { PlannedCheck } from './verdict.ts';

export interface PlanOptions {
  /** `documented` and `protocol` unless given. */
  readonly bases?: readonly Basis[];
  /** Only checks whose id matches; `*` stands for anything. */
  readonly only?: string;
}

export const DEFAULT_BASES: readonly Basis[] = ['documented', 'protocol'];

/** The checks, in the order in which they are run. */
export function plan(
  contract: Contract,
  kinds: readonly Kind[],
  options: PlanOptions = {},
): PlannedCheck[] {
  const bases = options.bases ?? DEFAULT_BASES;
  const matches = options.only === undefined ? () => true : globTest(options.only);
  const known = knownBy(contract, bases);
  const checks = [...specChecks(known), ...ruleChecks(known, kinds)];
  return checks
    .filter((check) => bases.includes(check.basis) && judgesKnown(check, known))
    .map(numbered)
    .filter(({ id }) => matches(id))
    .map((check) => ({ ...check, probe: sharingSetUp(check.probe, contract) }));
}

/** Of several checks of one name, the second and later have a number in their id. */
function numbered(check: PlannedCheck, i: number, all: readonly PlannedCheck[]): PlannedCheck {
  const earlier = all.slice(0, i).filter(({ id }) => id === check.id).length;
  return earlier === 0 ? check : { ...check, id: `${check.id}-${earlier + 1}` };
}

/**
 * The contract as it looks under the bases: without the operations that only the service shows, unless that
 * counts. An assumed operation stays, for it is the only way to a documented record.
 */
export function knownBy(contract: Contract, bases: readonly Basis[]): Contract {
  const bindings = contract.bindings.filter(
    ({ operation: { basis } }) => basis !== 'observed' || bases.includes(basis),
  );
  return {
    ...contract,
    bindings,
    binding: (id) => bindings.find(({ operation }) => operation.id === id),
    bindingFor: (verb, name) =>
      bindings.find((binding) => binding.verb === verb && binding.resource.name === name),
  };
}

/** A story may call any operation on its way, but judges only the answers of those that are known. */
function judgesKnown({ probe }: PlannedCheck, known: Contract): boolean {
  return probe.steps.every(
    (step) =>
      isWait(step) ||
      (step.expect === undefined && step.that === undefined) ||
      ('make' in step
        ? known.bindingFor('create', step.make) !== undefined
        : known.binding(step.call) !== undefined),
  );
}

function ruleChecks(contract: Contract, kinds: readonly Kind[]): PlannedCheck[] {
  return contract.rules.flatMap((rule) =>
    kindNamed(kinds, rule.kind)
      .probe(rule, contract)
      .map((probe) => ({
        id: `${rule.id}/${probe.id}`,
        rule: rule.id,
        says: rule.says,
        basis: rule.basis,
        source: rule.source,
        operation: probe.operation,
        place: rule.place,
        probe: rule.error.basis === 'documented' ? probe : withoutStatus(probe),
      })),
  );
}

/** A refusal whose status no document states may have any 4xx. */
function withoutStatus(probe: Probe): Probe {
  const steps = probe.steps.map((step) => {
    if (isWait(step) || step.status === undefined) return step;
    const { status: _, ...rest } = step;
    return rest;
  });
  return { ...probe, steps };
}

/** A test for `group.*`: `*` is any text, everything else itself. */
export function globTest(glob: string): (id: string) => boolean {
  const pattern = glob
    .split('*')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  const whole = new RegExp(`^${pattern}$`);
  return (id) => whole.test(id);
}
