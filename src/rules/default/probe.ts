import {
  type Contract,
  fieldNames,
  fieldSchema,
  type Rule,
  splitPath,
} from '../../contract/contract.ts';
import type { Json } from '../../model/json.ts';
import type { Probe } from '../../model/steps.ts';
import { fittingValue, otherValue } from '../bodies.ts';
import { callOn, make, readOf } from '../steps.ts';
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
    ...stays(contract, owner, field, given),
  ];
}

/** An update that leaves the field out leaves it as it was given. */
function stays(contract: Contract, owner: string, field: string, given: Json): Probe[] {
  const update = contract.bindingFor('update', owner);
  const other = fieldNames(update?.body).find(
    (name) => name !== field && fittingValue(name, fieldSchema(update?.body ?? true, name)),
  );
  if (update === undefined || other === undefined) return [];
  const value = fittingValue(other, fieldSchema(update.body ?? true, other));
  return [
    {
      id: 'stays',
      operation: update.operation.id,
      steps: [
        make(owner, 'made', { with: { [field]: given } }),
        callOn(update, 'made', { with: { [other]: value ?? null } }),
        ...readOf(contract, owner, 'made', {
          that: `same(answer.${field}, sent.made.${field})`,
          because: `only ${other} was sent`,
        }),
      ],
    },
  ];
}
