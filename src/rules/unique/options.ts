import type { FromSchema } from 'json-schema-to-ts';

export const options = {
  type: 'object',
  additionalProperties: false,
  required: ['of', 'by'],
  properties: {
    of: { type: 'string', format: 'resource' },
    by: { type: 'string', format: 'field' },
    within: {
      type: 'string',
      format: 'resource',
      description: 'The owner in which no two may be the same; the whole caller when absent.',
    },
    among: {
      enum: ['live', 'all'],
      description:
        'Whose values count. Saying `live` also says that a record that goes frees its value.',
    },
    blank: {
      enum: ['free', 'absent'],
      description:
        'Any number of records may have no value; `free` says that an empty one is none, too.',
    },
  },
} as const;
export type Options = FromSchema<typeof options>;
