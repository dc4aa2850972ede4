import type { FromSchema } from 'json-schema-to-ts';

export const options = {
  type: 'object',
  additionalProperties: false,
  required: ['count', 'of', 'within', 'when'],
  properties: {
    count: { type: 'integer', minimum: 1 },
    of: { type: 'string', format: 'resource', description: 'The parts that are counted.' },
    within: { type: 'string', format: 'resource', description: 'What they are parts of.' },
    when: {
      enum: ['create', 'delete'],
      description: 'Judged when the whole is made, or when a part of it goes.',
    },
  },
} as const;
export type Options = FromSchema<typeof options>;
