import type { FromSchema } from 'json-schema-to-ts';

const cel = { type: 'string', format: 'cel' } as const;
export const options = {
  type: 'object',
  additionalProperties: false,
  required: ['of'],
  properties: {
    of: { type: 'string', format: 'resource' },
    at: {
      type: 'string',
      description: 'Where in the record `self` is: `price`, or each of `price.meters[]`.',
    },
    when: { ...cel, description: 'Where the rule applies; everywhere when absent.' },
    that: { ...cel, description: 'What must hold.' },
    needs: { type: 'array', items: { type: 'string', format: 'field' } },
    field: { type: 'string', format: 'field', description: 'The field a refusal points at.' },
  },
} as const;
export type Options = FromSchema<typeof options>;
