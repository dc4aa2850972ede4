import type { Contract, Rule } from '../../contract/contract.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Probe } from '../../model/steps.ts';
import type { Options } from './options.ts';

/** The rule's own examples, as patches on the smallest body: those it accepts and those it refuses. */
export function probe({ options, examples, error }: Rule<Options>, contract: Contract): Probe[] {
  const operation = contract.bindingFor('create', options.of)?.operation.id;
  if (operation === undefined) return [];
  const one = (patch: JsonObject, expect: 'ok' | 'refused', id: string): Probe => ({
    id,
    operation,
    steps: [
      { make: options.of, with: patch, expect, status: error.status, because: saying(patch) },
    ],
  });
  return [
    ...examples.accept.map((patch, i) => one(patch as JsonObject, 'ok', `accepts-${i + 1}`)),
    ...examples.refuse.map((patch, i) => one(patch as JsonObject, 'refused', `refuses-${i + 1}`)),
    one({}, 'ok', 'accepts-sample'),
  ];
}

function saying(patch: JsonObject): string {
  return `the smallest body with ${JSON.stringify(patch)}`;
}
