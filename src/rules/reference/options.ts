import type { FromSchema } from 'json-schema-to-ts';

export const options = {
  type: 'object',
  additionalProperties: false,
  required: ['from', 'to'],
  properties: {
    from: { type: 'string', format: 'path', description: 'The field that holds the id.' },
    to: { type: 'string', format: 'resource' },
    must: {
      type: 'array',
      items: { type: 'string', format: 'cel' },
      description: '`live`, or a condition on `target` and `self`.',
    },
    when: { type: 'string', format: 'cel', description: 'Where the field is such a reference.' },
  },
} as const;
export type Options = FromSchema<typeof options>;
