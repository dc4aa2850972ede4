// Random steps that look: at one record, or at a list of them, with filters and with what expands.

import type { Binding, Contract } from '../../contract/contract.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { fieldOf, listCall, narrowing } from '../../rules/list-steps.ts';
import { readOf } from '../../rules/steps.ts';
import type { Member, Move } from './cast.ts';
import type { Chance } from './chance.ts';
import type { Stage } from './moves.ts';

/** Reads the record; undefined where the API can't. */
export function lookAt(chance: Chance, contract: Contract, member: Member): Move | undefined {
  const [call] = readOf(contract, member.resource.name, member.name);
  if (call === undefined) return undefined;
  const query = call.part === undefined ? expanded(chance, contract, call.call) : {};
  return { ...call, ...(Object.keys(query).length === 0 ? {} : { query }), as: '' };
}

/** Lists what is like the record. */
export function listLike(
  chance: Chance,
  { counted: { whole, strict }, cast }: Stage,
  member: Member,
): Move | undefined {
  const binding = chance.one(
    whole.bindings.filter(({ verb, resource }) => verb === 'list' && resource === member.resource),
  );
  if (binding === undefined) return undefined;
  const like = cast.filter(({ resource, by }) => resource === member.resource && by === member.by);
  const where = chance.percent(50)
    ? chance.percent(80)
      ? narrowing(whole, binding, member.name)
      : {}
    : filtered(chance, strict, binding, like);
  const all = { ...where, ...expanded(chance, whole, binding.operation.id) };
  return { ...listCall(binding, all), as: '' };
}

/** Now and then the parameter that puts whole records into the answer. */
function expanded(chance: Chance, { rules }: Contract, operation: string): JsonObject {
  const able = rules.filter(
    ({ kind, options }) =>
      kind === 'expand' && (options['by'] as readonly string[]).includes(operation),
  );
  const rule = chance.percent(40) ? chance.one(able) : undefined;
  return rule === undefined
    ? {}
    : { [String(rule.options['param'])]: rule.options['name'] as Json };
}

/** Some of the list's filters, each with a value that one of the records has. */
function filtered(
  chance: Chance,
  { rules }: Contract,
  binding: Binding,
  like: readonly Member[],
): JsonObject {
  const where: Record<string, Json> = {};
  for (const { kind, options } of rules) {
    if (kind !== 'list' || ![options['at']].flat().includes(binding.operation.id)) continue;
    for (const [param, filter] of Object.entries((options['filter'] ?? {}) as JsonObject)) {
      const value = chance.percent(45) ? wanted(chance, binding, filter as JsonObject, like) : null;
      if (value !== null) where[param] = value;
    }
  }
  return where;
}

/** A value for the filter; null where none of the records has one that is sure to be there. */
function wanted(
  chance: Chance,
  binding: Binding,
  filter: JsonObject,
  like: readonly Member[],
): Json {
  const { resource } = binding;
  const member = chance.one(like);
  if (member === undefined) return null;
  if (filter['in'] === resource.key) {
    const names = [member, chance.one(like) ?? member].map(({ name }) => name);
    return [...new Set(names)].map((name) => `=${name}.${resource.key}`);
  }
  const field = filter['equals'] ?? filter['contains'];
  if (typeof field === 'string' && (field in resource.sample || member.sent.has(field))) {
    return `=${fieldOf(binding, member.name, field)}`;
  }
  return filter['unless'] ?? null;
}
