import { type Contract, fieldNames, fieldSchema, type Rule } from '../../contract/contract.ts';
import type { Probe } from '../../model/steps.ts';
import {
  callOn,
  deleteOf,
  listCall,
  make,
  narrowing,
  OTHER,
  otherValue,
  readOf,
} from '../steps.ts';
import type { Options } from './options.ts';

/** Each way to reach a record, tried by the other tenant; the owner must then find it as it was. */
export function probe(rule: Rule<Options>, contract: Contract): Probe[] {
  return rule.options.of.flatMap((resource) => [
    ...reads(contract, resource),
    ...lists(contract, resource),
    ...updates(contract, resource),
    ...deletes(contract, resource),
  ]);
}

function reads(contract: Contract, resource: string): Probe[] {
  const binding = contract.bindingFor('read', resource);
  if (binding === undefined) return [];
  const because = `another tenant must not read this ${resource}`;
  return [
    {
      id: `${resource}-read`,
      operation: binding.operation.id,
      steps: [
        make(resource, 'mine'),
        callOn(binding, 'mine'),
        callOn(binding, 'mine', { ...OTHER, expect: 'missing', because }),
      ],
    },
  ];
}

function lists(contract: Contract, resource: string): Probe[] {
  const binding = contract.bindings.find((b) => b.verb === 'list' && b.resource.name === resource);
  if (binding === undefined) return [];
  const { key } = binding.resource;
  const absent = `!answer.items.exists(i, i.${key} == mine.${key})`;
  const because = `another tenant's list must not hold this ${resource}`;
  const seen = `answer.items.exists(i, i.${key} == mine.${key})`;
  return [
    {
      id: `${resource}-list`,
      operation: binding.operation.id,
      steps: [
        make(resource, 'mine'),
        listCall(binding, narrowing(contract, binding, 'mine'), { until: seen }),
        listCall(binding, narrowing(contract, binding, 'mine'), {
          ...OTHER,
          that: absent,
          because,
        }),
        listCall(binding, {}, { ...OTHER, that: absent, because }),
      ],
    },
  ];
}

function updates(contract: Contract, resource: string): Probe[] {
  const binding = contract.bindingFor('update', resource);
  // A plain text of its own: a field that refers to something could be refused for that.
  const field = fieldNames(binding?.body).find((name) => name === 'description' || name === 'name');
  if (binding === undefined || field === undefined) return [];
  const sent = { [field]: otherValue(fieldSchema(binding.body ?? true, field)) };
  const because = `another tenant must not change this ${resource}`;
  return [
    {
      id: `${resource}-update`,
      operation: binding.operation.id,
      steps: [
        make(resource, 'mine'),
        ...readOf(contract, resource, 'mine', { as: 'before' }),
        callOn(binding, 'mine', { ...OTHER, with: sent, expect: 'missing', because }),
        ...readOf(contract, resource, 'mine', {
          that: `answer.${field} == before.${field}`,
          because,
        }),
      ],
    },
  ];
}

function deletes(contract: Contract, resource: string): Probe[] {
  const binding = contract.bindingFor('delete', resource);
  if (binding === undefined) return [];
  const because = `another tenant must not delete this ${resource}`;
  const kept = binding.resource.fields.includes('status')
    ? { that: 'answer.status == before.status' }
    : {};
  return [
    {
      id: `${resource}-delete`,
      operation: binding.operation.id,
      steps: [
        make(resource, 'mine'),
        ...readOf(contract, resource, 'mine', { as: 'before' }),
        ...deleteOf(contract, resource, 'mine', { ...OTHER, expect: 'missing', because }),
        ...readOf(contract, resource, 'mine', { expect: 'ok', because, ...kept }),
      ],
    },
  ];
}
