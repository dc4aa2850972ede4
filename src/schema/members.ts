// The members of a union, apart from it.

import { isObject, type Json, type JsonObject } from '../model/json.ts';
import type { Schema } from './validate.ts';

/** A member of a union, and the same with what is said beside the union. */
export interface Member {
  readonly own: Schema;
  readonly joint: Schema;
}

/** The members, each with what is said beside it. */
export function membersOf(whole: JsonObject, members: readonly Schema[]): readonly Member[] {
  const { oneOf: _, anyOf: __, ...rest } = whole;
  const isBare = Object.keys(rest).length === 0;
  return members.map((own) => ({ own, joint: isBare ? own : { allOf: [rest, own as Json] } }));
}

/** Whether the schema is that of null alone. */
export function isNull(schema: Schema): boolean {
  return isObject(schema) && schema['type'] === 'null';
}
