import { type Contract, fieldNames, fieldSchema, type Rule } from '../../contract/contract.ts';
import type { Probe, Sender, Step } from '../../model/steps.ts';
import { fittingValue, otherValue } from '../bodies.ts';
import { has, listCall, narrowing, seenIn } from '../list-steps.ts';
import { callOn, deleteOf, environmentsApart, make, readOf, shared } from '../steps.ts';
import type { Options } from './options.ts';
import { intrusions } from './probe-intrusions.ts';

/** Who tries to reach a record that is not theirs. */
export interface Outsider {
  readonly by: Sender;
  /** What a check's name begins with; nothing for another tenant. */
  readonly prefix: string;
  readonly who: string;
  /** What must be so for a try to mean anything. */
  readonly before: readonly Step[];
}

/** Each way to reach a record, tried from outside; the owner must then find it as it was. */
export function probe(rule: Rule<Options>, contract: Contract): Probe[] {
  return rule.options.of.flatMap((resource) =>
    outsiders(contract, resource).flatMap((outsider) => [
      ...reads(contract, resource, outsider),
      ...lists(contract, resource, outsider),
      ...updates(contract, resource, outsider),
      ...deletes(contract, resource, outsider),
      ...intrusions(contract, resource, outsider),
    ]),
  );
}

function outsiders(contract: Contract, resource: string): Outsider[] {
  const apart = environmentsApart(contract, resource);
  return [
    { by: 'other', prefix: '', who: 'another tenant', before: [] },
    ...(apart.length === 0
      ? []
      : [
          {
            by: 'elsewhere' as const,
            prefix: 'elsewhere-',
            who: 'another environment',
            before: apart,
          },
        ]),
  ];
}

function reads(
  contract: Contract,
  resource: string,
  { by, prefix, who, before }: Outsider,
): Probe[] {
  const binding = contract.bindingFor('read', resource);
  if (binding === undefined) return [];
  const because = `${who} must not read this ${resource}`;
  return [
    {
      id: `${prefix}${resource}-read`,
      operation: binding.operation.id,
      steps: [
        ...before,
        shared(resource, 'mine'),
        callOn(binding, 'mine', { by, expect: 'missing', because }),
      ],
    },
  ];
}

function lists(
  contract: Contract,
  resource: string,
  { by, prefix, who, before }: Outsider,
): Probe[] {
  return contract.bindings
    .filter((binding) => binding.verb === 'list' && binding.resource.name === resource)
    .map((binding, i) => {
      const absent = `!${has(binding, 'mine')}`;
      const because = `the list of ${who} must not hold this ${resource}`;
      const where = narrowing(contract, binding, 'mine');
      return {
        // A resource may have several lists.
        id: `${prefix}${resource}-${i === 0 ? 'list' : binding.operation.id}`,
        operation: binding.operation.id,
        steps: [
          ...before,
          shared(resource, 'mine'),
          seenIn(contract, binding, 'mine'),
          listCall(binding, where, { by, expect: 'any', that: absent, because }),
          ...(by === 'other' && Object.keys(where).length > 0
            ? [listCall(binding, {}, { by, expect: 'any', that: absent, because })]
            : []),
        ],
      };
    });
}

function updates(
  contract: Contract,
  resource: string,
  { by, prefix, who, before }: Outsider,
): Probe[] {
  const binding = contract.bindingFor('update', resource);
  // A plain text of its own: a field that refers to something could be refused for that.
  const fields = fieldNames(binding?.body);
  const field =
    fields.find((name) => name === 'description' || name === 'name') ??
    fields.find(
      (name) => fittingValue(name, fieldSchema(binding?.body ?? true, name)) !== undefined,
    );
  if (binding === undefined || field === undefined) return [];
  const sent = { [field]: otherValue(fieldSchema(binding.body ?? true, field)) };
  const because = `${who} must not change this ${resource}`;
  return [
    {
      id: `${prefix}${resource}-update`,
      operation: binding.operation.id,
      steps: [
        ...before,
        shared(resource, 'mine'),
        ...readOf(contract, resource, 'mine', { as: 'before' }),
        callOn(binding, 'mine', { by, with: sent, expect: 'missing', because }),
        ...readOf(contract, resource, 'mine', {
          that: `same(answer.${field}, before.${field})`,
          because,
        }),
      ],
    },
  ];
}

function deletes(
  contract: Contract,
  resource: string,
  { by, prefix, who, before }: Outsider,
): Probe[] {
  const binding = contract.bindingFor('delete', resource);
  if (binding === undefined) return [];
  const because = `${who} must not delete this ${resource}`;
  const kept = binding.resource.fields.includes('status')
    ? { that: 'answer.status == before.status' }
    : {};
  return [
    {
      id: `${prefix}${resource}-delete`,
      operation: binding.operation.id,
      steps: [
        ...before,
        make(resource, 'mine'),
        ...readOf(contract, resource, 'mine', { as: 'before' }),
        ...deleteOf(contract, resource, 'mine', { by, expect: 'missing', because }),
        ...readOf(contract, resource, 'mine', { expect: 'ok', because, ...kept }),
      ],
    },
  ];
}
