// Ids that nothing has are refused: the record's own, and those of what it is a part of.

import type { Binding, Contract } from '../contract/contract.ts';
import type { JsonObject } from '../model/json.ts';
import type { Step } from '../model/steps.ts';
import { namedIn } from '../rules/relations.ts';
import { callOn, ownersIn, shared } from '../rules/steps.ts';
import { besidesOthers, bodyFor } from './check-setup.ts';
import { check } from './spec-check.ts';
import type { PlannedCheck } from './verdict.ts';

export function unknownId(contract: Contract, binding: Binding): PlannedCheck[] {
  const { idParameter, operation } = binding;
  if (idParameter === undefined) return unknownOwners(contract, binding);
  const steps: Step[] = [
    ...besidesOthers(binding),
    {
      call: operation.id,
      path: { ...ownersIn(binding, 'made'), [idParameter]: '=fresh()' },
      ...bodyFor(binding),
      expect: 'missing',
      because: 'no record has this id',
    },
  ];
  return [
    check(contract, 'unknown-id', binding, 'unknown-id', steps),
    ...unknownOwners(contract, binding),
  ];
}

/** A part that is there, in something that is not. */
function unknownOwners(contract: Contract, binding: Binding): PlannedCheck[] {
  const { owners, resource, verb } = binding;
  return owners.map(({ parameter, resource: { name } }) => {
    const call = callOn(binding, 'made', verb === 'create' ? {} : bodyFor(binding));
    const path = { ...call.path, [parameter]: '=fresh()' };
    const because = `no ${name} has this id`;
    const body = verb === 'create' ? { with: oneMore(contract, binding) } : {};
    const steps: Step[] = [
      shared(resource.name),
      { ...call, path, ...body, expect: 'missing', because },
    ];
    return check(contract, 'unknown-id', binding, `unknown-${name}`, steps, 2);
  });
}

/** A body that makes one more record like the captured one. */
function oneMore(contract: Contract, { each, resource }: Binding): JsonObject {
  const fields = Object.entries(resource.sample).map(([field, value]) => [
    field,
    namedIn(contract, value).length === 0 ? value : `=made.${field}`,
  ]);
  const record = Object.fromEntries(fields);
  return each === undefined ? record : { [each]: [record] };
}
