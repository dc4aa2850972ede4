// Steps that several kinds' probes are built from. They know the contract's bindings, and no server.

import {
  type Binding,
  type Contract,
  fieldNames,
  fieldSchema,
  type Resource,
} from '../contract/contract.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { Call, Make, Sender, Step } from '../model/steps.ts';
import { basisOf } from '../spec/spec.ts';

type Judge = Pick<
  Call,
  'as' | 'by' | 'expect' | 'given' | 'once' | 'that' | 'because' | 'query' | 'until' | 'status'
>;

/** Makes a record of the resource. */
export function make(resource: string, as: string, more: Partial<Make> = {}): Make {
  return { make: resource, as, ...more };
}

/** Calls an operation on the record captured under the name. */
export function callOn(binding: Binding, name: string, more: Judge & { with?: Json } = {}): Call {
  return {
    call: binding.operation.id,
    ...(binding.idParameter === undefined
      ? {}
      : { path: { [binding.idParameter]: `=${name}.${binding.resource.key}` } }),
    ...more,
  };
}

/** Reads the captured record again; undefined where the API can't read one. */
export function readOf(
  contract: Contract,
  resource: string,
  name: string,
  more: Judge = {},
): Call[] {
  const binding = contract.bindingFor('read', resource);
  return binding === undefined ? [] : [callOn(binding, name, more)];
}

/** Deletes the captured record, with the body that a delete with a body demands. */
export function deleteOf(
  contract: Contract,
  resource: string,
  name: string,
  more: Judge = {},
): Call[] {
  const binding = contract.bindingFor('delete', resource);
  if (binding === undefined) return [];
  return [callOn(binding, name, binding.body === undefined ? more : { ...more, with: {} })];
}

/** Calls a list, narrowed to the captured records' values where a filter allows, else reading all pages. */
export function listCall(
  binding: Binding,
  where: JsonObject,
  more: Omit<Judge, 'query'> & { size?: number } = {},
): Call {
  const { size = 100, ...judge } = more;
  const known = new Set(inputNames(binding));
  const inPath = new Set(pathNames(binding));
  const entries = Object.entries(where);
  const path = Object.fromEntries(entries.filter(([name]) => inPath.has(name)));
  const sent = {
    ...Object.fromEntries(entries.filter(([name]) => !inPath.has(name))),
    ...(known.has('limit') ? { limit: size } : {}),
  };
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

/** The value of a captured record's field: as it was sent, where answers do not show it. */
export function fieldOf({ resource }: Binding, name: string, field: string): string {
  return resource.fields.includes(field) ? `${name}.${field}` : `sent.${name}.${field}`;
}

function inputNames({ body, operation }: Binding): string[] {
  const inQuery = operation.parameters.filter((parameter) => parameter.in === 'query');
  return [...fieldNames(body), ...inQuery.map(({ name }) => name)];
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
  const { key } = binding.resource;
  return listCall(binding, narrowing(contract, binding, name), {
    until: `answer.items.exists(i, i.${key} == ${name}.${key})`,
    ...more,
  });
}

/** The fields that a body may have and its sample has not, with a documented place in the schema. */
export function optionalFields(binding: Binding, resource: Resource): [string, JsonObject][] {
  return fieldNames(binding.body).flatMap((field): [string, JsonObject][] => {
    const schema = fieldSchema(binding.body ?? true, field);
    const documented = schema !== undefined && basisOf(schema) === 'documented';
    return documented && !(field in resource.sample) ? [[field, schema]] : [];
  });
}

/** An operation that changes one record of the resource and takes a field of that name. */
export function updaterOf(
  contract: Contract,
  resource: string,
  field: string,
): Binding | undefined {
  return contract.bindings.find(
    (binding) =>
      binding.verb === 'update' &&
      binding.resource.name === resource &&
      fieldNames(binding.body).includes(field),
  );
}

/** A value that is not one the field has: another string, for strings. */
export function otherValue(schema: JsonObject | undefined): Json {
  const type = [schema?.['type'] ?? 'string'].flat().find((name) => name !== 'null');
  if (type === 'integer' || type === 'number') return 7;
  if (type === 'boolean') return false;
  if (type === 'object') return { tallystick: '=fresh()', 'Second-Key': 'Größe 東京' };
  return '=fresh()';
}

/** The values of an option that may be one or several. */
export function each<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]) as readonly T[];
}

export const OTHER: { readonly by: Sender } = { by: 'other' };

/** The resources that the sample of this one names, other than `except`. */
export function neededBy(contract: Contract, resource: string, except?: string): string[] {
  const text = JSON.stringify(contract.resource(resource).sample);
  return [...contract.resources.keys()].filter(
    (name) => name !== except && new RegExp(`"=[^"]*\\b${name}\\b\\.`).test(text),
  );
}

/** The fields by which the resource is unique: what a refused create must not take. */
export function uniqueFields(contract: Contract, resource: string): string[] {
  return contract.rules.flatMap(({ kind, basis, options }) =>
    kind === 'unique' && basis === 'documented' && options['of'] === resource
      ? [String(options['by'])]
      : [],
  );
}

/** Texts that are hard to keep: long, in several scripts and cases; keys stay within plain letters. */
export function rich(contract: Contract, resource: string, body: JsonObject): JsonObject {
  const keys = uniqueFields(contract, resource);
  const text = `=fresh() + ' Größe & <b>東京</b> ${'Zz '.repeat(30)}end'`;
  return Object.fromEntries(
    Object.entries(body)
      .filter(([, value]) => value === '=fresh()')
      .map(([field]) => [field, keys.includes(field) ? `=fresh() + '-Kept-AsSent'` : text]),
  );
}

/**
 * Steps that show that the server keeps environments apart, by a record of another sort made in another one
 * and not found in the first. Empty where the contract knows no environments.
 */
export function environmentsApart(contract: Contract, resource: string): Step[] {
  if (contract.callers.environment === undefined) return [];
  const evidence = [...contract.resources.keys()].find(
    (name) =>
      name !== resource && contract.bindingFor('read', name) && contract.bindingFor('create', name),
  );
  if (evidence === undefined) return [];
  return [
    make(evidence, 'evidence', { by: 'elsewhere', once: true }),
    ...readOf(contract, evidence, 'evidence', { given: 'missing', once: true }),
  ];
}

/**
 * Where an answer shows the id that a field holds: `group_id` itself, or `billingGroup.id` where the whole
 * record is shown in the field's place.
 */
export function shownPath(contract: Contract, resource: string, field: string): string {
  const whole = contract.rules.some(
    ({ kind, options }) =>
      kind === 'filled' &&
      options['at'] === `${resource}.${field}` &&
      options['is'] === `=ref.${field}`,
  );
  const to = referredBy(contract, `${resource}.${field}`);
  return whole && to !== undefined ? `${field}.${contract.resource(to).key}` : field;
}

/** The resource that the field names a record of; undefined when it refers to nothing. */
export function referredBy(contract: Contract, path: string): string | undefined {
  const rule = contract.rules.find(
    ({ kind, options }) => kind === 'reference' && options['from'] === path,
  );
  return rule === undefined ? undefined : String(rule.options['to']);
}

/** The claim that all of these hold. */
export function every(claims: readonly string[]): string {
  return claims.length === 0 ? 'true' : claims.join(' && ');
}
