// What a string of a contract may name, by its `format`: what is wrong with one that names nothing.

import type { JsonObject } from '../model/json.ts';
import { didYouMean } from '../model/suggest.ts';
import type { Schema } from '../schema/validate.ts';
import { recordContent } from '../spec/contents.ts';
import type { Spec } from '../spec/spec.ts';
import { fieldNames, fieldSchema, joined, splitPath } from './contract.ts';
import { compileExpression } from './expression.ts';

export interface Names {
  readonly spec: Spec;
  readonly resources: Readonly<Record<string, string>>;
  readonly errors: readonly string[];
  /** Resource -> the bodies that write one (what they hold may be kept without being shown), and what else is shown of it. */
  readonly beside: ReadonlyMap<string, readonly Schema[]>;
}

/** By format: what is wrong with a string; undefined when what it names is there. */
export const CHECKS: Record<
  string,
  (value: string, names: Names, beside: JsonObject | undefined) => string | undefined
> = {
  resource: (value, { resources }) =>
    value in resources ? undefined : unknown('resource', value, Object.keys(resources)),
  error: (value, { errors }) =>
    errors.includes(value) ? undefined : unknown('error', value, errors),
  schema: (value, { spec }) =>
    spec.schema(value) ? undefined : unknown('schema', value, spec.schemaNames()),
  operation: unknownOperation,
  field(value, names, beside) {
    const owners = [beside?.['of'] ?? []].flat() as string[];
    const field = joined(typeof beside?.['at'] === 'string' ? beside['at'] : '', value);
    return owners.map((of) => unknownField(of, field, names)).find((message) => message);
  },
  path(value, names) {
    const [resource, field] = splitPath(value);
    const operation = names.spec.operations.find(({ id }) => id === resource);
    if (operation !== undefined) {
      const known = operation.parameters.map(({ name }) => name);
      return known.includes(field) ? undefined : unknown('parameter', field, known);
    }
    return CHECKS['resource']?.(resource, names, undefined) ?? unknownField(resource, field, names);
  },
  place: unknownPlace,
  cel(value) {
    try {
      compileExpression(value);
      return undefined;
    } catch (error) {
      return `"${value}" is no CEL expression: ${firstLine(error)}`;
    }
  },
};

export function unknownOperation(id: string, { spec }: Names): string | undefined {
  const ids = spec.operations.map((operation) => operation.id);
  return ids.includes(id) ? undefined : unknown('operation', id, ids);
}

function unknownField(resource: string, field: string, { spec, resources, beside }: Names) {
  const name = resources[resource];
  const known = beside.get(resource) ?? [];
  if (field !== '' && known.some((one) => fieldSchema(one, field) !== undefined)) return undefined;
  const schema = name === undefined ? undefined : spec.schema(name);
  if (schema === undefined || field === '') return undefined;
  return missingField(schema, field, String(name));
}

function missingField(schema: JsonObject, field: string, owner: string): string | undefined {
  if (fieldSchema(schema, field) !== undefined) return undefined;
  return `field "${field}" is not in ${owner}${didYouMean(field, fieldNames(schema))}`;
}

function unknownPlace(value: string, names: Names): string | undefined {
  const { spec, resources } = names;
  const [owner, field] = splitPath(value);
  if (owner.startsWith('#')) {
    const schema = spec.schema(owner.slice(1));
    if (schema === undefined) return unknown('schema', owner.slice(1), spec.schemaNames());
    return field === '' ? undefined : missingField(schema, field, owner);
  }
  if (owner in resources) return unknownField(owner, field, names);
  const operation = spec.operations.find(({ id }) => id === owner);
  if (operation === undefined) {
    const known = [...spec.operations.map(({ id }) => id), ...Object.keys(resources)];
    return unknown('operation or resource', owner, known);
  }
  const body = recordContent(operation.body?.contents);
  if (field === '' || typeof body !== 'object') return undefined;
  return missingField(body, field, `the body of ${owner}`);
}

export function unknown(what: string, word: string, known: readonly string[]): string {
  return `unknown ${what} "${word}"${didYouMean(word, known, true)}`;
}

export function firstLine(error: unknown): string {
  return (error as Error).message.split('\n')[0] ?? '';
}
