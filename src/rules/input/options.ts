import type { FromSchema } from 'json-schema-to-ts';
import { splitPath } from '../../contract/contract.ts';

const nothing = { enum: ['keep', 'clear', 'set', 'refuse'] } as const;
export const options = {
  type: 'object',
  additionalProperties: false,
  required: ['at'],
  minProperties: 2,
  properties: {
    at: { type: 'string', format: 'place', description: 'An operation, or one field of its body.' },
    fields: { type: 'array', items: { type: 'string' } },
    absent: nothing,
    'as-null': nothing,
    'as-empty': nothing,
  },
} as const;
export type Options = FromSchema<typeof options>;

/** The fields of the body that the rule speaks of. */
export function fieldsOf({ at, fields }: Options): readonly string[] {
  const [, field] = splitPath(at);
  return field === '' ? (fields ?? []) : [field];
}
