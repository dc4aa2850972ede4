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
      by: { const: 'other', description: 'A second tenant sends it.' },
      expect: { enum: ['ok', 'refused', 'missing'] },
      status: {
        type: 'integer',
        description: 'The status of the refusal, where it is documented.',
      },
      pages: { type: 'boolean', description: 'Every page of the list is read.' },
      part: {
        type: 'object',
        required: ['of', 'path', 'id'],
        properties: {
          of: { type: 'string', format: 'resource' },
          path: { type: 'string' },
          id: { type: 'string' },
        },
        additionalProperties: false,
        description: 'The part of the record read that the step is about.',
      },
      that: { type: 'string', format: 'cel' },
      until: { type: 'string', format: 'cel' },
      because: { type: 'string' },
    },
    additionalProperties: false,
  },
} as const;
export type Options = FromSchema<typeof options>;
