import type { Contract, Rule } from '../../contract/contract.ts';
import { isObject, type JsonObject } from '../../model/json.ts';
import type { Probe } from '../../model/steps.ts';
import { callOn, make } from '../steps.ts';
import type { Options } from './options.ts';

/**
 * The rule's own examples, as patches on the smallest body: those it accepts and those it refuses. A patch
 * under `change` is sent to an update of a record made from the rest.
 */
export function probe({ options, examples, error }: Rule<Options>, contract: Contract): Probe[] {
  const create = contract.bindingFor('create', options.of);
  if (create === undefined) return [];
  const { sample } = create.resource;
  const one = (example: JsonObject, expect: 'ok' | 'refused', id: string): Probe[] => {
    const { change, ...patch } = example;
    const judge = { expect, status: error.status };
    const body = patched({ ...sample, ...examples.beside }, { ...examples.beside, ...patch });
    if (change === undefined) {
      const because = `the smallest body with ${JSON.stringify(patch)}`;
      const step = { make: options.of, with: body, ...judge, because };
      return [{ id, operation: create.operation.id, steps: [step] }];
    }
    const update = contract.bindingFor('update', options.of);
    if (update === undefined) return [];
    const call = callOn(update, 'made', {
      with: change,
      ...judge,
      because: `a change to ${JSON.stringify(change)}`,
    });
    const steps = [make(options.of, 'made', { with: body }), call];
    return [{ id, operation: update.operation.id, steps }];
  };
  return [
    ...examples.accept.flatMap((patch, i) => one(patch as JsonObject, 'ok', `accepts-${i + 1}`)),
    ...examples.refuse.flatMap((patch, i) =>
      one(patch as JsonObject, 'refused', `refuses-${i + 1}`),
    ),
    ...one({}, 'ok', 'accepts-sample'),
  ];
}

/** The fields of the patch, objects merged into those of the sample. */
function patched(sample: JsonObject, patch: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(patch).map(([field, value]) => {
      const own = sample[field];
      return [field, isObject(own) && isObject(value) ? { ...own, ...patched(own, value) } : value];
    }),
  );
}
