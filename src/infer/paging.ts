// How a list is cut and filtered, by the names of its parameters, and the envelope around it, by the names of its
// fields.

import { fieldNames, fieldSchema, requiredFields } from '../contract/contract.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import type { Operation, Parameter } from '../spec/spec.ts';
import { typesOf } from '../spec/styles.ts';
import { constant } from './fields.ts';
import { isPlain } from './guess.ts';
import type { Known, Wrapped } from './shapes.ts';
import { wordsOf } from './words.ts';

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

/** What a parameter of a list says of paging; undefined when it is about something else. */
export function roleOf({ name, schema, in: where }: Parameter): Role | undefined {
  if (where !== 'query') return undefined;
  const key = wordsOf(name).join('-');
  const types = typesOf(schema);
  const role = (Object.keys(NAMES) as Role[]).find((one) =>
    (NAMES[one] as readonly string[]).includes(key),
  );
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
  if (parameter === undefined) return { param: 'limit', default: STANDARD_SIZE };
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

/** Parameters that narrow a list to records with that value, and those of which nothing is known. */
export function filtersOf(operation: Operation, record: JsonObject, key: string) {
  const filter: Record<string, Json> = {};
  const unknown: string[] = [];
  const fields = fieldNames(record);
  for (const parameter of operation.parameters) {
    if (parameter.in !== 'query' || roleOf(parameter) !== undefined) continue;
    const same = (field: string) => wordsOf(field).join('-') === wordsOf(parameter.name).join('-');
    const field =
      fields.find((one) => one === parameter.name) ??
      fields.find(same) ??
      (wordsOf(parameter.name).join('-') === 'ids' ? key : undefined);
    const types = field === undefined ? [] : typesOf(fieldSchema(record, field) ?? true);
    if (field === undefined || types.includes('object') || types.includes('array')) {
      unknown.push(parameter.name);
    } else {
      const isList = typesOf(parameter.schema).includes('array');
      filter[parameter.name] = isList ? { in: field } : { equals: field };
    }
  }
  return { filter, unknown };
}

/** By the words of a field's name: what it tells of the list, with paging and without. */
const FACTS: readonly [names: readonly string[], paged: string, whole: string][] = [
  [
    [
      'total',
      'total-count',
      'total-items',
      'total-elements',
      'total-results',
      'totalcount',
      'total-records',
      'total-hits',
    ],
    '=total',
    '=total',
  ],
  [['has-more', 'more', 'has-next', 'has-next-page', 'hasmore'], '=more', '=false'],
  [
    [
      'next-cursor',
      'next-page-token',
      'next',
      'cursor',
      'next-token',
      'end-cursor',
      'next-page-cursor',
      'after',
      'continuation-token',
      'next-id',
      'last-id',
    ],
    '=more ? last : null',
    '=null',
  ],
  [['limit', 'per-page', 'page-size', 'pagesize', 'perpage', 'size'], '=size', '=total'],
  [['offset', 'skip'], '=skip', '=0'],
  [['page', 'current-page', 'page-number', 'number'], '=page', '=1'],
  [['total-pages', 'pages', 'page-count', 'last-page', 'totalpages'], '=pages', '=1'],
  [['count', 'items-count', 'number-of-elements', 'result-count'], '=size(items)', '=size(items)'],
];

/** The template of a list's answer around its entries. */
export function envelopeOf(
  body: Known,
  { keys }: Wrapped,
  paging: JsonObject | undefined,
  url: string,
): Json {
  const [key, ...rest] = keys;
  if (key === undefined) return '=items';
  const answer: Record<string, Json> = {};
  for (const field of fieldNames(body.schema)) {
    const schema = fieldSchema(body.schema, field);
    if (field === key && schema !== undefined) {
      answer[field] =
        rest.length === 0
          ? '=items'
          : envelopeOf({ schema, name: '' }, { keys: rest, inner: body }, paging, url);
    } else if (isObject(schema)) {
      const value = factOf(field, schema, paging, url, requiredFields(body.schema).includes(field));
      if (value !== undefined) answer[field] = value;
    }
  }
  return answer;
}

function factOf(
  field: string,
  schema: JsonObject,
  paging: JsonObject | undefined,
  url: string,
  isRequired: boolean,
): Json | undefined {
  const fixed = constant(schema);
  if (fixed !== undefined) return isPlain(fixed) ? fixed : undefined;
  const name = wordsOf(field).join('-');
  const types = typesOf(schema);
  const fact = FACTS.find(([names]) => names.includes(name));
  if (fact !== undefined && !types.includes('object') && !types.includes('array')) {
    const template = paging === undefined ? fact[2] : fact[1];
    return fits(template, types) ? template : undefined;
  }
  if (name === 'url' && types.includes('string') && isRequired) return url;
  if (!types.includes('object') && fieldNames(schema).length === 0) return undefined;
  const inner = fieldNames(schema).flatMap((one): [string, Json][] => {
    const child = fieldSchema(schema, one);
    const value =
      isObject(child) && !typesOf(child).includes('object')
        ? factOf(one, child, paging, url, requiredFields(schema).includes(one))
        : undefined;
    return value === undefined ? [] : [[one, value]];
  });
  return inner.length === 0 ? undefined : Object.fromEntries(inner);
}

/** Whether the field can hold what the template gives. */
function fits(template: string, types: readonly string[]): boolean {
  if (types.length === 0) return true;
  if (template === '=more' || template === '=false') return types.includes('boolean');
  if (template.includes('last') || template === '=null')
    return types.includes('string') || types.includes('null');
  return types.includes('integer') || types.includes('number');
}
