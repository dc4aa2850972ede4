// The refusals of an API: the status that the document gives for each sort, and a body in the shape that it gives.

import { fieldNames, fieldSchema, requiredFields } from '../contract/contract.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import type { Schema } from '../schema/validate.ts';
import { bodyKind } from '../spec/contents.ts';
import type { Operation, Spec } from '../spec/spec.ts';
import { typesOf } from '../spec/styles.ts';
import { constant } from './fields.ts';
import { isPlain } from './guess.ts';
import { wordsOf } from './words.ts';

/** By name: the statuses that it may have, the likeliest first. */
const SORTS: readonly [name: string, statuses: readonly number[]][] = [
  ['malformed', [400, 422]],
  ['invalid', [422, 400]],
  ['unauthenticated', [401, 403]],
  ['not-found', [404, 410]],
];

/** The `errors` of the contract, documented where a bound operation states them; a conflict where a rule asks for it. */
export function errorsOf(
  spec: Spec,
  bound: ReadonlyMap<Operation, unknown>,
  conflicts: boolean,
): JsonObject {
  const sorts: typeof SORTS = conflicts ? [...SORTS, ['conflict', [409]]] : SORTS;
  return Object.fromEntries(
    sorts.map(([name, statuses]) => {
      const found = mostStated(spec, statuses);
      const status = found ?? statuses.at(name === 'invalid' ? 1 : 0) ?? 400;
      const shape = shapeOf(spec, status);
      const isStated = [...bound.keys()].some((one) => states(one, status));
      return [
        name,
        {
          status,
          basis: isStated ? 'documented' : 'assumed',
          ...(shape === undefined ? {} : shape),
        },
      ];
    }),
  );
}

function states({ answers }: Operation, status: number): boolean {
  return answers.some((answer) => answer.status === String(status));
}

/** The status that most operations state; undefined when none states any. */
function mostStated({ operations }: Spec, statuses: readonly number[]): number | undefined {
  const counts = statuses.map((status) => ({
    status,
    count: operations.filter((one) => states(one, status)).length,
  }));
  const [first] = counts.sort((a, b) => b.count - a.count);
  return first !== undefined && first.count > 0 ? first.status : undefined;
}

function shapeOf(spec: Spec, status: number): JsonObject | undefined {
  const tries = [`^${status}$`, '^4xx$', '^default$', '^4'].map((one) => new RegExp(one, 'i'));
  for (const known of tries) {
    for (const { answers } of spec.operations) {
      const answer = answers.find((one) => known.test(one.status));
      // Where nothing else is accepted, the default is what is.
      if (answer?.status === 'default' && !answers.some((one) => one.status.startsWith('2')))
        continue;
      for (const [type, schema] of answer?.contents ?? []) {
        if (bodyKind(type) !== 'json') continue;
        const body = templateOf(schema, 0);
        const media = type.split(';')[0] ?? type;
        const other = media.endsWith('+json') ? { type: media } : {};
        if (isObject(body) && Object.keys(body).length > 0) return { body, ...other };
      }
    }
  }
  return undefined;
}

const TEXTS = [
  'message',
  'msg',
  'detail',
  'description',
  'error-description',
  'reason',
  'error-message',
  'title',
  'text',
];

function templateOf(schema: Schema, level: number): Json | undefined {
  if (!isObject(schema) || level > 3) return undefined;
  const entries = fieldNames(schema).flatMap((field): [string, Json][] => {
    const own = fieldSchema(schema, field);
    const value =
      own === undefined
        ? undefined
        : fieldTemplate(field, own, requiredFields(schema).includes(field), level);
    return value === undefined ? [] : [[field, value]];
  });
  return Object.fromEntries(entries);
}

function fieldTemplate(
  field: string,
  schema: JsonObject,
  isRequired: boolean,
  level: number,
): Json | undefined {
  const fixed = constant(schema);
  if (fixed !== undefined) return isPlain(fixed) ? fixed : undefined;
  const name = wordsOf(field).join('-');
  const types = typesOf(schema);
  if (Array.isArray(schema['enum'])) {
    const [first = null] = schema['enum'] as Json[];
    return isRequired && isPlain(first) ? first : undefined;
  }
  if (types.includes('string')) {
    if (TEXTS.includes(name)) return '=says';
    if (name === 'status' || name === 'status-code' || name === 'code')
      return isRequired ? '=string(status)' : undefined;
    if (name === 'error') return '=says';
    return isRequired ? 'unknown' : undefined;
  }
  if (types.includes('integer') || types.includes('number')) {
    if (['status', 'status-code', 'code', 'error-code', 'http-status'].includes(name))
      return '=status';
    return isRequired ? 0 : undefined;
  }
  if (types.includes('boolean')) return isRequired || name === 'success' ? false : undefined;
  if (types.includes('array')) return isRequired ? listOf(schema, level) : undefined;
  const inner = templateOf(schema, level + 1);
  return isObject(inner) && (isRequired || Object.keys(inner).length > 0) ? inner : undefined;
}

function listOf(schema: JsonObject, level: number): Json {
  const items = schema['items'];
  const inner = isObject(items)
    ? typesOf(items).includes('string')
      ? '=says'
      : templateOf(items, level + 1)
    : undefined;
  return inner === undefined ? [] : [inner];
}
