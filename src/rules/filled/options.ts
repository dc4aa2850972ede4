import type { FromSchema } from 'json-schema-to-ts';
import { splitPath } from '../../contract/contract.ts';
import type { JsonObject } from '../../model/json.ts';

export const options = {
  type: 'object',
  additionalProperties: false,
  required: ['at', 'is'],
  properties: {
    at: {
      type: 'string',
      format: 'path',
      description: 'The field that is computed when shown, or the record whose fields are.',
    },
    is: {
      anyOf: [{ type: 'string' }, { type: 'object' }],
      description:
        'A template: `=referrers(...)`, `=ref.field` (the record it names), or any expression; for a record, one for each field.',
    },
    from: {
      type: 'string',
      description:
        'The field that names the record whose data is shown; expressions call it `its`.',
    },
    always: {
      type: 'boolean',
      description:
        'Whether what the record has is shown even where the schema lets it be absent; no unless given.',
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
  return /^=referrers\('([^']+)'\)/.exec(String(is))?.[1];
}

/** The reference whose sources are shown whole: `shown('price.entity_id')` -> `price.entity_id`. */
export function sourcesOf({ is }: Options): string | undefined {
  return /\bshown\('([^']+)'\)/.exec(String(is))?.[1];
}

/** The field whose record is shown in its place: `=ref.billingGroup` -> `billingGroup`. */
export function shownRecordOf({ is }: Options): string | undefined {
  return /^=ref\.(\w+)$/.exec(String(is))?.[1];
}

/** Whether a server has to show the field: what its schema lets be absent it may leave out. */
export function mustShow({ always, from }: Options, schema: JsonObject | undefined): boolean {
  const types = [schema?.['type'] ?? 'null'].flat();
  return from === undefined || always === true || !types.includes('null');
}

/** Field -> its template; where the rule speaks of one field, that field. */
export function fieldsOf({ at, is }: Options): { path: string; fields: Record<string, string> } {
  const [, path] = splitPath(at);
  if (typeof is !== 'string') return { path, fields: is as Record<string, string> };
  const dot = path.lastIndexOf('.');
  return { path: path.slice(0, Math.max(0, dot)), fields: { [path.slice(dot + 1)]: is } };
}
