import type { FromSchema } from 'json-schema-to-ts';

export const options = {
  type: 'object',
  additionalProperties: false,
  required: ['of'],
  properties: { of: { type: 'array', items: { type: 'string', format: 'resource' } } },
} as const;
export type Options = FromSchema<typeof options>;
