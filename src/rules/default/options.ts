import type { FromSchema } from 'json-schema-to-ts';

export const options = {
  type: 'object',
  additionalProperties: false,
  required: ['at', 'to', 'for'],
  properties: {
    at: { type: 'string', format: 'path' },
    to: { description: 'The value.' },
    for: { type: 'array', items: { enum: ['absent', 'as-null'] }, minItems: 1 },
  },
} as const;
export type Options = FromSchema<typeof options>;
