// What a run may claim of an API: the rules, operations and fields that stand under its bases.

import {
  type Binding,
  type Contract,
  fieldSchema,
  type Resource,
  type Rule,
  splitPath,
} from '../../contract/contract.ts';
import { asList, isObject, type JsonObject } from '../../model/json.ts';
import { type fieldsOf, referrersOf, shownRecordOf } from '../../rules/filled/options.ts';
import { type Basis, basisOf } from '../../spec/spec.ts';
import { knownBy } from '../plan.ts';
import type { Move } from './cast.ts';

export interface Counted {
  readonly bases: readonly Basis[];
  /** With every rule: what the API is most likely to do. */
  readonly whole: Contract;
  /** With the rules alone that count: what it must do. */
  readonly strict: Contract;
}

/** The two readings of the contract between which a server has its freedom. */
export function countedBy(contract: Contract, bases: readonly Basis[]): Counted {
  const whole = knownBy(contract, bases);
  const rules = whole.rules.filter(({ basis }) => bases.includes(basis));
  return { bases, whole, strict: { ...whole, rules } };
}

/** Whether a rule of the kind that counts speaks of the resource in this way. */
export function says(
  { strict }: Counted,
  kind: string,
  of: string,
  test: (options: JsonObject, rule: Rule) => boolean = () => true,
): boolean {
  return strict.rules.some(
    (rule) =>
      rule.kind === kind &&
      asList(rule.options['of'] as string | string[]).includes(of) &&
      test(rule.options, rule),
  );
}

/** The fields of the resource whose values follow from what was done, whoever shows them. */
export function ruledFields({ strict }: Counted, resource: string): Set<string> {
  const paths = strict.rules.flatMap(({ kind, options }): string[] => {
    if (kind === 'start' && options['of'] === resource) {
      return Object.keys(options['shows'] as JsonObject).map((field) => `${resource}.${field}`);
    }
    if (kind === 'default') return [String(options['at'])];
    if (kind === 'on-delete') return [...asList(options['clear'] as string | string[] | undefined)];
    return kind === 'filled' ? filledPaths(options as never) : [];
  });
  return new Set(
    paths.flatMap((path) => {
      const [owner, field] = splitPath(path);
      return owner === resource && !/[.[]/.test(field) ? [field] : [];
    }),
  );
}

/** Only what tells who names whom: what is computed otherwise may depend on the time. */
function filledPaths(options: Parameters<typeof fieldsOf>[0]): string[] {
  const isPlain = referrersOf(options) !== undefined || shownRecordOf(options) !== undefined;
  return isPlain && options.by === undefined ? [options.at] : [];
}

/** The fields of a deleted record that the rules that count speak of: its marks, and who still names it. */
export function afterDelete(counted: Counted, resource: string): Set<string> {
  const isCleared = says(counted, 'on-delete', resource, ({ clear }) => clear !== undefined);
  return new Set(
    counted.strict.rules.flatMap(({ kind, options }): string[] => {
      if (kind === 'on-delete' && options['of'] === resource) {
        return Object.keys((options['shows'] ?? {}) as JsonObject);
      }
      if (kind !== 'filled' || !isCleared) return [];
      return filledPaths(options as never).flatMap((path) => {
        const [owner, field] = splitPath(path);
        return owner === resource ? [field] : [];
      });
    }),
  );
}

/** Whether what is sent in the field must be read again. */
export function isKept(counted: Counted, resource: string, field: string): boolean {
  return says(
    counted,
    'kept',
    resource,
    ({ except = [] }) => !(except as readonly string[]).includes(`${resource}.${field}`),
  );
}

/** Whether answers of this form show the record's field, and in a form that is one for all servers. */
export function isComparable(
  { bases }: Counted,
  resource: Resource,
  shown: JsonObject,
  field: string,
): boolean {
  const schema = fieldSchema(resource.schema, field);
  const isTime = /^(date|time)/.test(String(schema?.['format'] ?? ''));
  return (
    schema !== undefined &&
    bases.includes(basisOf(schema)) &&
    fieldSchema(shown, field) !== undefined &&
    !resource.parts.has(field) &&
    !isTime
  );
}

/** The rules, whatever their basis, whose unique value the step takes from another record. */
export function repeatedFields({ whole }: Counted, move: Move, { resource }: Binding): Rule[] {
  return whole.rules.filter(({ kind, options }) => {
    if (kind !== 'unique' || options['of'] !== resource.name) return false;
    const value = isObject(move.with) ? move.with[String(options['by'])] : undefined;
    return typeof value === 'string' && value.startsWith('=') && !value.includes('fresh()');
  });
}
