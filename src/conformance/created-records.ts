// A create's answer -> the records that it made, as far as they can be known for ours.

import type { Binding, Contract } from '../contract/contract.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import type { Sender } from '../model/steps.ts';
import { keysTo, valueAt } from './envelope.ts';
import type { Filled } from './request.ts';

/** A record that an answer to a create of ours named. */
export interface Made {
  readonly resource: string;
  readonly operation: string;
  readonly id: string | number;
  /** The ids of what it is a part of, by resource; absent for one that stands alone. */
  readonly owners?: Readonly<Record<string, string | number>>;
  /** Who made it; the first caller when absent. */
  readonly by?: Sender;
}

/** The record's name among all: two APIs' ids, or two resources', may be alike. */
export function nameOf({ resource, id }: Pick<Made, 'resource' | 'id'>): string {
  return `${resource} ${id}`;
}

/** Whether a success of the operation makes a record: a create, or an action whose answer names a new one. */
export function canMake({ verb, action }: Binding): boolean {
  return verb === 'create' || action !== undefined;
}

/** How a record is known for ours. */
export interface Marks {
  /** What every text of ours that must be unique begins with. */
  readonly prefix: string;
  /** Whether the id is one of ours. */
  isOurs(id: string): boolean;
}

/** What a 2xx answer made; undefined when it should have made something and does not say what. */
export function madeBy(
  binding: Binding,
  filled: Filled,
  body: Json | undefined,
  by: Sender | undefined,
  marks: Marks,
): Made[] | undefined {
  const { key, name } = binding.resource;
  const actedOn = filled.path?.[binding.idParameter ?? ''];
  const sent = recordsSent(binding, filled.body);
  const made = recordsIn(binding, body).flatMap((record): Made[] => {
    const id = record[key];
    if (!isId(id) || id === actedOn) return [];
    const isKnown =
      binding.verb === 'create' ? !isOthers(sent, record, marks) : isOurs(record, marks);
    if (!isKnown) return [];
    const owners = ownersOf(binding, filled);
    return [
      {
        resource: name,
        operation: binding.operation.id,
        id,
        ...(Object.keys(owners).length === 0 ? {} : { owners }),
        ...(by === undefined ? {} : { by }),
      },
    ];
  });
  return made.length === 0 && binding.verb === 'create' ? undefined : made;
}

/** The path that names the record in its whole and by itself; undefined when an owner's id is not known. */
export function pathTo(binding: Binding, { id, owners = {} }: Made): JsonObject | undefined {
  if (binding.idParameter === undefined) return undefined;
  const path: Record<string, Json> = { [binding.idParameter]: id };
  for (const { parameter, resource } of binding.owners) {
    const owner = owners[resource.name];
    if (owner === undefined) return undefined;
    path[parameter] = owner;
  }
  return path;
}

/** The operation that removes a record of the resource by its id; undefined where the contract has none. */
export function removerOf(contract: Contract, resource: string): Binding | undefined {
  return contract.bindings.find(
    (binding) =>
      binding.verb === 'delete' &&
      binding.resource.name === resource &&
      binding.by === binding.resource.key,
  );
}

function recordsIn({ answer, each }: Binding, body: Json | undefined): JsonObject[] {
  const keys =
    answer === undefined
      ? undefined
      : (keysTo(answer.text, '=created') ?? keysTo(answer.text, '=self'));
  const named = keys === undefined || keys.length === 0 ? body : valueAt(asObject(body), keys);
  if (Array.isArray(named)) return named.filter(isObject);
  // Where many are made, and the answer is of a form of its own, the list in it is what was made.
  const listed =
    each === undefined ? undefined : Object.values(asObject(named)).find(Array.isArray);
  return (listed ?? [named]).filter(isObject);
}

function recordsSent({ each, within }: Binding, body: Json | undefined): JsonObject[] {
  const field = each ?? within;
  const sent = field === undefined ? body : asObject(body)[field];
  return (Array.isArray(sent) ? sent : [sent]).filter(isObject);
}

/** Whether every text that we marked as this run's comes back without the mark: then the record is not ours. */
function isOthers(sent: readonly JsonObject[], shown: JsonObject, { prefix }: Marks): boolean {
  const isMarked = (value: Json | undefined) =>
    typeof value === 'string' && value.toLowerCase().includes(prefix);
  const fields = sent.flatMap((record) =>
    Object.keys(record).filter((key) => isMarked(record[key])),
  );
  const seen = fields.filter((field) => typeof shown[field] === 'string');
  return seen.length > 0 && !seen.some((field) => isMarked(shown[field]));
}

/** Whether the record shows a mark of this run, or the id of another record of it. */
function isOurs(shown: JsonObject, { prefix, isOurs: isKnown }: Marks): boolean {
  return Object.values(shown).some(
    (value) =>
      typeof value === 'string' && (value.toLowerCase().includes(prefix) || isKnown(value)),
  );
}

function ownersOf({ owners }: Binding, { path = {} }: Filled): Record<string, string | number> {
  return Object.fromEntries(
    owners.flatMap(({ parameter, resource }) => {
      const id = path[parameter];
      return isId(id) ? [[resource.name, id]] : [];
    }),
  );
}

function isId(value: Json | undefined): value is string | number {
  return (typeof value === 'string' && value !== '') || typeof value === 'number';
}

function asObject(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}
