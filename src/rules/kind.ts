// What a rule kind is: one sort of business rule with four faces. The mock runs `enforce`, the tests run
// `probe`, `sabotage` measures the tests, `explain` words it. A kind is one folder; `index.ts` lists all.

import type { Binding, Contract, Resource, Rule } from '../contract/contract.ts';
import type { Tools } from '../contract/expression.ts';
import type { Fault } from '../model/fault.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { Probe, Step } from '../model/steps.ts';
import type { Schema } from '../schema/validate.ts';
import type { Change, Row } from '../state/state.ts';
import type { View } from '../state/view.ts';

/** Who is asking. */
export interface Caller {
  readonly tenant: string;
  readonly environment: string;
}

/** The ways in which a record can be reached. */
export const ACCESSES = ['read', 'list', 'write', 'reference', 'unique', 'expand'] as const;
export type Access = (typeof ACCESSES)[number];

/** One request on its way through `handle`, as hooks see it. */
export interface Context {
  readonly contract: Contract;
  readonly binding: Binding;
  readonly view: View;
  readonly caller: Caller;
  /** RFC 3339, UTC. */
  readonly now: string;
  /** The body, or {} when there is none. */
  readonly input: JsonObject;
  /** Query parameters as their schemas read them. */
  readonly query: Readonly<Record<string, Json>>;
  readonly tools: Tools;
  /** The record, if there is one that the caller may reach in this way. */
  reach(access: Access, resource: Resource, id: string): Row | undefined;
  /** The record as its schema shows it. */
  show(resource: Resource, row: Row): JsonObject;
  /** The record as its own read shows it, whatever the request asks for. */
  showAsRead(resource: Resource, row: Row): JsonObject;
  /** Proposes a further change of a record, as a consequence. */
  change(resource: Resource, row: Row, fields: JsonObject): void;
  /** Proposes a new record with these fields, as part of what an action does. */
  make(resource: Resource, fields: JsonObject): Row;
  /** Proposes that a record goes, and its parts with it. */
  remove(resource: Resource, row: Row): void;
}

/** A record about to be proposed. `take` hooks write to `draft`. */
export interface Proposal {
  readonly resource: Resource;
  readonly verb: 'create' | 'update' | 'delete';
  /** What the caller sent; undefined when the change is a consequence of another. */
  readonly input: JsonObject | undefined;
  readonly before: Row | undefined;
  readonly draft: Record<string, Json>;
}

/** Why a rule refuses: the field and, if the rule's own sentence isn't enough, what is wrong with it. */
export type Refusal = Pick<Fault, 'field'> & { readonly says?: string };

/** What a list shows of its rows, and the envelope around them. */
export interface Page {
  readonly rows: readonly Row[];
  readonly wrap: (items: Json[]) => Json;
}

/** What a rule does to requests; all optional. A sabotage is other hooks: `handle` has no test-only branch. */
export interface Hooks {
  /** The resources and operations it concerns, so that others never call it; absent = all. */
  readonly resources?: readonly string[];
  readonly operations?: readonly string[];
  /** The body's schema, made stricter; once, at load. */
  narrow?(binding: Binding, schema: Schema): Schema;
  /** Whether this access goes beyond the caller's own scope. */
  reaches?(access: Access): boolean;
  /** Whether the row may be reached in this way. */
  see?(context: Context, access: Access, row: Row): boolean;
  /** Judges the request itself, before anything is proposed: what its path names, say. */
  admit?(context: Context): Refusal[];
  /** Shapes the draft before it is proposed. */
  take?(context: Context, proposal: Proposal): void;
  /** Judges a change in the state as it would be. */
  check?(context: Context, change: Change): Refusal[];
  /** Proposes what follows from a change. */
  follow?(context: Context, change: Change): void;
  /** Which rows a list holds; undefined when the request doesn't ask for this filter. */
  filter?(context: Context): ((row: Row) => boolean) | undefined;
  /** The only rows that the filter can let through, oldest first; undefined when there is no fast way to them. */
  among?(context: Context): Row[] | undefined;
  sort?(context: Context, rows: Row[]): Row[];
  page?(context: Context, rows: readonly Row[]): Page;
  /** Adds to, or changes, what is shown of a record. */
  show?(context: Context, resource: Resource, row: Row, answer: Record<string, Json>): void;
}

/** A broken variant of a rule: each must be found by some probe. */
export interface Sabotage {
  /** `create-only`, `counts-dead`, ... */
  readonly name: string;
  readonly hooks: Hooks;
}

/** Conversations in the toy API of `test/rules/toy.ts`: one that the rule allows, one that it does not. */
export interface KindExample {
  /** The rule's options, as in a contract. */
  readonly rule: JsonObject;
  readonly pass: readonly Step[];
  /** Its last step must fail because of the rule, and only because of it. */
  readonly fail: readonly Step[];
}

export interface Kind<Options = JsonObject> {
  readonly name: string;
  /** One sentence, for the contract reference. */
  readonly summary: string;
  /** Their JSON Schema. */
  readonly options: object;
  readonly examples: readonly [KindExample, ...KindExample[]];
  /** The mock's half. */
  enforce(rule: Rule<Options>, contract: Contract): Hooks;
  /** The test's half; empty when nothing of the rule can be seen from outside. */
  probe(rule: Rule<Options>, contract: Contract): Probe[];
  /** Broken variants that this API can show. */
  sabotage(rule: Rule<Options>, contract: Contract): Sabotage[];
  /** The options in words. */
  explain(options: Options): string;
}

/** The kind; its options' type is inferred from their schema, beside it in `options.ts`. */
export function defineKind<Options>(kind: Kind<Options>): Kind {
  return kind as unknown as Kind;
}

/** The kind of this name among the given; throws for an unknown one (the contract was checked: our bug). */
export function kindNamed(kinds: readonly Kind[], name: string): Kind {
  const found = kinds.find((kind) => kind.name === name);
  if (found === undefined) throw new Error(`no rule kind "${name}"`);
  return found;
}
