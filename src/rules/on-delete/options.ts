import type { FromSchema } from 'json-schema-to-ts';

const path = { type: 'string', format: 'path' } as const;
export const options = {
  type: 'object',
  additionalProperties: false,
  required: ['of'],
  minProperties: 2,
  properties: {
    of: { type: 'string', format: 'resource' },
    read: {
      enum: ['kept', 'gone'],
      description: 'Whether a deleted record can still be read by id.',
    },
    list: { const: 'gone', description: 'A deleted record is in no list.' },
    shows: { type: 'object', description: 'What a deleted record shows.' },
    write: { const: 'refuse', description: 'A deleted record takes no update.' },
    again: { const: 'refuse', description: 'A deleted record can not be deleted again.' },
    clear: {
      anyOf: [path, { type: 'array', items: path }],
      description: 'References to it are unset.',
    },
  },
} as const;
export type Options = FromSchema<typeof options>;
