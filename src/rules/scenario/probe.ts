import type { Contract, Rule } from '../../contract/contract.ts';
import type { Probe, Step } from '../../model/steps.ts';
import type { Options } from './options.ts';

/** The story itself, judged at the operation of its last step. */
export function probe({ options }: Rule<Options>, contract: Contract): Probe[] {
  const steps = options as unknown as Step[];
  const last = steps.at(-1);
  if (last === undefined) return [];
  const made = 'make' in last ? contract.bindingFor('create', last.make)?.operation.id : undefined;
  const operation = 'call' in last ? last.call : (made ?? '');
  return [{ id: 'story', operation, steps }];
}
