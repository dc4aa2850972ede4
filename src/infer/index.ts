// A bare OpenAPI document -> a contract: which records it keeps and what each operation does to them, guessed from
// paths, methods, schemas and names. Each guess has its reason; a rule is documented where the document states it, and
// assumed where only a name says it.

import { fieldNames, OWNER, PLACE } from '../contract/contract.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { ByName, lazyField, withLazy } from '../model/lazy.ts';
import type { Operation, Spec } from '../spec/spec.ts';
import { type Bindings, bindingsOf } from './bindings.ts';
import { boundTo } from './bound.ts';
import { errorsOf } from './errors.ts';
import { idOf, keyOf, namedBy, startOf } from './fields.ts';
import type { Found, Guess } from './guess.ts';
import { apiName } from './names.ts';
import { createOf, recordRules, sentTo } from './record-rules.ts';
import { resourcesOf } from './resources.ts';
import { rowsOf } from './rows.ts';
import { sampleOf } from './samples.ts';
import { nameKey } from './words.ts';

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
  const used = new Map([...resources].filter(([name]) => boundTo(name, bindings).length > 0));
  const rows = owned(rowsOf(spec, used, bindings), used);
  const described = new ByName((name) => describe(used.get(name) as Found, bindings, used));
  const bound = [...bindings.bound.values()];
  const rules = Object.fromEntries(
    [...recordRules(used, bindings), ...bindings.rules].map(({ id, rule }) => [id, rule]),
  );
  const conflicts = Object.values(rules).some((rule) => rule['refuse'] === 'conflict');
  const contract = {
    contract: 1,
    api: apiName(spec.title),
    spec: specFile,
    callers: { tenant: 'credential' },
    errors: errorsOf(spec, bindings.bound, conflicts),
    resources: Object.fromEntries(
      [...used].map(([name, found]) => [name, textOf(spec, found, bindings, used, described)]),
    ),
    operations: Object.fromEntries(
      bound.map(({ operation, verb, resource, more }) => [
        operation.id,
        { [verb]: resource, ...more },
      ]),
    ),
    rules,
  };
  return withLazy(
    { contract, idle: bindings.idle, rows },
    {
      guesses: () => [...used.values()].flatMap((found) => guessesOf(found, described, bindings)),
      unbound: () => spec.operations.filter((operation) => !bindings.bound.has(operation)),
      references: () => [...used.keys()].flatMap((name) => described.get(name).references),
    },
  );
}

/** What is said of a resource in detail: needed when a record of it is made, or when it is told what was guessed. */
interface Described {
  readonly id: string;
  readonly start: JsonObject | undefined;
  readonly touch: JsonObject | undefined;
  readonly why: string;
  readonly references: readonly Reference[];
}

function describe(
  found: Found,
  bindings: Bindings,
  resources: ReadonlyMap<string, Found>,
): Described {
  const { name, record, key, owner, place } = found;
  const body = sentTo(createOf(name, bindings));
  const [id, how] = idOf(record.schema, key, body);
  const { start, touch } = startOf(record.schema, key, body);
  const references = fieldNames(record.schema).flatMap((field): Reference[] => {
    const what = field === key ? undefined : namedBy(field);
    const to = what === undefined ? undefined : named(what, resources, name);
    return to === undefined ? [] : [{ from: `${name}.${field}`, to }];
  });
  const keyWhy = found.single
    ? 'there is one'
    : keyOf(record.schema, place.parameter, place.noun).why;
  const below = owner === undefined ? '' : `; its path is below one ${owner}`;
  const why = `${found.why}; ${keyWhy}, ${how}${below}`;
  return { id, start: unlessEmpty(start), touch: unlessEmpty(touch), why, references };
}

/** The resource as the contract states it. */
function textOf(
  spec: Spec,
  found: Found,
  bindings: Bindings,
  resources: ReadonlyMap<string, Found>,
  described: ByName<Described>,
): JsonObject {
  const { name, record, key, owner, single } = found;
  const more = () => described.get(name);
  const text: Record<string, Json> = { schema: record.name };
  if (key !== 'id') text['key'] = key;
  lazyField(text, 'id', () => more().id);
  lazyField(text, 'start', () => more().start);
  lazyField(text, 'touch', () => more().touch);
  if (owner !== undefined) text['in'] = owner;
  if (single) text['single'] = true;
  text['complete'] = true;
  const create = createOf(name, bindings);
  if (create === undefined) return text;
  // Only the tests send it, and to make one takes a validator.
  lazyField(text, 'sample', () => {
    const { references } = more();
    const made = madeIn(bindings, resources);
    return unlessEmpty(sampleOf(spec, create, sentTo(create), references, found, made));
  });
  return text;
}

/** Another resource of that name. */
function named(
  what: string,
  resources: ReadonlyMap<string, Found>,
  not: string,
): string | undefined {
  return [...resources.keys()].find((name) => name !== not && nameKey(name) === what);
}

function unlessEmpty(sample: JsonObject): JsonObject | undefined {
  return Object.keys(sample).length === 0 ? undefined : sample;
}

/** The resources that a create makes, with the fields of their ids. */
function madeIn({ bound }: Bindings, resources: ReadonlyMap<string, Found>): Map<string, string> {
  const creates = [...bound.values()].filter(({ verb }) => verb === 'create');
  return new Map(creates.map(({ resource }) => [resource, resources.get(resource)?.key ?? 'id']));
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

function guessesOf(
  { name, single, key }: Found,
  described: ByName<Described>,
  bindings: Bindings,
): Guess[] {
  const { why } = described.get(name);
  return [
    { subject: name, is: single ? 'the only one' : `a resource, id ${key}`, why },
    ...boundTo(name, bindings).map(({ operation, verb, resource, why: because }) => ({
      subject: operation.id,
      is: `${verb} ${resource}`,
      why: because,
    })),
  ];
}
