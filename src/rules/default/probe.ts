import { type Contract, fieldSchema, type Rule, splitPath } from '../../contract/contract.ts';
import type { Json } from '../../model/json.ts';
import type { Probe } from '../../model/steps.ts';
import { make, otherValue, readOf } from '../steps.ts';
import type { Options } from './options.ts';

/** The field left out (or null) reads as the default; a given value stays. */
export function probe({ options }: Rule<Options>, contract: Contract): Probe[] {
  const [owner, field] = splitPath(options.at);
  const binding = contract.bindingFor('create', owner);
  if (binding === undefined) return [];
  const operation = binding.operation.id;
  const isDefault = `answer.${field} == ${JSON.stringify(options.to)}`;
  const one = (id: string, value: Json | undefined, that: string, because: string): Probe => ({
    id,
    operation,
    steps: [
      { ...make(owner, 'made', { with: { [field]: value } }), expect: 'ok', because },
      ...readOf(contract, owner, 'made', { that, because }),
    ],
  });
  const given = otherValue(fieldSchema(binding.body ?? true, field));
  return [
    ...(options.for.includes('absent')
      ? [one('absent', undefined, isDefault, `${field} is left out`)]
      : []),
    ...(options.for.includes('as-null') ? [one('null', null, isDefault, `${field} is null`)] : []),
    one('given', given, `same(answer.${field}, sent.made.${field})`, `${field} is given`),
  ];
}
