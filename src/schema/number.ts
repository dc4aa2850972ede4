// A number near to the given one that fits a schema's bounds and steps.

import type { Json, JsonObject } from '../model/json.ts';

/** The value if it is a number that fits, else one that does. */
export function numberLike(schema: JsonObject, type: string, value: Json | undefined): number {
  const sent = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  const bound = (word: string) =>
    typeof schema[word] === 'number' ? (schema[word] as number) : undefined;
  const step = bound('multipleOf') ?? (type === 'integer' ? 1 : 0);
  const least = bound('minimum') ?? bound('exclusiveMinimum');
  const most = bound('maximum') ?? bound('exclusiveMaximum');
  let number =
    typeof sent === 'number' && Number.isFinite(sent) ? sent : (least ?? Math.min(1, most ?? 1));
  if (least !== undefined) number = Math.max(number, least);
  if (most !== undefined) number = Math.min(number, most);
  if (step > 0) number = Math.ceil(number / step) * step;
  const small =
    step > 0 ? step : least !== undefined && most !== undefined ? (most - least) / 2 : 1;
  if (number === bound('exclusiveMinimum')) number += small;
  if (number === bound('exclusiveMaximum') || (most !== undefined && number > most))
    number -= small;
  return number;
}
