// Bodies: whether one is a list, and what one wraps its record in.

import { fieldNames, fieldSchema } from '../contract/contract.ts';
import { isObject, type JsonObject } from '../model/json.ts';
import type { Found } from './guess.ts';
import { nameKey } from './words.ts';

/** `{ pet: { name } }`: the one object that a body holds, where the record has no such field. */
export function wrapperOf(body: unknown, { record, place }: Found): JsonObject {
  if (!isObject(body)) return {};
  const fields = fieldNames(body);
  const known = fieldNames(record.schema);
  const [field] = fields;
  if (field === undefined || fields.length !== 1 || known.includes(field)) return {};
  const inner = fieldSchema(body, field);
  const isRecord = fieldNames(inner).some((one) => known.includes(one));
  const isNamed = field === 'data' || nameKey(field) === nameKey(place.noun);
  return isRecord && isNamed ? { within: field } : {};
}

/** Whether the schema is that of a list. */
export function isList(schema: unknown): boolean {
  return isObject(schema) && [schema['type'] ?? []].flat().includes('array');
}
