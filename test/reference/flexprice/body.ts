// Reads single fields of a request body; a value of the wrong type is refused with 400.

import type { Call, Fields, Json } from './model.ts';
import { invalid, wrongType } from './model.ts';

// null counts as not sent, for every field.
export function given(body: Fields, key: string): Json | undefined {
  const value = Object.hasOwn(body, key) ? body[key] : undefined;
  return value === null ? undefined : value;
}

export function textAt(body: Fields, key: string): string | undefined {
  const value = given(body, key);
  if (value === undefined || typeof value === 'string') return value;
  throw wrongType(key, 'a string');
}

export function integerAt(body: Fields, key: string): number | undefined {
  const value = given(body, key);
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw wrongType(key, 'an integer');
}

export function flagAt(body: Fields, key: string): boolean {
  const value = given(body, key) ?? false;
  if (typeof value === 'boolean') return value;
  throw wrongType(key, 'a boolean');
}

export const isFields = (value: Json | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function fieldsAt(body: Fields, key: string): Fields | undefined {
  const value = given(body, key);
  if (value === undefined || isFields(value)) return value;
  throw wrongType(key, 'an object');
}

export function listAt(body: Fields, key: string): Json[] | undefined {
  const value = given(body, key);
  if (value === undefined || Array.isArray(value)) return value;
  throw wrongType(key, 'a list');
}

export function textsAt(body: Fields, key: string): string[] | undefined {
  return listAt(body, key)?.map((value) => {
    if (typeof value === 'string') return value;
    throw wrongType(key, 'a list of strings');
  });
}

export function metadataAt(body: Fields, key: string, numbers: boolean): Fields | undefined {
  const map = fieldsAt(body, key);
  if (map === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(map).map(([name, value]) => {
      if (typeof value === 'string') return [name, value];
      if (numbers && typeof value === 'number') return [name, String(value)];
      throw wrongType(key, 'an object of strings');
    }),
  );
}

const DECIMAL = /^([+-]?)(\d+\.?\d*|\.\d+)(?:[eE]([+-]?\d{1,3}))?$/;

// The same number without leading and trailing zeros, or undefined when it is none.
export function plainDecimal(value: Json): string | undefined {
  const parts = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const match = DECIMAL.exec(parts);
  if (match === null) return undefined;
  const [whole = '', fraction = ''] = (match[2] ?? '').split('.');
  const scale = fraction.length - Number(match[3] ?? 0);
  const digits = (whole + fraction).padStart(scale + 1, '0') + '0'.repeat(Math.max(0, -scale));
  const cut = digits.length - Math.max(0, scale);
  const head = digits.slice(0, cut).replace(/^0+(?=\d)/, '');
  const tail = digits.slice(cut).replace(/0+$/, '');
  const size = tail === '' ? head : `${head}.${tail}`;
  return match[1] === '-' && size !== '0' ? `-${size}` : size;
}

export function decimalAt(body: Fields, key: string): string | undefined {
  const value = given(body, key);
  if (value === undefined) return undefined;
  const plain = plainDecimal(value);
  if (plain === undefined) throw wrongType(key, 'a decimal number');
  return plain;
}

const MOMENT =
  /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

// An RFC 3339 time in microseconds since 1970.
export function momentAt(body: Fields, key: string): number | undefined {
  const value = textAt(body, key);
  if (value === undefined) return undefined;
  const match = MOMENT.exec(value);
  const millis = Date.parse(value.replace(/\.\d+/, ''));
  const day = Date.parse(`${value.slice(0, 10)}T00:00:00Z`);
  if (match === null || Number.isNaN(millis) || Number.isNaN(day)) {
    throw wrongType(key, 'an RFC 3339 time');
  }
  if (new Date(day).toISOString().slice(0, 10) !== value.slice(0, 10)) {
    throw wrongType(key, 'a day that exists');
  }
  return millis * 1000 + Number((match[2] ?? '.0').slice(1, 7).padEnd(6, '0'));
}

// Required text: neither missing nor empty.
export function neededText(body: Fields, key: string): string {
  const value = textAt(body, key);
  if (value === undefined || value === '') throw invalid(key, 'is required');
  return value;
}

export function choiceAt(body: Fields, key: string, allowed: string[], any = false): string {
  const value = neededText(body, key);
  if (!any && !allowed.includes(value)) {
    throw invalid(key, 'is not one of the allowed values', { value, allowed });
  }
  return value;
}

const TEXT_LIMIT = 255;

export function checkLength(call: Call, key: string, value: string): void {
  if (call.odd('long-text-accepted')) return;
  if ([...value].length > TEXT_LIMIT) throw invalid(key, 'is longer than 255 characters');
}
