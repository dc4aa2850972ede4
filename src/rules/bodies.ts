// What to send so that a field has a value: one that fits, another than the usual one, one that is hard to keep.

import {
  type Binding,
  type Contract,
  fieldNames,
  fieldSchema,
  type Resource,
  splitPath,
} from '../contract/contract.ts';
import { asList, type Json, type JsonObject, valueWith } from '../model/json.ts';
import { basisOf } from '../spec/spec.ts';
import { uniqueFields } from './relations.ts';

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
  if (schema['readOnly'] === true || schema['pattern'] !== undefined) return undefined;
  const known = (schema['enum'] as Json[] | undefined)?.filter((value) => value !== null);
  if (known !== undefined) return known.at(-1);
  const types = [schema['type'] ?? []].flat();
  const isPlain = types.length > 0 && !types.includes('array') && schema['format'] === undefined;
  return isPlain && schema['properties'] === undefined ? otherValue(schema) : undefined;
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

/** How fine a point it is to send a value that breaks a field's keyword: see a probe's `fine`. */
export function finenessOf(keyword: string, value: Json | undefined, verb: string): number {
  // A field that is left out, or has a value beside the known ones, is the usual way to be wrong.
  if (keyword === 'required') return value === null ? 4 : 0;
  if (keyword === 'enum') return value === '' ? 4 : verb === 'update' ? 1 : 0;
  if (keyword === 'type') return verb === 'update' ? 4 : 3;
  return 0;
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
    return asList<string>(at).flatMap((place) => {
      const [owner, path] = splitPath(place);
      if ((contract.binding(owner)?.resource.name ?? owner) !== resource) return [];
      const schema = path === field ? is : path === '' ? fieldSchema(is, field) : undefined;
      return schema?.['maxLength'] === undefined ? [] : [Number(schema['maxLength'])];
    });
  });
  return Math.min(/(^|_)name$/.test(field) ? LONG_NAME : LONG, ...limits);
}
