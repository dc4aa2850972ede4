// A bare OpenAPI document -> a contract: which records it keeps and what each operation does to them, guessed from
// paths, methods, schemas and names. Each guess has its reason; there is no rule that the document does not state.

import { fieldNames, fieldSchema, OWNER, PLACE, requiredFields } from '../contract/contract.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { completed } from '../schema/complete.ts';
import type { Schema } from '../schema/validate.ts';
import { recordContent } from '../spec/contents.ts';
import type { Operation, Spec } from '../spec/spec.ts';
import { type Bindings, bindingsOf } from './bindings.ts';
import { bodyExamples } from './document.ts';
import { errorsOf } from './errors.ts';
import { idOf, keyOf, referredBy, startOf } from './fields.ts';
import { type Bound, type Found, type Guess, isPlain } from './guess.ts';
import { apiName } from './names.ts';
import { resourcesOf } from './resources.ts';
import { rowsOf } from './rows.ts';

export interface Inferred {
  /** A contract as data: what a contract file holds. */
  readonly contract: JsonObject;
  /** What was guessed and why, in the order of the contract. */
  readonly guesses: readonly Guess[];
  /** Operations that no binding covers. */
  readonly unbound: readonly Operation[];
  /** Operation id -> its parameters that have no effect. */
  readonly idle: ReadonlyMap<string, readonly string[]>;
  /** Fields that seem to name a record of another resource. */
  readonly references: readonly Reference[];
  /** By resource: the records that the document gives as examples. */
  readonly rows: ReadonlyMap<string, readonly JsonObject[]>;
}

export interface Reference {
  readonly from: string;
  readonly to: string;
}

/** The contract that the document suggests; `specFile` is how the contract names it. */
export function infer(spec: Spec, specFile: string): Inferred {
  const resources = resourcesOf(spec);
  const bindings = bindingsOf(spec, resources);
  const used = new Map([...resources].filter(([name]) => isUsed(name, bindings)));
  const rows = owned(rowsOf(spec, used, bindings), used);
  const described = new Map(
    [...used.values()].map((found) => [found.name, describe(spec, found, bindings, used)]),
  );
  const bound = [...bindings.bound.values()];
  return {
    contract: {
      contract: 1,
      api: apiName(spec.title),
      spec: specFile,
      callers: { tenant: 'credential' },
      errors: errorsOf(spec),
      resources: Object.fromEntries([...described].map(([name, { text }]) => [name, text])),
      operations: Object.fromEntries(
        bound.map(({ operation, verb, resource, more }) => [
          operation.id,
          { [verb]: resource, ...more },
        ]),
      ),
      rules: Object.fromEntries(bindings.rules.map(({ id, rule }) => [id, rule])),
    },
    guesses: guessesOf(described, bound),
    unbound: spec.operations.filter((operation) => !bindings.bound.has(operation)),
    idle: bindings.idle,
    references: [...described.values()].flatMap(({ references }) => references),
    rows,
  };
}

function isUsed(name: string, { bound }: Bindings): boolean {
  return [...bound.values()].some(({ resource }) => resource === name);
}

interface Described {
  readonly found: Found;
  readonly text: JsonObject;
  readonly why: string;
  readonly references: readonly Reference[];
}

function describe(
  spec: Spec,
  found: Found,
  bindings: Bindings,
  resources: ReadonlyMap<string, Found>,
): Described {
  const { name, record, key, owner, place } = found;
  const create = [...bindings.bound.values()].find(
    (one) => one.resource === name && one.verb === 'create',
  );
  const body = bodyOf(create);
  const [id, made] = idOf(record.schema, key, body);
  const { start, touch } = startOf(record.schema, key, body);
  const others = [...resources.keys()].filter((other) => other !== name);
  const references = fieldNames(record.schema).flatMap((field): Reference[] => {
    const to = field === key ? undefined : referredBy(field, others);
    return to === undefined ? [] : [{ from: `${name}.${field}`, to }];
  });
  const sample =
    create === undefined ? {} : sampleOf(spec, create.operation, body, references, found);
  const text = {
    schema: record.name,
    ...(key === 'id' ? {} : { key }),
    id,
    ...(Object.keys(start).length === 0 ? {} : { start }),
    ...(Object.keys(touch).length === 0 ? {} : { touch }),
    ...(owner === undefined ? {} : { in: owner }),
    complete: true,
    ...(Object.keys(sample).length === 0 ? {} : { sample }),
  };
  const keyWhy = keyOf(record.schema, place.parameter, place.noun).why;
  const below = owner === undefined ? '' : `; its path is below one ${owner}`;
  return { found, text, why: `${found.why}; ${keyWhy}, ${made}${below}`, references };
}

function bodyOf(create: Bound | undefined): Schema | undefined {
  const sent = recordContent(create?.operation.body?.contents);
  const within = create?.more['within'];
  return typeof within === 'string' ? fieldSchema(sent ?? true, within) : sent;
}

/** The smallest body that can be sent, which names other records where its fields do. */
function sampleOf(
  spec: Spec,
  operation: Operation,
  body: Schema | undefined,
  references: readonly Reference[],
  { name }: Found,
): JsonObject {
  if (body === undefined) return {};
  const required = requiredFields(body);
  const [example] = bodyExamples(spec, operation).filter(isObject);
  const isGiven = required.every((field) => example !== undefined && field in example);
  const fitted = isGiven ? undefined : completed(spec.schemas, body, {});
  const given: Record<string, Json> = {};
  for (const field of required) {
    const to = references.find(({ from }) => from === `${name}.${field}`)?.to;
    const value =
      to === undefined
        ? (example?.[field] ?? (isObject(fitted) ? fitted[field] : undefined))
        : `=${to}.id`;
    if (value !== undefined && (to !== undefined || isPlain(value))) given[field] = value;
  }
  return given;
}

/** The rows with what they are parts of: the first example of that. */
function owned(
  rows: ReadonlyMap<string, readonly JsonObject[]>,
  resources: ReadonlyMap<string, Found>,
): Map<string, JsonObject[]> {
  const keyed = (name: string) => {
    const [first] = rows.get(name) ?? [];
    const key = resources.get(name)?.key ?? 'id';
    return first === undefined ? undefined : String(first[key]);
  };
  const isWhole = (name: string | undefined): boolean =>
    name === undefined || (rows.has(name) && isWhole(resources.get(name)?.owner));
  return new Map(
    [...rows].flatMap(([name, own]): [string, JsonObject[]][] => {
      const owner = resources.get(name)?.owner;
      if (owner === undefined) return [[name, [...own]]];
      const id = keyed(owner);
      if (id === undefined || !isWhole(owner)) return [];
      return [[name, own.map((row, i) => ({ ...row, [OWNER]: id, [PLACE]: i + 1 }))]];
    }),
  );
}

function guessesOf(described: ReadonlyMap<string, Described>, bound: readonly Bound[]): Guess[] {
  return [...described.values()].flatMap(({ found, text, why }) => [
    { subject: found.name, is: `a resource, id ${String(text['key'] ?? 'id')}`, why },
    ...bound
      .filter(({ resource }) => resource === found.name)
      .map(({ operation, verb, resource, why: because }) => ({
        subject: operation.id,
        is: `${verb} ${resource}`,
        why: because,
      })),
  ]);
}
