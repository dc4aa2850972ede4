// A schema as it is compared: `$ref` and `allOf` worked into one, null taken out of types and unions.

import { isObject, type Json, type JsonObject, sameJson } from '../model/json.ts';
import { childOf, childrenOf, fieldsOf, type Node } from './node.ts';

export interface View {
  readonly pointer: string;
  /** Without null; undefined where any is right. */
  readonly types: ReadonlySet<string> | undefined;
  readonly isNullable: boolean;
  readonly enum: readonly Json[] | undefined;
  readonly format: string | undefined;
  readonly pattern: string | undefined;
  readonly default: Json | undefined;
  readonly limits: ReadonlyMap<string, number>;
  readonly properties: ReadonlyMap<string, Node>;
  readonly required: ReadonlySet<string>;
  readonly items: Node | undefined;
  /** False where unknown fields are refused; undefined where nothing is said. */
  readonly additional: Node | false | undefined;
  /** The shapes of a union. */
  readonly members: readonly Node[];
  readonly readOnly: boolean;
  readonly writeOnly: boolean;
  /** Keywords that are only compared as a whole. */
  readonly others: readonly JsonObject[];
}

const LIMITS = [
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
];
/** Limits that say nothing when they are 0. */
const FROM_ZERO = ['minLength', 'minItems', 'minProperties'];
const OTHERS = [
  'not',
  'if',
  'then',
  'else',
  'contains',
  'minContains',
  'maxContains',
  'prefixItems',
  'patternProperties',
  'propertyNames',
  'dependentRequired',
  'dependentSchemas',
  'unevaluatedProperties',
  'unevaluatedItems',
];

/** The schema at the place; one that takes anything where nothing stands. Members of `allOf` that circle count once. */
export function viewOf(node: Node): View {
  const { value } = node;
  if (!isObject(value)) return view(node, []);
  const cached = known.get(value);
  if (cached?.pointer === node.pointer) return cached;
  const made = view(node, []);
  known.set(value, made);
  return made;
}

/** Operations share their schemas. */
const known = new WeakMap<object, View>();

function view(node: Node, open: readonly string[]): View {
  const own = ownView(node);
  if (open.includes(node.pointer)) return own;
  const within = [...open, node.pointer];
  const parts = childrenOf(childOf(node, 'allOf')).values();
  const members = [
    ...childrenOf(childOf(node, 'anyOf')).values(),
    ...childrenOf(childOf(node, 'oneOf')).values(),
  ];
  const shapes = members.filter((member) => !isNull(member));
  const hasNull = shapes.length < members.length;
  let whole = [...parts].reduce((known, part) => both(known, view(part, within)), own);
  if (shapes.length === 1 && shapes[0] !== undefined) {
    const { isNullable, ...only } = view(shapes[0], within);
    whole = both(whole, { ...only, isNullable: isNullable || hasNull });
  } else if (shapes.length > 1) {
    whole = {
      ...whole,
      isNullable: whole.isNullable && hasNull,
      members: [...whole.members, ...shapes],
    };
  }
  return whole;
}

function isNull(node: Node): boolean {
  const { type, enum: values, const: value } = fieldsOf(node);
  return type === 'null' || value === null || sameJson(values, [null]);
}

function ownView(node: Node): View {
  const schema = fieldsOf(node);
  const stated = [schema['type'] ?? []].flat() as string[];
  const types = stated.length > 0 ? stated : impliedTypes(schema);
  const values = Object.hasOwn(schema, 'const') ? [schema['const'] as Json] : schema['enum'];
  const listed = Array.isArray(values) ? (values as Json[]) : undefined;
  const additional = schema['additionalProperties'];
  const refused = additional === false || schema['unevaluatedProperties'] === false;
  return {
    pointer: node.pointer,
    types: types.length === 0 ? undefined : new Set(types.filter((type) => type !== 'null')),
    isNullable:
      (stated.length === 0 || stated.includes('null')) &&
      (listed === undefined || listed.includes(null)),
    enum: listed?.filter((value) => value !== null),
    format: textOf(schema['format']),
    pattern: textOf(schema['pattern']),
    default: schema['default'],
    limits: limitsOf(schema),
    properties: childrenOf(childOf(node, 'properties')),
    required: new Set(Array.isArray(schema['required']) ? (schema['required'] as string[]) : []),
    items: schema['items'] === undefined ? undefined : childOf(node, 'items'),
    additional: refused
      ? false
      : isObject(additional)
        ? childOf(node, 'additionalProperties')
        : undefined,
    members: [],
    readOnly: schema['readOnly'] === true,
    writeOnly: schema['writeOnly'] === true,
    others: othersOf(schema),
  };
}

/** Documents often leave the type out where properties or items say it. */
function impliedTypes(schema: JsonObject): string[] {
  if (schema['properties'] !== undefined) return ['object', 'null'];
  return schema['items'] === undefined ? [] : ['array', 'null'];
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function limitsOf(schema: JsonObject): Map<string, number> {
  const limits = new Map<string, number>();
  for (const word of LIMITS) {
    const value = schema[word];
    if (typeof value !== 'number' || (value === 0 && FROM_ZERO.includes(word))) continue;
    limits.set(word, value);
  }
  if (schema['uniqueItems'] === true) limits.set('uniqueItems', 1);
  return limits;
}

function othersOf(schema: JsonObject): JsonObject[] {
  const kept = Object.entries(schema).filter(([word]) => OTHERS.includes(word));
  return kept.length === 0 ? [] : [Object.fromEntries(kept)];
}

/** What fits both schemas. */
function both(a: View, b: View): View {
  return {
    pointer: a.pointer,
    types:
      a.types === undefined || b.types === undefined
        ? (a.types ?? b.types)
        : common(a.types, b.types),
    isNullable: a.isNullable && b.isNullable,
    enum:
      a.enum === undefined || b.enum === undefined
        ? (a.enum ?? b.enum)
        : a.enum.filter((value) => b.enum?.some((other) => sameJson(value, other))),
    format: a.format ?? b.format,
    pattern: a.pattern ?? b.pattern,
    default: a.default ?? b.default,
    limits: tightest(a.limits, b.limits),
    properties: new Map([...b.properties, ...a.properties]),
    required: new Set([...a.required, ...b.required]),
    items: a.items ?? b.items,
    additional: a.additional ?? b.additional,
    members: [...a.members, ...b.members],
    readOnly: a.readOnly || b.readOnly,
    writeOnly: a.writeOnly || b.writeOnly,
    others: [...a.others, ...b.others],
  };
}

function common(a: ReadonlySet<string>, b: ReadonlySet<string>): Set<string> {
  const types = [...a].filter((type) => b.has(type) || (type === 'integer' && b.has('number')));
  if (a.has('number') && b.has('integer')) types.push('integer');
  return new Set(types);
}

function tightest(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>) {
  const limits = new Map(a);
  for (const [word, value] of b) {
    const known = limits.get(word) ?? value;
    limits.set(
      word,
      /^(max|exclusiveMax)/.test(word) ? Math.min(known, value) : Math.max(known, value),
    );
  }
  return limits;
}
