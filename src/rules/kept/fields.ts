// Which fields of a body can be looked for in the answer: those that the answer's schema has too, and that
// the server is not free to write in its own way.

import {
  type Binding,
  type Contract,
  fieldNames,
  fieldSchema,
  type Rule,
} from '../../contract/contract.ts';
import { isObject, type Json, type JsonObject } from '../../model/json.ts';
import { basisOf } from '../../spec/spec.ts';
import { fittingValue, optionalFields, otherValue } from '../bodies.ts';
import { uniqueFields } from '../relations.ts';
import type { Options } from './options.ts';

/** Optional documented fields with values to send; references and defaults have rules of their own. */
export function extras(binding: Binding, contract: Contract): JsonObject {
  const { resource } = binding;
  const spoken = new Set(
    contract.rules.flatMap(({ kind, options }) =>
      kind === 'reference' ? [options['from']] : kind === 'default' ? [options['at']] : [],
    ),
  );
  // A field that asks for others beside it is those rules' business.
  const conditions = contract.rules.flatMap(({ kind, options }) =>
    kind === 'require' && options['of'] === resource.name ? [String(options['when'])] : [],
  );
  const free = optionalFields(binding, resource).filter(
    ([field, schema]) =>
      !spoken.has(`${resource.name}.${field}`) &&
      !conditions.some((when) => new RegExp(`\\bself\\.${field}\\b`).test(when)) &&
      schema['enum'] === undefined &&
      fittingValue(field, schema) !== undefined,
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
    if (resource.parts.has(name)) return [];
    const schema = fieldSchema(resource.schema, name);
    const skipped = options.except?.includes(`${resource.name}.${name}`);
    if (schema === undefined || skipped || schema['format'] === 'date-time') return [];
    return [{ name, sure: basisOf(schema) === 'documented' }];
  });
}

/**
 * What must be read where a value was sent: the value, or, of an object with fields of its own, each that was
 * sent, for a server may show more of them.
 */
export function pathsOf(binding: Binding, name: string): string[] {
  const value = binding.resource.sample[name];
  const isMap = fieldSchema(binding.resource.schema, name)?.['additionalProperties'] !== undefined;
  if (!isObject(value) || isMap) return [name];
  return Object.keys(value).map((field) => `${name}.${field}`);
}

export function bodyFields(binding: Binding): readonly string[] {
  return fieldNames(binding.body);
}
