// A value that a model shows -> the expression that says the same of any server, whatever ids and texts it has.

import { isObject, type Json, type JsonObject, sameJson } from '../../model/json.ts';
import type { Member } from './cast.ts';

/** What one model's steps have found, and under `sent` what they sent. */
export type Known = Readonly<Record<string, Json>>;

/**
 * The value as an expression over the records of the sequence and what was sent; undefined where it holds
 * something that only this model knows. `sender` is the step that is known to have sent the field.
 */
export function wordFor(
  value: Json,
  known: Known,
  cast: readonly Member[],
  prefix: string,
  sent?: { readonly step: string; readonly field: string },
): string | undefined {
  if (sent !== undefined && isMade(value, prefix)) {
    const source = ((known['sent'] ?? {}) as JsonObject)[sent.step];
    const was = isObject(source) ? source[sent.field] : undefined;
    if (was !== undefined && sameJson(was, value)) return `sent.${sent.step}.${sent.field}`;
  }
  const owner = cast.find(({ name, resource }) => idOf(known, name, resource.key) === value);
  if (owner !== undefined && typeof value === 'string')
    return `${owner.name}.${owner.resource.key}`;
  if (isMade(value, prefix) || isLong(value)) return undefined;
  return JSON.stringify(value);
}

/** The id of a record that a model made. */
export function idOf(known: Known, name: string, key: string): Json | undefined {
  const record = known[name];
  return isObject(record) ? record[key] : undefined;
}

/** Whether a text in it was made up for this run. */
function isMade(value: Json, prefix: string): boolean {
  return JSON.stringify(value).includes(prefix);
}

/** A text that may be an id of a record that is not of the sequence. */
function isLong(value: Json): boolean {
  if (isObject(value)) return Object.values(value).some(isLong);
  if (Array.isArray(value)) return value.some(isLong);
  return typeof value === 'string' && /[0-9A-Za-z-]{20}/.test(value);
}
