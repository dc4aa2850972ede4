// Checks a JSON object against the fields a schema names.

import type { Call, Fields, Json } from './model.ts';
import { dashed, invalidBody, isFields } from './model.ts';

export type Kind = 'string' | 'boolean' | 'int32' | 'int64' | 'array' | 'object';

export interface Rule {
  kind: Kind;
  required?: boolean;
  nullable?: boolean;
  among?: readonly string[];
}

export interface Rules {
  [field: string]: Rule;
}

export const need = (kind: Kind, among?: readonly string[]): Rule =>
  among ? { kind, required: true, among } : { kind, required: true };
export const maybe = (kind: Kind, among?: readonly string[]): Rule =>
  among ? { kind, nullable: true, among } : { kind, nullable: true };

const isWhole = (value: Json, most: number): boolean =>
  typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= most;

function fits(call: Call, value: Json, kind: Kind): boolean {
  const { on } = call;
  if (kind === 'array') return Array.isArray(value);
  if (kind === 'object') return isFields(value);
  if (kind === 'boolean' && on('boolean-text-accepted') && /^(true|false)$/.test(String(value))) {
    return true;
  }
  if (kind === 'string' || kind === 'boolean') return typeof value === kind;
  if (typeof value === 'string') return on('integer-text-accepted') && /^-?\d+$/.test(value);
  if (typeof value === 'number' && !Number.isInteger(value)) {
    return on('integer-fraction-accepted');
  }
  const most = kind === 'int32' && !on('int32-overflow-accepted') ? 2 ** 31 - 1 : 2 ** 53 - 1;
  return isWhole(value, most);
}

function problem(call: Call, context: string, field: string, rule: Rule, value?: Json) {
  const { on } = call;
  const name = `${context}-${dashed(field)}`;
  if (value === undefined) {
    return rule.required && !on(`${name}-optional`) ? `${field} is missing` : undefined;
  }
  if (value === null) {
    if (on(`${name}-null-refused`)) return `${field} must not be null`;
    return rule.nullable || on(`${name}-null-accepted`) ? undefined : `${field} must not be null`;
  }
  if (!fits(call, value, rule.kind)) {
    return on(`${name}-untyped`) ? undefined : `${field} must be of type ${rule.kind}`;
  }
  const known = !rule.among || rule.among.includes(String(value)) || on(`${name}-unchecked`);
  return known ? undefined : `${field} has a value that is not known`;
}

export function checked(
  call: Call,
  context: string,
  value: Json | undefined,
  rules: Rules,
): Fields {
  if (!isFields(value)) throw invalidBody('an object was expected');
  for (const [field, rule] of Object.entries(rules)) {
    const found = problem(call, context, field, rule, value[field]);
    if (found !== undefined) throw invalidBody(found);
  }
  const strange = Object.keys(value).find((key) => !Object.hasOwn(rules, key));
  if (strange !== undefined && call.on('unknown-fields-refused')) {
    throw invalidBody(`${strange} is not known`);
  }
  return value;
}

// A list that has to hold only strings.
export function texts(value: Json | undefined, field: string): string[] {
  if (!Array.isArray(value)) return [];
  return value.map((each) => {
    if (typeof each !== 'string') throw invalidBody(`${field} must hold strings`);
    return each;
  });
}

export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && [...a].sort().join('\n') === [...b].sort().join('\n');
}
