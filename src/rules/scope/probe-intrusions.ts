// What others may not do with one's records but read, change or delete them: put parts into them, and act on them.

import {
  type Binding,
  type Contract,
  fieldSchema,
  requiredFields,
} from '../../contract/contract.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { Probe, Step } from '../../model/steps.ts';
import { otherValue } from '../bodies.ts';
import { namedIn } from '../relations.ts';
import { callOn, make, shared } from '../steps.ts';
import type { Outsider } from './probe.ts';

export function intrusions(contract: Contract, resource: string, outsider: Outsider): Probe[] {
  return contract.bindings
    .filter((binding) => binding.resource.name === resource)
    .flatMap((binding) => {
      const isPart = binding.verb === 'create' && binding.owners.length > 0;
      const isAction = binding.verb === 'action' && binding.idParameter !== undefined;
      return isPart || isAction ? [intrusion(contract, binding, outsider)] : [];
    });
}

function intrusion(
  contract: Contract,
  binding: Binding,
  { by, prefix, who, before }: Outsider,
): Probe {
  const { operation, resource, verb } = binding;
  const theirs = new Map<string, Step>();
  const body = verb === 'create' ? record(contract, binding, by, theirs) : texts(binding);
  return {
    id: `${prefix}${resource.name}-${operation.id}`,
    operation: operation.id,
    steps: [
      ...before,
      shared(resource.name, 'mine'),
      ...theirs.values(),
      callOn(binding, 'mine', {
        by,
        expect: 'missing',
        because: `${who} must not do this with a ${resource.name}`,
        ...(body === undefined ? {} : { with: body }),
      }),
    ],
  };
}

/** A part as its sample is, which names records of the outsider's own. */
function record(
  contract: Contract,
  { resource, each }: Binding,
  by: Outsider['by'],
  theirs: Map<string, Step>,
): JsonObject {
  const own = (value: Json): Json => {
    const [name] = namedIn(contract, value);
    if (name === undefined) return value;
    theirs.set(name, make(name, `${name}Theirs`, { by }));
    return `=${name}Theirs.${contract.resource(name).key}`;
  };
  const fields = Object.entries(resource.sample).map(([field, value]) => [field, own(value)]);
  const part = Object.fromEntries(fields);
  return each === undefined ? part : { [each]: [part] };
}

/** What an action demands; undefined where it takes no body. */
function texts({ body }: Binding): JsonObject | undefined {
  if (body === undefined) return undefined;
  const fields = requiredFields(body).map((field) => [field, otherValue(fieldSchema(body, field))]);
  return Object.fromEntries(fields);
}
