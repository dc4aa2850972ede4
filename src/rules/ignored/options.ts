import type { FromSchema } from 'json-schema-to-ts';

export const options = {
  type: 'object',
  additionalProperties: false,
  required: ['at', 'fields'],
  properties: {
    at: { type: 'string', format: 'operation', description: 'The create that may be sent them.' },
    fields: { type: 'array', items: { type: 'string' }, minItems: 1 },
    unless: { type: 'string', format: 'cel', description: 'Where they do count.' },
    values: { type: 'array', description: 'What to send, in the order of the fields.' },
  },
} as const;
export type Options = FromSchema<typeof options>;
