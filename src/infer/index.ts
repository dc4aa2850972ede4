// A bare OpenAPI document -> a contract: which records it keeps and what each operation does to them, guessed from
// paths, methods, schemas and names. Each guess has its reason; a rule is documented where the document states it, and
// assumed where only a name says it.

import type { JsonObject } from '../model/json.ts';
import { withLazy } from '../model/lazy.ts';
import type { Operation, Spec } from '../spec/spec.ts';
import { bindingsOf } from './bindings.ts';
import { boundTo } from './bound.ts';
import { Descriptions, type Reference } from './described.ts';
import { errorsOf } from './errors.ts';
import type { Guess } from './guess.ts';
import { apiName } from './names.ts';
import { recordRules } from './record-rules.ts';
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

/** The contract that the document suggests; `specFile` is how the contract names it. */
export function infer(spec: Spec, specFile: string): Inferred {
  const resources = resourcesOf(spec);
  const bindings = bindingsOf(spec, resources);
  const used = new Map([...resources].filter(([name]) => boundTo(name, bindings).length > 0));
  const descriptions = new Descriptions(spec, used, bindings);
  const rules = [...recordRules(used, bindings), ...bindings.rules];
  const conflicts = rules.some(({ rule }) => rule['refuse'] === 'conflict');
  const contract = {
    contract: 1,
    api: apiName(spec.title),
    spec: specFile,
    callers: { tenant: 'credential' },
    errors: errorsOf(spec, bindings.bound, conflicts),
    resources: Object.fromEntries(
      [...used].map(([name, found]) => [name, descriptions.text(found)]),
    ),
    operations: Object.fromEntries(
      [...bindings.bound.values()].map(({ operation, verb, resource, more }) => [
        operation.id,
        { [verb]: resource, ...more },
      ]),
    ),
    rules: Object.fromEntries(rules.map(({ id, rule }) => [id, rule])),
  };
  return withLazy(
    { contract, idle: bindings.idle, rows: rowsOf(spec, used, bindings) },
    {
      guesses: () => descriptions.guesses(),
      unbound: () => spec.operations.filter((operation) => !bindings.bound.has(operation)),
      references: () => descriptions.references(),
    },
  );
}
