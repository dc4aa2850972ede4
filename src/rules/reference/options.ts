import type { FromSchema } from 'json-schema-to-ts';

export const options = {
  type: 'object',
  additionalProperties: false,
  required: ['from', 'to'],
  properties: {
    from: {
      type: 'string',
      format: 'path',
      description: 'The field that holds the id, or a path parameter of an operation.',
    },
    to: { type: 'string', format: 'resource' },
    must: {
      type: 'array',
      items: { type: 'string', format: 'cel' },
      description: '`live`, or a condition on `target` and `self`.',
    },
    written: {
      type: 'array',
      items: { type: 'string' },
      description: 'Spellings that are taken for the id, such as `/customers/{id}`.',
    },
    when: { type: 'string', format: 'cel', description: 'Where the field is such a reference.' },
  },
} as const;
export type Options = FromSchema<typeof options>;

/** The field that both records must have the same value in: `target.customer == self.customer`. */
export function agreement({ must = [] }: Options): string | undefined {
  return must.map((text) => /^target\.(\w+) == self\.\1$/.exec(text)?.[1]).find((field) => field);
}
