import type { Contract, Rule } from '../../contract/contract.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Probe } from '../../model/steps.ts';
import { make, readOf } from '../steps.ts';
import type { Options } from './options.ts';

/** A new record, in the answer of its create and read again. */
export function probe({ options }: Rule<Options>, contract: Contract): Probe[] {
  const operation = contract.bindingFor('create', options.of)?.operation.id;
  if (operation === undefined) return [];
  return Object.entries(options.shows as JsonObject).map(([field, value]) => {
    const that = `answer.${field} == ${JSON.stringify(value)}`;
    const because = `a new ${options.of} has ${field} ${JSON.stringify(value)}`;
    return {
      id: field,
      operation,
      steps: [
        { ...make(options.of, 'made'), that, because },
        ...readOf(contract, options.of, 'made', { that, because }),
      ],
    };
  });
}
