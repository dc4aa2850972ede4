import type { FromSchema } from 'json-schema-to-ts';

export const options = {
  type: 'object',
  additionalProperties: false,
  required: ['at', 'name', 'into', 'param', 'by'],
  properties: {
    at: { type: 'string', format: 'path', description: 'The field that holds the id.' },
    name: { type: 'string', description: 'What to ask for.' },
    into: { type: 'string', description: 'The field that then holds the whole record.' },
    param: {
      type: 'string',
      description: 'Where to ask: a query parameter, or a field of the body.',
    },
    by: { type: 'array', items: { type: 'string', format: 'operation' } },
    always: {
      type: 'array',
      items: { type: 'string', format: 'operation' },
      description: 'Those that show it whether they are asked or not.',
    },
  },
} as const;
export type Options = FromSchema<typeof options>;
