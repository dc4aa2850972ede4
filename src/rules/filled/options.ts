import type { FromSchema } from 'json-schema-to-ts';

export const options = {
  type: 'object',
  additionalProperties: false,
  required: ['at', 'is'],
  properties: {
    at: { type: 'string', format: 'path', description: 'The field that is computed when shown.' },
    is: {
      type: 'string',
      description:
        'A template: `=referrers(...)`, `=ref.field` (the record it names), or any expression.',
    },
    by: {
      type: 'array',
      items: { type: 'string', format: 'operation' },
      description: 'The operations that show it; all when absent.',
    },
  },
} as const;
export type Options = FromSchema<typeof options>;

/** The reference whose sources are listed: `=referrers('price.group_id')` -> `price.group_id`. */
export function referrersOf({ is }: Options): string | undefined {
  return /^=referrers\('([^']+)'\)/.exec(is)?.[1];
}

/** The field whose record is shown in its place: `=ref.billingGroup` -> `billingGroup`. */
export function shownRecordOf({ is }: Options): string | undefined {
  return /^=ref\.(\w+)$/.exec(is)?.[1];
}
