// References that are parameters of a path.

import type { Binding, Contract, Rule } from '../../contract/contract.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Probe, Step } from '../../model/steps.ts';
import { namedIn } from '../relations.ts';
import { make, OTHER } from '../steps.ts';
import type { Options } from './options.ts';

/** A path that names a record which nobody has, or which is another tenant's. */
export function ofPath(
  rule: Rule<Options>,
  contract: Contract,
  operation: string,
  parameter: string,
): Probe[] {
  const { to } = rule.options;
  const { key } = contract.resource(to);
  const judge = { expect: 'refused', status: rule.error.status } as const;
  const binding = contract.binding(operation);
  const call = (id: string): Step => ({
    call: operation,
    path: { [parameter]: id, ...others(binding, parameter) },
    ...(binding?.body === undefined ? {} : { with: bodyFor(contract, binding) }),
    ...judge,
  });
  return [
    {
      id: 'unknown-in-path',
      operation,
      steps: [{ ...call('=fresh()'), because: `no ${to} has this id` }],
    },
    {
      id: 'foreign-in-path',
      operation,
      steps: [
        make(to, 'target', OTHER),
        { ...call(`=target.${key}`), because: `the ${to} is another tenant's` },
      ],
    },
  ];
}

/** Ids for what else the path names: unknown too, for nothing is a part of what is not there. */
function others(binding: Binding | undefined, parameter: string): JsonObject {
  const names = binding?.operation.parameters.filter(({ in: at }) => at === 'path') ?? [];
  return Object.fromEntries(
    names.filter(({ name }) => name !== parameter).map(({ name }) => [name, '=fresh()']),
  );
}

/** A body that would do: the sample of a create that names nothing, and an empty one of an update. */
function bodyFor(contract: Contract, { verb, resource, each: list }: Binding): JsonObject {
  if (verb !== 'create') return {};
  const sample = namedIn(contract, resource.sample).length === 0 ? resource.sample : {};
  return list === undefined ? sample : { [list]: [sample] };
}
