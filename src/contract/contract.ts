// A contract in memory: compiled, checked against its spec, and easy to ask. Made by `load.ts`.

import type { Place } from '../model/finding.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { Schema } from '../schema/validate.ts';
import type { Basis, Operation, Spec } from '../spec/spec.ts';
import type { Row } from '../state/state.ts';
import type { Expression } from './expression.ts';
import { fieldNames, fieldSchema, requiredFields, takesNull } from './fields.ts';
import type { Template } from './template.ts';

export type Profile = 'documented' | 'observed';
export type Verb = 'create' | 'read' | 'list' | 'update' | 'delete' | 'action';

export interface Resource {
  readonly name: string;
  /** The schema its records are shown by. */
  readonly schema: JsonObject;
  /** The field that holds the id. */
  readonly key: string;
  /** Every field of the schema. */
  readonly fields: readonly string[];
  readonly id: Template;
  readonly start: Template;
  readonly touch: Template;
  /** The smallest valid body; expressions in it name other resources, which are made first. */
  readonly sample: JsonObject;
  /** The resource that it is a part of; undefined for one that stands alone. */
  readonly owner: string | undefined;
  /** Field -> the resource of the records that are made with it, shown in it, and go with it. */
  readonly parts: ReadonlyMap<string, string>;
  /** Whether there is one for each caller, or in each record that it is in: no path has its id. */
  readonly single: boolean;
  /** Whether what answers must have, and nobody gave, is made from their schema. */
  readonly complete: boolean;
  /** Whether the record counts as present: not archived, not ended. Always, when nothing says more. */
  live(data: JsonObject): boolean;
  readonly liveText: string | undefined;
}

export interface Binding {
  readonly operation: Operation;
  readonly verb: Verb;
  readonly resource: Resource;
  readonly set: Template | undefined;
  /** The path parameter that names the record; undefined on create and list. */
  readonly idParameter: string | undefined;
  /** The field that the path names the record by: its id, unless the contract says otherwise. */
  readonly by: string;
  /** The path parameters that name what the record is a part of, outermost first. */
  readonly owners: readonly OwnerParameter[];
  /** What is sent of one record; undefined when the operation takes no JSON body. */
  readonly body: Schema | undefined;
  /** The whole JSON body: the same, but where it lists several records. */
  readonly sent: Schema | undefined;
  /** The field of the whole body that lists them. */
  readonly each: string | undefined;
  /** The field of the whole body that holds the one record. */
  readonly within: string | undefined;
  /** The field that a body, or an answer, is which is a text and no JSON. */
  readonly text: string | undefined;
  /** The schema that answers show a record by. */
  readonly shown: JsonObject;
  /** What it answers; the record, or the list, when absent. */
  readonly answer: { readonly text: Json; readonly template: Template } | undefined;
  /** The name of the function that does it; only where the verb is `action`. */
  readonly action: string | undefined;
}

export interface OwnerParameter {
  readonly parameter: string;
  readonly resource: Resource;
}

/** Where a part keeps the id of what it is a part of, and its place there: no schema has such fields. */
export const OWNER = '$in';
export const PLACE = '$at';

export interface ErrorShape {
  readonly name: string;
  readonly status: number;
  readonly basis: Basis;
  readonly code: string | undefined;
  readonly type: string;
  readonly body: Template;
}

export interface Rule<Options = JsonObject> {
  /** `group.lookup-key-unique` */
  readonly id: string;
  readonly says: string;
  readonly basis: Basis;
  /** Which document, and where in it. */
  readonly source: string;
  readonly kind: string;
  readonly options: Options;
  /** The error it refuses with. */
  readonly error: ErrorShape;
  /** Merge patches on the resource's sample. */
  readonly examples: {
    readonly accept: readonly Json[];
    readonly refuse: readonly Json[];
    readonly beside: JsonObject;
  };
  readonly place: Place;
}

export interface Limits {
  readonly second?: number;
  readonly minute?: number;
  readonly hour?: number;
}

export interface Contract {
  readonly api: string;
  readonly file: string;
  readonly spec: Spec;
  readonly profile: Profile;
  readonly callers: { readonly environment?: { readonly header: string; readonly else: string } };
  /** How many requests of one caller the API takes in a span of time; absent where no document says. */
  readonly limits?: Limits;
  readonly errors: ReadonlyMap<string, ErrorShape>;
  readonly resources: ReadonlyMap<string, Resource>;
  readonly bindings: readonly Binding[];
  readonly rules: readonly Rule[];
  /** The resource; throws when there is none of that name (the contract was checked, so: our bug). */
  resource(name: string): Resource;
  binding(operationId: string): Binding | undefined;
  /** The first operation that does this to the resource. */
  bindingFor(verb: Verb, resource: string): Binding | undefined;
  /** The error by name, or `invalid` (`not-found` for routes) when the contract has none of that name. */
  error(name: string): ErrorShape;
}

/** The 2xx statuses that the operation documents. */
export function successStatuses({ answers }: Operation): string[] {
  return answers.map(({ status }) => status).filter((status) => status.startsWith('2'));
}

/** An answer's record with every declared field, null when unset: what expressions need. Rows have them all. */
export function full(resource: Resource, data: JsonObject): JsonObject {
  const record: Record<string, Json> = {};
  for (const field of resource.fields) record[field] = data[field] ?? null;
  return record;
}

/** Whether the row counts as present. */
export function isLive(resource: Resource, row: Row | undefined): row is Row {
  return row !== undefined && resource.live(row.data);
}

/** `price.group_id` -> `['price', 'group_id']`; the second is '' for a bare name. */
export function splitPath(path: string): [string, string] {
  const dot = path.indexOf('.');
  return dot < 0 ? [path, ''] : [path.slice(0, dot), path.slice(dot + 1)];
}

/** The resources that this one is a part of, outermost first; empty for one that stands alone. */
export function ownersOf(contract: Pick<Contract, 'resource'>, { owner }: Resource): Resource[] {
  if (owner === undefined) return [];
  const resource = contract.resource(owner);
  return [...ownersOf(contract, resource), resource];
}

/**
 * Where the body of an operation holds records of the resource: `''` where it is one, `products[]` where it
 * lists them, `groups[].products[]` where it makes them as parts of another.
 */
export function placesOf(
  contract: Pick<Contract, 'resource'>,
  binding: Binding,
  resource: string,
): string[] {
  const within = (owner: Resource, path: string): string[] => [
    ...(owner.name === resource ? [path] : []),
    ...[...owner.parts]
      .filter(([field]) => fieldSchema(binding.sent ?? true, joined(path, field)) !== undefined)
      .flatMap(([field, part]) => within(contract.resource(part), `${joined(path, field)}[]`)),
  ];
  return within(binding.resource, binding.each === undefined ? '' : `${binding.each}[]`);
}

/** `groups[]` and `name` -> `groups[].name`. */
export function joined(path: string, field: string): string {
  return path === '' || field === '' ? path + field : `${path}.${field}`;
}

export type { Basis, Expression };
export { fieldNames, fieldSchema, requiredFields, takesNull };
