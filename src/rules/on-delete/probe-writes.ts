// Writes to a deleted record: to itself, and to what is in it.

import {
  type Binding,
  type Contract,
  fieldNames,
  fieldSchema,
  ownersOf,
  type Rule,
} from '../../contract/contract.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Probe, Step } from '../../model/steps.ts';
import { fittingValue } from '../bodies.ts';
import { callOn, deleteOf, make } from '../steps.ts';
import type { Options } from './options.ts';

/** No update of a deleted record, and no part added to it. */
export function writes(
  { options, error }: Rule<Options>,
  contract: Contract,
  steps: Step[],
): Probe[] {
  const { of } = options;
  const update = contract.bindingFor('update', of);
  const judge = { expect: 'refused', status: error.status } as const;
  const because = `a deleted ${of} takes no change`;
  const parts = [...contract.resource(of).parts.values()].flatMap((part): Probe[] => {
    const create = contract.bindingFor('create', part);
    if (create === undefined) return [];
    const step = { ...make(part, 'part', { in: 'gone' }), ...judge, because };
    return [{ id: `write-${part}`, operation: create.operation.id, steps: [...steps, step] }];
  });
  const inside = writesInside({ options, error } as Rule<Options>, contract, steps);
  if (update === undefined) return [...parts, ...inside];
  const call = callOn(update, 'gone', { with: {}, ...judge, because });
  const own = { id: 'write', operation: update.operation.id, steps: [...steps, call] };
  return [own, ...parts, ...inside];
}

/** The number of the record that is deleted once for all who only look at it, or try in vain to change it. */
const DELETED = 2000;

/** A deleted record, `gone`, with a part of each sort in it, where the API can make such; and one beside it. */
export function deleted(contract: Contract, of: string): Step[] {
  const once = DELETED;
  return [
    make(of, 'gone', { once }),
    ...[...partsIn(contract, of)].map(([part, { name, holder }]) =>
      make(part, name, { in: holder, once }),
    ),
    make(of, 'sibling'),
    ...deleteOf(contract, of, 'gone', { once }),
  ];
}

/** The parts of `deleted`, by resource: their names, and those of what they are in. */
function partsIn(contract: Contract, of: string): Map<string, { name: string; holder: string }> {
  const inside = [...contract.resources.values()].filter((resource) =>
    ownersOf(contract, resource).some(({ name }) => name === of),
  );
  if (inside.some(({ name }) => contract.bindingFor('create', name) === undefined))
    return new Map();
  return new Map(
    inside.map(({ name, owner = of }) => [
      name,
      { name: `${name}Inside`, holder: owner === of ? 'gone' : `${owner}Inside` },
    ]),
  );
}

/** What is in a deleted record is not changed, taken out or added to either. */
function writesInside(
  { options: { of }, error }: Rule<Options>,
  contract: Contract,
  steps: Step[],
): Probe[] {
  const parts = partsIn(contract, of);
  const judge = {
    expect: 'refused',
    status: error.status,
    because: `what is in a deleted ${of} takes no change`,
  } as const;
  return contract.bindings.flatMap((binding): Probe[] => {
    const { verb, resource, operation } = binding;
    const part = parts.get(resource.name);
    const isOwn = verb === 'create' && resource.owner === of;
    if (part === undefined || isOwn || !['create', 'update', 'delete'].includes(verb)) return [];
    const { name, holder } = part;
    const last: Step =
      verb === 'create'
        ? { ...make(resource.name, 'more', { in: holder }), ...judge }
        : callOn(binding, name, verb === 'update' ? { with: changeOf(binding), ...judge } : judge);
    return [{ id: `write-${operation.id}`, operation: operation.id, steps: [...steps, last] }];
  });
}

/** A body that the update takes of any record. */
function changeOf(binding: Binding): JsonObject {
  const fields = fieldNames(binding.body).flatMap((field) => {
    const value = fittingValue(field, fieldSchema(binding.body ?? true, field));
    return value === undefined ? [] : [[field, value] as const];
  });
  return Object.fromEntries(fields.slice(0, 1));
}
