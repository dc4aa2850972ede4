import type { FromSchema } from 'json-schema-to-ts';

export const options = {
  type: 'object',
  additionalProperties: false,
  required: ['at', 'is'],
  properties: {
    at: { type: 'string', format: 'path', description: 'The field that is computed when shown.' },
    is: {
      type: 'string',
      description: 'A template: `=referrers(...)`, or an expression on `self`.',
    },
  },
} as const;
export type Options = FromSchema<typeof options>;

/** The reference whose sources are listed: `=referrers('price.group_id')` -> `price.group_id`. */
export function referrersOf({ is }: Options): string | undefined {
  return /^=referrers\('([^']+)'\)$/.exec(is)?.[1];
}
