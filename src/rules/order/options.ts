import type { FromSchema } from 'json-schema-to-ts';

export const options = {
  type: 'object',
  additionalProperties: false,
  required: ['of', 'within', 'by'],
  properties: {
    of: { type: 'string', format: 'resource', description: 'The parts that are put in order.' },
    within: { type: 'string', format: 'resource', description: 'What they are parts of.' },
    by: {
      type: 'string',
      format: 'place',
      description: 'The field of an update that lists the ids of all of them, in their new order.',
    },
  },
} as const;
export type Options = FromSchema<typeof options>;
