// What a state must be made like, to play a contract.

import { type Contract, OWNER, splitPath } from '../contract/contract.ts';
import type { JsonObject } from '../model/json.ts';
import type { Shape } from '../state/state.ts';

/** An index for every path that a rule looks things up by. */
export function shapeOf(contract: Contract, seed: Shape['seed']): Shape {
  const indexes: Record<string, string[]> = {};
  const add = (path: unknown) => {
    if (typeof path !== 'string') return;
    const [resource, field] = splitPath(path);
    if (field === '' || !contract.resources.has(resource)) return;
    indexes[resource] = [...new Set([...(indexes[resource] ?? []), field])];
  };
  for (const { kind, options } of contract.rules) {
    if (kind === 'unique') add(`${options['of']}.${options['by']}`);
    if (kind === 'reference') add(options['from']);
    if (kind === 'on-delete') [options['clear'] ?? []].flat().forEach(add);
    if (kind === 'list') filterPaths(options, contract).forEach(add);
  }
  for (const { name, owner } of contract.resources.values()) {
    if (owner !== undefined) add(`${name}.${OWNER}`);
  }
  return { indexes, seed };
}

function filterPaths(options: JsonObject, contract: Contract): string[] {
  const filters = Object.values((options['filter'] ?? {}) as JsonObject) as JsonObject[];
  const lists = [options['at'] ?? []].flat() as string[];
  return lists.flatMap((id) => {
    const resource = contract.binding(id)?.resource.name;
    return filters.flatMap((filter) =>
      [filter['equals'] ?? filter['in'] ?? []]
        .flat()
        .filter((field) => field !== contract.binding(id)?.resource.key)
        .map((field) => `${resource}.${field}`),
    );
  });
}
