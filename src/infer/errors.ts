// The refusals of an API: the status that the document gives for each sort, and a body in the shape that it gives.

import { fieldNames, fieldSchema, requiredFields } from '../contract/contract.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import type { Schema } from '../schema/validate.ts';
import { bodyKind } from '../spec/contents.ts';
import type { Answer, Operation, Spec } from '../spec/spec.ts';
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
  const counts = counted(spec.operations);
  const stated = counted([...bound.keys()]);
  const refusals = refusalsOf(spec);
  return Object.fromEntries(
    sorts.map(([name, statuses]) => {
      const found = mostStated(counts, statuses);
      const status = found ?? statuses.at(name === 'invalid' ? 1 : 0) ?? 400;
      const shape = shapeOf(refusals, status);
      const isStated = stated.has(String(status));
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

/** Status -> how many of the operations state it. */
function counted(operations: readonly Operation[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { answers } of operations) {
    for (const { status } of answers) {
      counts.set(status, (counts.get(status) ?? 0) + 1);
    }
  }
  return counts;
}

/** The status that most operations state; undefined when none states any. */
function mostStated(
  counts: ReadonlyMap<string, number>,
  statuses: readonly number[],
): number | undefined {
  const times = (status: number) => counts.get(String(status)) ?? 0;
  const [first] = [...statuses].sort((a, b) => times(b) - times(a));
  return first !== undefined && times(first) > 0 ? first : undefined;
}

/** The answers that refuse, in the order of the document; where nothing else is accepted, the default is what is. */
function refusalsOf({ operations }: Spec): Answer[] {
  return operations.flatMap(({ answers }) => {
    const accepts = answers.some(({ status }) => status.startsWith('2'));
    return answers.filter(
      ({ status }) => status.startsWith('4') || (accepts && status.toLowerCase() === 'default'),
    );
  });
}

/** What the likeliest of the refusals has as its body. */
function shapeOf(refusals: readonly Answer[], status: number): JsonObject | undefined {
  const tries = [`^${status}$`, '^4xx$', '^default$', '^4'].map((one) => new RegExp(one, 'i'));
  for (const known of tries) {
    for (const answer of refusals) {
      const shape = known.test(answer.status) ? bodyIn(answer) : undefined;
      if (shape !== undefined) return shape;
    }
  }
  return undefined;
}

function bodyIn({ contents }: Answer): JsonObject | undefined {
  for (const [type, schema] of contents) {
    if (bodyKind(type) !== 'json') continue;
    const body = templateOf(schema, 0);
    const media = type.split(';')[0] ?? type;
    const other = media.endsWith('+json') ? { type: media } : {};
    if (isObject(body) && Object.keys(body).length > 0) return { body, ...other };
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
