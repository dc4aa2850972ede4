// What a record may have, as far as anything says: its schemas, the bodies that write it, and what the contract
// sets. Schemas that leave room for more make everything possible: a lint rule only speaks where it is sure.

import type { Contract, Resource } from '../contract/contract.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { didYouMean, nearest } from '../model/suggest.ts';
import type { Schema } from '../schema/validate.ts';
import type { Context } from './context.ts';

const SEVERAL = ['allOf', 'oneOf', 'anyOf'] as const;

/** `no`: the schema names what there is, and this is not among it. */
type Answer = 'yes' | 'no' | 'perhaps';

/** The schema and all members of its unions. */
export function membersOf(schema: Schema | undefined): JsonObject[] {
  if (!isObject(schema)) return [];
  const members = SEVERAL.flatMap((word) => (schema[word] ?? []) as Schema[]);
  return [schema, ...members.flatMap(membersOf)];
}

/** Every schema that stands at a path like `price.meters[].meter_id`, through unions. */
export function schemasAt(schema: Schema | undefined, path: string): JsonObject[] {
  return descend(schema, path).found;
}

/** Whether a value of the schema has something at the path. */
function has(schema: Schema | undefined, path: string): Answer {
  const { found, isOpen } = descend(schema, path);
  if (found.length > 0) return 'yes';
  return isOpen ? 'perhaps' : 'no';
}

function descend(schema: Schema | undefined, path: string) {
  let found = isObject(schema) ? [schema as JsonObject] : [];
  let isOpen = found.length === 0;
  for (const step of path === '' ? [] : path.replaceAll('[]', '.[]').split('.')) {
    if (step === '') continue;
    const members = found.flatMap(membersOf);
    const next = members.flatMap((member) => childrenOf(member, step));
    isOpen ||= next.length === 0 && isRoomy(members, step);
    found = next;
  }
  return { found, isOpen };
}

function childrenOf(schema: JsonObject, step: string): JsonObject[] {
  const child =
    step === '[]'
      ? schema['items']
      : (schema['properties'] as Record<string, Json> | undefined)?.[step];
  if (child === true) return [{}];
  return isObject(child) ? [child] : [];
}

/** Whether the schemas leave room for what they don't name. */
function isRoomy(members: readonly JsonObject[], step: string): boolean {
  const word = step === '[]' ? 'items' : 'properties';
  const type = step === '[]' ? 'array' : 'object';
  if (members.some((member) => '$ref' in member)) return true;
  if (members.some(({ additionalProperties: more }) => more === true || isObject(more)))
    return true;
  const types = members.flatMap((member) => [member['type'] ?? []].flat() as string[]);
  return (
    (types.length === 0 || types.includes(type)) && members.every((member) => !(word in member))
  );
}

/** The types that a schema leaves, integers as numbers; undefined where it leaves them open. */
export function typesIn(schema: Schema | undefined): string[] | undefined {
  if (!isObject(schema)) return undefined;
  if (schema['type'] !== undefined) {
    const types = [schema['type']].flat() as string[];
    return types.map((type) => (type === 'integer' ? 'number' : type));
  }
  const all = ((schema['allOf'] ?? []) as Schema[]).map(typesIn);
  const one = all.find((types) => types !== undefined);
  if (one !== undefined) return one;
  const union = ['oneOf', 'anyOf'].flatMap((word) => (schema[word] ?? []) as Schema[]).map(typesIn);
  if (union.length === 0 || union.some((types) => types === undefined)) return undefined;
  return union.flatMap((types) => types ?? []);
}

/** The schemas by which records of the resource are shown, or written. */
export function schemasOf(contract: Contract, resource: Resource): Schema[] {
  const own = contract.bindings.filter((binding) => binding.resource === resource);
  const written = own.flatMap(({ body, verb }) =>
    body !== undefined && (verb === 'create' || verb === 'update') ? [body] : [],
  );
  return [resource.schema, ...own.map(({ shown }) => shown), ...written];
}

/** Whether a record of the resource may have something at the path. */
export function mayHave(context: Context, resource: Resource, path: string): boolean {
  const { contract } = context;
  const [top = ''] = path.split(/[.[]/);
  if (setFields(context, resource.name).has(top)) return true;
  const schemas = schemasOf(contract, resource);
  if (schemas.some((schema) => has(schema, path) !== 'no')) return true;
  // An action may write fields that nothing else names; only one that looks mistyped is.
  const acts = contract.bindings.some(
    (one) => one.resource === resource && one.action !== undefined,
  );
  return acts && nearest(top, knownIn(schemas)) === undefined;
}

function knownIn(schemas: readonly Schema[]): Set<string> {
  const members = schemas.flatMap(membersOf);
  return new Set(members.flatMap((member) => Object.keys((member['properties'] ?? {}) as object)));
}

/** The fields that the contract itself writes to a record: what the schema lacks is kept all the same. */
function setFields(context: Context, resource: string): Set<string> {
  const { start = {}, touch = {}, sample = {} } = context.part('resources', resource);
  const sets = Object.values(context.part('operations'))
    .filter((does) => Object.values(does).includes(resource))
    .map((does) => does['set'] ?? {});
  return new Set([start, touch, sample, ...sets].flatMap((one) => Object.keys(one as object)));
}

/** `, which no <resource> has (did you mean ...?)` */
export function noSuchField(context: Context, resource: Resource, path: string): string {
  const known = knownIn(schemasOf(context.contract, resource));
  return `no ${resource.name} has "${path}"${didYouMean(path, known)}`;
}
