// How a list is cut into pages, by the names of its parameters.

import { isObject, type Json, type JsonObject } from '../model/json.ts';
import type { Operation, Parameter } from '../spec/spec.ts';
import { typesOf } from '../spec/styles.ts';
import { wordKey } from './words.ts';

const NAMES = {
  size: [
    'limit',
    'per-page',
    'perpage',
    'page-size',
    'pagesize',
    'size',
    'count',
    'max-results',
    'first',
    'take',
    'top',
    'rows',
    'max-items',
    'maxresults',
    'pagelimit',
    'page-limit',
    'items-per-page',
  ],
  skip: ['offset', 'skip', 'start', 'start-index', 'from', 'page-offset'],
  page: ['page', 'page-number', 'pagenumber', 'page-no', 'p', 'page-index', 'current-page'],
  after: [
    'starting-after',
    'after',
    'cursor',
    'page-token',
    'pagetoken',
    'next-token',
    'nexttoken',
    'marker',
    'continuation-token',
    'start-cursor',
    'page-cursor',
    'next-cursor',
    'after-id',
    'since-id',
    'next',
  ],
  before: ['ending-before', 'before', 'before-id'],
} as const;
type Role = keyof typeof NAMES;

const ROLES = new Map(
  Object.entries(NAMES).flatMap(([role, names]) => names.map((name) => [name, role as Role])),
) as ReadonlyMap<string, Role>;

/** What a parameter of a list says of paging; undefined when it is about something else. */
export function roleOf({ name, schema, in: where }: Parameter): Role | undefined {
  if (where !== 'query') return undefined;
  const role = ROLES.get(wordKey(name));
  if (role === undefined) return undefined;
  const types = typesOf(schema);
  const counts = role === 'size' || role === 'skip' || role === 'page';
  if (counts && types.length > 0 && !types.includes('integer') && !types.includes('number')) {
    return role === 'page' ? 'after' : undefined;
  }
  // A time or a number to begin after is a filter.
  if (
    (role === 'after' || role === 'before') &&
    isObject(schema) &&
    /date/.test(String(schema['format']))
  ) {
    return undefined;
  }
  return role;
}

const STANDARD_SIZE = 20;

/** The paging options of the list's rule; undefined when its parameters say nothing of pages. */
export function pagingOf(operation: Operation): JsonObject | undefined {
  const found = new Map<Role, Parameter>();
  for (const parameter of operation.parameters) {
    const role = roleOf(parameter);
    if (role !== undefined && !found.has(role)) found.set(role, parameter);
  }
  if (found.size === 0) return undefined;
  const place = (['skip', 'page', 'after'] as const).find((role) => found.has(role));
  const options: Record<string, Json> = { size: sizeOf(found.get('size')) };
  const parameter = place === undefined ? undefined : found.get(place);
  if (parameter !== undefined && place !== undefined) {
    const first = place === 'page' ? { first: firstPage(parameter) } : {};
    options[place] = { param: parameter.name, ...first };
  }
  const before = found.get('before');
  if (place === 'after' && before !== undefined) options['before'] = { param: before.name };
  return options;
}

function sizeOf(parameter: Parameter | undefined): JsonObject {
  if (parameter === undefined) return { default: STANDARD_SIZE };
  const schema = isObject(parameter.schema) ? parameter.schema : {};
  const max = whole(schema['maximum']);
  const standard = whole(schema['default']) ?? Math.min(STANDARD_SIZE, max ?? STANDARD_SIZE);
  return { param: parameter.name, default: standard, ...(max === undefined ? {} : { max }) };
}

function firstPage({ schema }: Parameter): number {
  if (!isObject(schema)) return 1;
  return schema['minimum'] === 0 || schema['default'] === 0 ? 0 : 1;
}

function whole(value: Json | undefined): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 ? value : undefined;
}

/** Names that mean the same wherever they are used. */
const CLEAR = {
  size: ['limit', 'per-page', 'perpage', 'page-size', 'pagesize', 'pagelimit', 'page-limit'],
  skip: ['offset', 'skip'],
  after: ['starting-after', 'after', 'after-id'],
};

/** Whether the names say without a doubt how the list goes on. */
export function isClear({ parameters }: Operation, paging: JsonObject, answer: Json): boolean {
  const named = (role: string) => {
    const name = (paging[role] as JsonObject | undefined)?.['param'];
    return parameters.find((one) => one.in === 'query' && one.name === name);
  };
  const is = (known: readonly string[], parameter: Parameter | undefined) =>
    parameter !== undefined && known.includes(wordKey(parameter.name));
  if (!is(CLEAR.size, named('size'))) return false;
  const page = named('page');
  if (page !== undefined) {
    const { minimum, default: standard } = isObject(page.schema) ? page.schema : {};
    return minimum !== undefined || standard !== undefined;
  }
  if (named('skip') !== undefined) return is(CLEAR.skip, named('skip'));
  const goesOn = JSON.stringify(answer).includes('=more ? last : null');
  return named('after') === undefined || goesOn || is(CLEAR.after, named('after'));
}
