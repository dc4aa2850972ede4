// What a record keeps of the path that it is made at, and what a path names it by.

import { fieldNames } from '../contract/contract.ts';
import type { JsonObject } from '../model/json.ts';
import type { Found } from './guess.ts';
import type { Place } from './paths.ts';
import { nameKey, wordsOf } from './words.ts';

/** The template of a path's parameter. */
export function inQuery(parameter: string): string {
  return `=query[${JSON.stringify(parameter)}]`;
}

/** Where a record keeps what its path said, beside its fields. */
export function hidden(parameter: string): string {
  return `of_${parameter}`;
}

/** The field of the record that holds what the path's parameter names: `customer_id` for `/customers/{id}/orders`. */
export function foreignField(
  place: Place,
  parameter: string,
  { record, key }: Found,
): string | undefined {
  const parts = place.collection.split('/');
  const parent = nameKey(parts[parts.lastIndexOf('{}') - 1] ?? '');
  const wanted = [wordsOf(parameter).join('-'), `${parent}-id`, parent];
  return fieldNames(record.schema).find(
    (field) => field !== key && wanted.includes(wordsOf(field).join('-')),
  );
}

/** Another place may name the record by another field than its id. */
export function byOf(place: Place, { place: own, key, record }: Found): JsonObject {
  if (place === own || place.parameter === undefined || place.parameter === own.parameter)
    return {};
  const field = fieldNames(record.schema).find((one) => one === place.parameter);
  return field === undefined || field === key ? {} : { by: field };
}
