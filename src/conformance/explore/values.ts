// What a random step may send: which fields name other records, which must be unique, which can be changed.

import {
  type Binding,
  type Contract,
  fieldNames,
  fieldSchema,
  type Resource,
  splitPath,
} from '../../contract/contract.ts';
import type { Json } from '../../model/json.ts';
import { fittingValue } from '../../rules/bodies.ts';
import { fieldsOf } from '../../rules/input/options.ts';
import { referredBy } from '../../rules/relations.ts';
import { basisOf } from '../../spec/spec.ts';

export interface Reference {
  readonly field: string;
  readonly to: Resource;
  /** Whether the smallest body has it. */
  readonly isNeeded: boolean;
}

/** The fields of a new record's body that name records of other resources. */
export function referencesOf(contract: Contract, { resource, body }: Binding): Reference[] {
  return contract.rules.flatMap(({ kind, options }): Reference[] => {
    if (kind !== 'reference') return [];
    const [owner, field] = splitPath(String(options['from']));
    const isNeeded = field in resource.sample;
    const isField = fieldNames(body).includes(field) && owner === resource.name;
    if (!isField || (!isNeeded && options['when'] !== undefined)) return [];
    return [{ field, to: contract.resource(String(options['to'])), isNeeded }];
  });
}

/** The fields by which no two records may be alike, as far as the contract's rules say so. */
export function uniquesOf(contract: Contract, { resource }: Binding): string[] {
  return contract.rules.flatMap(({ kind, options }) => {
    const field = String(options['by']);
    const isText =
      !/[.[]/.test(field) && referredBy(contract, `${resource.name}.${field}`) === undefined;
    return kind === 'unique' && options['of'] === resource.name && isText ? [field] : [];
  });
}

export interface Change {
  readonly field: string;
  /** Values that it can be set to; none for a reference that nothing can clear. */
  readonly values: readonly Json[];
  readonly to?: Resource;
}

/** The documented fields that an update can change, and to what. */
export function changesOf(contract: Contract, binding: Binding): Change[] {
  const { resource, body } = binding;
  return fieldNames(body).flatMap((field): Change[] => {
    const nothing = nothingFor(contract, binding, field);
    const to = referredBy(contract, `${resource.name}.${field}`);
    if (to !== undefined) return [{ field, values: nothing, to: contract.resource(to) }];
    const schema = fieldSchema(body ?? true, field);
    if (schema === undefined || basisOf(schema) !== 'documented') return [];
    const known = (schema['enum'] as Json[] | undefined)?.filter((value) => value !== null);
    const value = fittingValue(field, schema);
    if (value === undefined) return [];
    const plain = typeof value === 'boolean' ? [true, false] : [value, value];
    return [{ field, values: [...(known ?? plain), ...nothing] }];
  });
}

/** The kinds of nothing of which a rule says what they do. */
function nothingFor(contract: Contract, { operation }: Binding, field: string): Json[] {
  const [rule] = contract.rules.filter(
    ({ kind, options }) =>
      kind === 'input' &&
      splitPath(String(options['at']))[0] === operation.id &&
      fieldsOf(options as never).includes(field),
  );
  if (rule === undefined) return [];
  return [
    ...(rule.options['as-null'] === undefined ? [] : [null]),
    ...(rule.options['as-empty'] === undefined ? [] : ['']),
  ];
}
