// Steps that call lists: narrowed to one record where a filter allows, and read until they show it.

import type { Binding, Contract } from '../contract/contract.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { Call } from '../model/steps.ts';
import type { Judge } from './steps.ts';

/** Calls a list, narrowed to the captured records' values where a filter allows, else reading all pages. */
export function listCall(
  binding: Binding,
  where: JsonObject,
  judge: Omit<Judge, 'query'> = {},
): Call {
  const inPath = new Set(pathNames(binding));
  const entries = Object.entries(where);
  const path = Object.fromEntries(entries.filter(([name]) => inPath.has(name)));
  const sent = Object.fromEntries(entries.filter(([name]) => !inPath.has(name)));
  return {
    call: binding.operation.id,
    ...(inPath.size === 0 ? {} : { path }),
    ...(binding.body === undefined ? { query: sent } : { with: sent }),
    pages: true,
    ...judge,
  };
}

function pathNames({ operation }: Binding): string[] {
  return operation.parameters.filter((item) => item.in === 'path').map(({ name }) => name);
}

/**
 * What to send to a list so that it holds the captured record and little else: the filters of the
 * contract that compare one field for equality.
 */
export function narrowing(contract: Contract, binding: Binding, name: string): JsonObject {
  const where: Record<string, Json> = {};
  for (const { kind, options } of contract.rules) {
    if (kind !== 'list' || ![options['at']].flat().includes(binding.operation.id)) continue;
    for (const [input, filter] of Object.entries((options['filter'] ?? {}) as JsonObject)) {
      const by = filter as JsonObject;
      if (by['in'] === binding.resource.key) return { [input]: [`=${name}.${by['in']}`] };
      const field = by['equals'];
      if (typeof field === 'string' && field in binding.resource.sample) {
        where[input] ??= `=${fieldOf(binding, name, field)}`;
      }
    }
  }
  return where;
}

/** Waits until a list shows the captured record, then judges what it holds. */
export function seenIn(
  contract: Contract,
  binding: Binding,
  name: string,
  more: Omit<Judge, 'query'> = {},
): Call {
  return listCall(binding, narrowing(contract, binding, name), {
    until: has(binding, name),
    ...more,
  });
}

/** That the list shows the captured record. */
export function has({ resource: { key } }: Binding, name: string): string {
  return `answer.items.exists(i, i.${key} == ${name}.${key})`;
}

/** The value of a captured record's field: as it was sent, where answers do not show it. */
export function fieldOf({ resource }: Binding, name: string, field: string): string {
  return resource.fields.includes(field) ? `${name}.${field}` : `sent.${name}.${field}`;
}
