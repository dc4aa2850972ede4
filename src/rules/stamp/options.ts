import type { FromSchema } from 'json-schema-to-ts';

export const options = {
  type: 'object',
  additionalProperties: false,
  required: ['of', 'created', 'updated'],
  properties: {
    of: { type: 'array', items: { type: 'string', format: 'resource' } },
    created: {
      type: 'string',
      format: 'field',
      description: 'Set when the record is made, and never again.',
    },
    through: {
      type: 'array',
      items: { type: 'string', format: 'resource' },
      description: 'Parts whose changes count as changes of what they belong to.',
    },
    updated: { type: 'string', format: 'field', description: 'Set at every change.' },
  },
} as const;
export type Options = FromSchema<typeof options>;
