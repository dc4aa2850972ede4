import type { FromSchema } from 'json-schema-to-ts';

const place = { type: 'string', format: 'place' } as const;
export const options = {
  type: 'object',
  additionalProperties: false,
  required: ['at', 'is'],
  properties: {
    at: { anyOf: [place, { type: 'array', items: place }] },
    is: { type: 'object', description: 'A JSON Schema, merged into the request schema.' },
  },
} as const;
export type Options = FromSchema<typeof options>;
