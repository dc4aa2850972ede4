import type { FromSchema } from 'json-schema-to-ts';

export const options = {
  type: 'object',
  additionalProperties: false,
  required: ['of', 'shows'],
  properties: {
    of: { type: 'string', format: 'resource' },
    shows: {
      type: 'object',
      minProperties: 1,
      description: 'Field -> the value of every new record.',
    },
  },
} as const;
export type Options = FromSchema<typeof options>;
