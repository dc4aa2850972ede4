import type { FromSchema } from 'json-schema-to-ts';

export const options = {
  type: 'array',
  minItems: 1,
  items: {
    type: 'object',
    properties: {
      make: { type: 'string', format: 'resource' },
      call: { type: 'string', format: 'operation' },
      with: {},
      in: { type: 'string' },
      path: { type: 'object' },
      query: { type: 'object' },
      as: { type: 'string' },
      expect: { enum: ['ok', 'refused', 'missing'] },
      that: { type: 'string', format: 'cel' },
      until: { type: 'string', format: 'cel' },
      because: { type: 'string' },
    },
    additionalProperties: false,
  },
} as const;
export type Options = FromSchema<typeof options>;
