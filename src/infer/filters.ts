// How a list is narrowed and ordered, by the names of its parameters.

import { fieldNames, fieldSchema } from '../contract/contract.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import type { Operation, Parameter } from '../spec/spec.ts';
import { typesOf } from '../spec/styles.ts';
import { roleOf } from './paging.ts';
import { wordKey } from './words.ts';

const SORTS = ['sort', 'sort-by', 'sortby', 'order-by', 'orderby', 'ordering', 'sort-field'];
const DIRECTIONS = ['order', 'direction', 'dir', 'sort-order', 'sort-dir', 'sort-direction'];

/** How a list is ordered, by the names of its parameters; undefined when none says so. */
function sortOf({ parameters }: Operation): JsonObject | undefined {
  const own = parameters.filter((one) => one.in === 'query');
  const named = (names: readonly string[], not?: string) =>
    own.find(({ name }) => name !== not && names.includes(wordKey(name)))?.name;
  const direction = named(DIRECTIONS);
  // `order` alone may hold the field.
  const param = named(SORTS) ?? (isDirection(own, direction) ? undefined : direction);
  const turns = direction === param ? undefined : direction;
  if (param === undefined && turns === undefined) return undefined;
  return {
    ...(param === undefined ? {} : { param }),
    ...(turns === undefined ? {} : { direction: turns }),
    else: [],
  };
}

function isDirection(own: readonly Parameter[], name: string | undefined): boolean {
  const { schema } = own.find((one) => one.name === name) ?? {};
  const values = isObject(schema) ? schema['enum'] : undefined;
  return Array.isArray(values) && values.every((one) => /^(asc|desc)/i.test(String(one)));
}

/** Parameters that narrow a list to records with that value, that order it, and those of which nothing is known. */
export function filtersOf(operation: Operation, record: JsonObject, key: string) {
  const filter: Record<string, Json> = {};
  const unknown: string[] = [];
  const fields = fieldNames(record);
  const sort = sortOf(operation);
  const sorts = [sort?.['param'], sort?.['direction']];
  for (const parameter of operation.parameters) {
    if (parameter.in !== 'query' || roleOf(parameter) !== undefined) continue;
    if (sorts.includes(parameter.name)) continue;
    const same = (field: string) => wordKey(field) === wordKey(parameter.name);
    const field =
      fields.find((one) => one === parameter.name) ??
      fields.find(same) ??
      (wordKey(parameter.name) === 'ids' ? key : undefined);
    const types = field === undefined ? [] : typesOf(fieldSchema(record, field) ?? true);
    if (field === undefined || types.includes('object') || types.includes('array')) {
      unknown.push(parameter.name);
    } else {
      const isList = typesOf(parameter.schema).includes('array');
      filter[parameter.name] = isList ? { in: field } : { equals: field };
    }
  }
  return { filter, sort, unknown };
}
