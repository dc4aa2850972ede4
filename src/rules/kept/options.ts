import type { FromSchema } from 'json-schema-to-ts';

export const options = {
  type: 'object',
  additionalProperties: false,
  required: ['of'],
  properties: {
    of: { type: 'array', items: { type: 'string', format: 'resource' } },
    except: {
      type: 'array',
      items: { type: 'string', format: 'path' },
      description: 'Fields that the server may write in a way of its own.',
    },
  },
} as const;
export type Options = FromSchema<typeof options>;
