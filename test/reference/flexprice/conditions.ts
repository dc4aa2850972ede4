// The `filters` list of a search: reads the conditions and tells whether a row meets them all.

import { isFields, listAt, neededText } from './body.ts';
import type { Call, Fields, Json } from './model.ts';
import { invalid, wrongType } from './model.ts';

// What a row offers to conditions and sorting: times as microseconds, the rest as text.
export type Facts = { [field: string]: string | number };
export type Condition = (facts: Facts) => boolean;

const TYPES = ['string', 'number', 'boolean', 'date', 'array'];

function operand(condition: Fields): Json {
  const value = condition.value;
  if (!isFields(value)) throw invalid('value', 'is required');
  for (const type of TYPES) {
    const found = Object.hasOwn(value, type) ? value[type] : null;
    if (found !== undefined && found !== null) return found;
  }
  throw invalid('value', 'holds none of the known types');
}

const microsOf = (value: Json): number => Date.parse(String(value)) * 1000;

function member(found: string | number, value: Json): boolean {
  if (!Array.isArray(value)) throw wrongType('value.array', 'a list');
  return value.some((each) => String(each) === String(found));
}

const holds = (found: string | number, value: Json): boolean =>
  String(found).toLowerCase().includes(String(value).toLowerCase());

const OPERATORS: { [name: string]: (found: string | number, value: Json) => boolean } = {
  eq: (found, value) => String(found) === String(value),
  contains: holds,
  not_contains: (found, value) => !holds(found, value),
  in: member,
  not_in: (found, value) => !member(found, value),
  gt: (found, value) => Number(found) > Number(value),
  gte: (found, value) => Number(found) >= Number(value),
  lt: (found, value) => Number(found) < Number(value),
  before: (found, value) => Number(found) < microsOf(value),
  after: (found, value) => Number(found) > microsOf(value),
};

function readOne(given: Json, fields: string[]): Condition {
  if (!isFields(given)) throw wrongType('filters', 'a list of objects');
  const field = neededText(given, 'field');
  const name = neededText(given, 'operator');
  if (!fields.includes(field)) throw invalid('field', 'is not known', { value: field });
  const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  if (operator === undefined) throw invalid('operator', 'is not known', { value: name });
  const value = operand(given);
  if (name === 'in' || name === 'not_in') member('', value);
  return (facts) => operator(facts[field] ?? '', value);
}

export function readConditions(call: Call, fields: string[]): Condition[] {
  return (listAt(call.body, 'filters') ?? []).map((given) => readOne(given, fields));
}
