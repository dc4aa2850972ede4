// Which fields of a body can be looked for in the answer: those that the answer's schema has too, and that
// the server is not free to write in its own way.

import {
  type Binding,
  type Contract,
  fieldNames,
  fieldSchema,
  type Rule,
} from '../../contract/contract.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { basisOf } from '../../spec/spec.ts';
import { optionalFields, otherValue, uniqueFields } from '../steps.ts';
import type { Options } from './options.ts';

/** Optional documented fields with values to send; references and defaults have rules of their own. */
export function extras(binding: Binding, contract: Contract): JsonObject {
  const { resource } = binding;
  const spoken = new Set(
    contract.rules.flatMap(({ kind, options }) =>
      kind === 'reference' ? [options['from']] : kind === 'default' ? [options['at']] : [],
    ),
  );
  const free = optionalFields(binding, resource).filter(
    ([field, schema]) =>
      !spoken.has(`${resource.name}.${field}`) &&
      schema['enum'] === undefined &&
      schema['format'] === undefined,
  );
  const keys = uniqueFields(contract, resource.name);
  return Object.fromEntries(
    free.map(([field, schema]) => {
      const [known] = (schema['examples'] ?? []) as Json[];
      return [field, known === undefined || keys.includes(field) ? otherValue(schema) : known];
    }),
  );
}

/** The fields among the given that are shown again; `sure` ones are documented, and so must be there. */
export function comparable(
  { options }: Rule<Options>,
  binding: Binding,
  names: readonly string[],
): { name: string; sure: boolean }[] {
  const { resource } = binding;
  return names.flatMap((name) => {
    const schema = fieldSchema(resource.schema, name);
    const skipped = options.except?.includes(`${resource.name}.${name}`);
    if (schema === undefined || skipped || schema['format'] === 'date-time') return [];
    return [{ name, sure: basisOf(schema) === 'documented' }];
  });
}

export function bodyFields(binding: Binding): string[] {
  return fieldNames(binding.body);
}
