// What stands around the entries of a list, by the names of its fields.

import { fieldNames, fieldSchema, requiredFields } from '../contract/contract.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { typesOf } from '../spec/styles.ts';
import { constant } from './fields.ts';
import { isPlain } from './guess.ts';
import type { Known, Wrapped } from './shapes.ts';
import { wordsOf } from './words.ts';

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
  const names = fieldNames(body.schema);
  for (const field of names) {
    const schema = fieldSchema(body.schema, field);
    if (field === key && schema !== undefined) {
      answer[field] =
        rest.length === 0
          ? '=items'
          : envelopeOf({ schema, name: '' }, { keys: rest, inner: body }, paging, url);
    } else if (isObject(schema)) {
      const isAll = field === 'count' && names.includes('next') && names.includes('previous');
      const value = isAll
        ? '=total'
        : factOf(field, schema, paging, url, requiredFields(body.schema).includes(field));
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
    // A link to the next page is no id.
    if (template.includes('last') && /uri|url/.test(String(schema['format']))) return undefined;
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
