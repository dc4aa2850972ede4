// The door to CEL: text -> a compiled expression over plain JSON. JSON numbers are doubles in CEL, so
// mixed arithmetic is registered; `matches()` is refused, because it runs a backtracking RegExp on
// whatever a caller sends (use a `value` rule's `pattern`).

import { Environment } from '@marcbachmann/cel-js';
import { nextBillingDate } from '../../contracts/fynn.actions.ts';
import { isObject, type Json, type JsonObject, sameJson, valuesAt } from '../model/json.ts';

/** The names an expression sees: self, old, input, caller, now, target, its, ref, value, captures... */
export type Scope = Readonly<Record<string, unknown>>;

/** What the functions that leave the record, or make something new, are answered by. */
export interface Tools {
  ulid?(prefix: string): string;
  uuid?(): string;
  nanoid?(prefix: string): string;
  fresh?(): string;
  /** A number that no record of the resource has as its id. */
  next?(): number;
  /** Ids of the records that name this one at the path (`price.group_id`). */
  referrers?(path: string): string[];
  /** Those records themselves, as they are shown, oldest first. */
  shown?(path: string): JsonObject[];
  /** The id of the resource's record that holds, as a part, the one that names this one at the path. */
  holder?(path: string, resource: string): string | null;
  /** How many records of the resource are parts of this one. */
  count?(resource: string): number;
}

export interface Expression {
  readonly text: string;
  /** The value, as JSON. Throws when the expression doesn't fit what it is given. */
  value(scope: Scope, tools?: Tools): Json;
  /** Whether it holds; an expression that can't be evaluated does not. */
  holds(scope: Scope, tools?: Tools): boolean;
}

let current: Tools = {};

const environment = new Environment({
  unlistedVariablesAreDyn: true,
  homogeneousAggregateLiterals: false,
  limits: { maxAstNodes: 2000, maxDepth: 60 },
});
for (const [symbol, apply] of Object.entries({
  '+': (a: number, b: number) => a + b,
  '-': (a: number, b: number) => a - b,
  '*': (a: number, b: number) => a * b,
  '/': (a: number, b: number) => a / b,
})) {
  const mixed = (a: number | bigint, b: number | bigint) => apply(Number(a), Number(b));
  environment.registerOperator(`double ${symbol} int`, mixed);
  environment.registerOperator(`int ${symbol} double`, mixed);
}
environment
  .registerFunction('ulid(string): string', (prefix: string) => tool('ulid')(prefix))
  .registerFunction('uuid(): string', () => tool('uuid')())
  .registerFunction('nanoid(string): string', (prefix: string) => tool('nanoid')(prefix))
  .registerFunction('fresh(): string', () => tool('fresh')())
  .registerFunction('next(): double', () => tool('next')())
  .registerFunction('referrers(string): list', (path: string) => tool('referrers')(path))
  .registerFunction('shown(string): list', (path: string) => tool('shown')(path))
  .registerFunction('holder(string, string): dyn', (path: string, resource: string) =>
    tool('holder')(path, resource),
  )
  .registerFunction('count(string): double', (resource: string) => tool('count')(resource))
  // The first value at a path like `price.meters[].name`; null where there is none.
  .registerFunction('first(dyn, string): dyn', (value: unknown, path: string) => {
    const [found = null] = valuesAt(toJson(value), path);
    return found;
  })
  // Null, "" and absent are one thing to a reader of an answer.
  .registerFunction('same(dyn, dyn): bool', (a: unknown, b: unknown) =>
    sameJson(toJson(a) === '' ? null : toJson(a), toJson(b) === '' ? null : toJson(b)),
  )
  .registerFunction('nextBillingDate(dyn, dyn, dyn): string', nextBillingDate)
  // A number as decimal text without an exponent; text as it is.
  .registerFunction('decimal(dyn): string', (value: unknown) =>
    typeof value === 'string' ? value : decimalText(Number(value)),
  )
  // A time as milliseconds since 1970, whatever its offset and however many digits it has.
  .registerFunction('instant(dyn): double', (time: unknown) => {
    const at = typeof time === 'string' ? Date.parse(time) : Number.NaN;
    if (Number.isNaN(at)) throw new Error(`${JSON.stringify(time)} is no RFC 3339 time`);
    return at;
  });

/** The shortest text that reads as the number, written out: 1e-7 is `0.0000001`. */
function decimalText(value: number): string {
  const [, sign = '', digits = '', fraction = '', exponent] =
    /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(String(value)) ?? [];
  if (exponent === undefined) return String(value);
  const shift = Number(exponent);
  if (shift < 0) return `${sign}0.${'0'.repeat(-shift - 1)}${digits}${fraction}`;
  return `${sign}${digits}${fraction.padEnd(shift, '0')}`;
}

function tool<Name extends keyof Tools>(name: Name): NonNullable<Tools[Name]> {
  const found = current[name];
  if (found === undefined) throw new Error(`${name}() can't be used here`);
  return found;
}

/** Compiling takes longer than running, and a run of checks asks for the same few hundred over and over. */
const compiled = new Map<string, Expression>();
const MOST_COMPILED = 10_000;

/** The compiled expression. Throws an Error with CEL's own words when the text is no expression. */
export function compileExpression(text: string): Expression {
  const known = compiled.get(text) ?? compile(text);
  if (compiled.size >= MOST_COMPILED) compiled.clear();
  compiled.set(text, known);
  return known;
}

function compile(text: string): Expression {
  if (/\bmatches\s*\(/.test(text)) {
    throw new Error('matches() is not allowed: say it as a "value" rule with a "pattern"');
  }
  const program = environment.parse(text);
  const { valid, error } = program.check();
  if (!valid) throw error ?? new Error('the types do not fit');
  const run = (scope: Scope, tools: Tools): unknown => {
    const outer = current;
    current = tools;
    try {
      return program(scope as Record<string, unknown>);
    } finally {
      current = outer;
    }
  };
  return {
    text,
    value: (scope, tools = {}) => toJson(run(scope, tools)),
    holds(scope, tools = {}) {
      try {
        return run(scope, tools) === true;
      } catch {
        return false;
      }
    },
  };
}

/** A node of an expression: what it does, and to what. */
export interface Tree {
  readonly op: string;
  readonly args: unknown;
}

/** The expression as a tree, to see what it reads. Throws when the text is no expression. */
export function expressionTree(text: string): Tree {
  return environment.parse(text).ast;
}

function toJson(value: unknown): Json {
  if (typeof value === 'bigint') return Number(value);
  if (value === undefined) return null;
  if (Array.isArray(value)) return value.map(toJson);
  if (value instanceof Map) return toJson(Object.fromEntries(value));
  if (!isObject(value)) return value as Json;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, toJson(v)])) as JsonObject;
}
