// Steps that several kinds' probes are built from. They know the contract's bindings, and no server.

import {
  type Binding,
  type Contract,
  fieldNames,
  fieldSchema,
  type Resource,
  splitPath,
} from '../contract/contract.ts';
import { type Json, type JsonObject, valueWith } from '../model/json.ts';
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

/** A record that all checks share which leave it as it is; made once in a run. */
export function shared(resource: string, as = 'made'): Make {
  return { make: resource, as, once: 1 };
}

/** Calls an operation on the record captured under the name. */
export function callOn(binding: Binding, name: string, more: Judge & { with?: Json } = {}): Call {
  const path = {
    ...ownersIn(binding, name),
    ...(binding.idParameter === undefined
      ? {}
      : { [binding.idParameter]: `=${name}.${binding.by}` }),
  };
  return {
    call: binding.operation.id,
    ...(Object.keys(path).length === 0 ? {} : { path }),
    ...more,
  };
}

/** What a captured part belongs to, as the player keeps it beside the part's own fields. */
export const OWNERS = 'owners_';

/** The path parameters that name what the captured part belongs to; none where the resource is no part. */
export function ownersIn({ owners }: Binding, name: string): JsonObject {
  return Object.fromEntries(
    owners.map(({ parameter, resource }) => [parameter, `=${name}.${OWNERS}.${resource.name}`]),
  );
}

/**
 * Reads the captured record again, by itself or, where it is a part, in what it belongs to. Empty where the
 * API can't read one.
 */
export function readOf(
  contract: Contract,
  resource: string,
  name: string,
  more: Judge = {},
): Call[] {
  const own = contract.bindingFor('read', resource);
  if (own !== undefined) return [callOn(own, name, more)];
  const found = readerOf(contract, resource);
  if (found === undefined) return [];
  const { reader, path } = found;
  const whole = `=${name}.${OWNERS}.${reader.resource.name}`;
  return [
    {
      call: reader.operation.id,
      path: { [reader.idParameter ?? '']: whole },
      part: { of: resource, path, id: `=${name}.${contract.resource(resource).key}` },
      ...more,
    },
  ];
}

/** The operation that reads what a part belongs to, and where in its answer the parts stand. */
export function readerOf(
  contract: Contract,
  resource: string,
): { reader: Binding; path: string } | undefined {
  const { owner } = contract.resource(resource);
  if (owner === undefined) return undefined;
  const [field] = [...contract.resource(owner).parts].find(([, part]) => part === resource) ?? [''];
  const reader = contract.bindingFor('read', owner);
  if (reader !== undefined) return { reader, path: `${field}[]` };
  const above = readerOf(contract, owner);
  return above && { reader: above.reader, path: `${above.path}.${field}[]` };
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

/** The value of a captured record's field: as it was sent, where answers do not show it. */
export function fieldOf({ resource }: Binding, name: string, field: string): string {
  return resource.fields.includes(field) ? `${name}.${field}` : `sent.${name}.${field}`;
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

/**
 * A value that any server takes for the field, other than the usual one; undefined where the schema alone does
 * not say: a list, an object with fields of its own, or the id of something that no rule speaks of.
 */
export function fittingValue(field: string, schema: JsonObject | undefined): Json | undefined {
  if (schema === undefined || /(_ids?|Ids?)$/.test(field)) return undefined;
  const known = (schema['enum'] as Json[] | undefined)?.filter((value) => value !== null);
  if (known !== undefined) return known.at(-1);
  const types = [schema['type'] ?? []].flat();
  const isPlain = types.length > 0 && !types.includes('array') && schema['format'] === undefined;
  return isPlain && schema['properties'] === undefined ? otherValue(schema) : undefined;
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

/** A value that the field takes and that is not the usual one: another string, for strings. */
export function otherValue(schema: JsonObject | undefined): Json {
  const known = ((schema?.['enum'] ?? []) as Json[]).filter((value) => value !== null);
  if (known.length > 0) return known.at(-1) ?? null;
  if (schema?.['const'] !== undefined) return schema['const'];
  const type = [schema?.['type'] ?? 'string'].flat().find((name) => name !== 'null');
  if (type === 'integer' || type === 'number') {
    const { minimum, maximum } = schema as { minimum?: number; maximum?: number };
    return Math.min(Math.max(7, minimum ?? 7), maximum ?? Number.POSITIVE_INFINITY);
  }
  if (type === 'boolean') return false;
  if (type === 'object') return { tallystick: '=fresh()', 'Second-Key': 'Größe 東京' };
  return '=fresh()';
}

/** What to send so that a field, which may lie inside another (`price.meters[].meter_id`), has the value. */
export function bodyWith(
  { sample }: Resource,
  beside: JsonObject,
  field: string,
  value: Json | undefined,
): Readonly<Record<string, Json | undefined>> {
  const end = field.search(/[.[]/);
  if (end < 0) return { ...beside, [field]: value };
  const top = field.slice(0, end);
  const changed = valueWith({ ...sample, ...beside }, field, value) as JsonObject;
  return { ...beside, [top]: changed[top] };
}

/** A path of a schema as CEL over one record: the first entry stands for `[]`. */
export function inCel(path: string): string {
  return path.replaceAll('[]', '[0]');
}

/** The values of an option that may be one or several. */
export function each<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]) as readonly T[];
}

export const OTHER: { readonly by: Sender } = { by: 'other' };

/** The resources that the sample of this one names, other than `except`. */
export function neededBy(contract: Contract, resource: string, except?: string): string[] {
  return namedIn(contract, contract.resource(resource).sample).filter((name) => name !== except);
}

/** The resources that templates in the value name: `=plan.id` names plans. */
export function namedIn(contract: Contract, value: unknown): string[] {
  const text = JSON.stringify(value) ?? '';
  if (!text.includes('"=')) return [];
  return [...contract.resources.keys()].filter((name) =>
    new RegExp(`"=[^"]*\\b${name}\\b\\.`).test(text),
  );
}

/** Whether a record of the resource can be named by one other record only, so that each needs one of its own. */
export function isSpent(contract: Contract, resource: string): boolean {
  return contract.rules.some(({ kind, options }) => {
    if (kind !== 'unique') return false;
    const path = `${options['of']}.${options['by']}`;
    return referredBy(contract, path) === resource;
  });
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
  const text = (field: string) => {
    const more = Math.floor((longest(contract, resource, field) - SHORT) / 3);
    return `=fresh() + ' Größe & <b>東京</b> ${'Zz '.repeat(Math.max(0, more))}end'`;
  };
  return Object.fromEntries(
    Object.entries(body)
      .filter(([, value]) => value === '=fresh()')
      .map(([field]) => [
        field,
        keys.includes(field) ? `=fresh() + '-Kept-As-It-Was-Sent-To-You'` : text(field),
      ]),
  );
}

/** As long as any API should keep, of a name less, and what the rest of such a text may take. */
const LONG = 130;
const LONG_NAME = 95;
const SHORT = 45;

/** The length that a value rule allows the field, in any body that writes the resource. */
function longest(contract: Contract, resource: string, field: string): number {
  const limits = contract.rules.flatMap(({ kind, options }) => {
    if (kind !== 'value') return [];
    const { at, is } = options as { at: string | string[]; is: JsonObject };
    return each<string>(at).flatMap((place) => {
      const [owner, path] = splitPath(place);
      if ((contract.binding(owner)?.resource.name ?? owner) !== resource) return [];
      const schema = path === field ? is : path === '' ? fieldSchema(is, field) : undefined;
      return schema?.['maxLength'] === undefined ? [] : [Number(schema['maxLength'])];
    });
  });
  return Math.min(/(^|_)name$/.test(field) ? LONG_NAME : LONG, ...limits);
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
    make(evidence, 'evidence', { by: 'elsewhere', once: 1 }),
    ...readOf(contract, evidence, 'evidence', { given: 'missing', once: 1 }),
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
