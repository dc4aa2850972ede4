// `value` rules against the bodies that they speak of: what the schema makes impossible, and what it says anyway.

import type { Binding, Rule } from '../contract/contract.ts';
import { joined } from '../contract/contract.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import type { Options } from '../rules/value/options.ts';
import { type Place, placesIn } from '../rules/value/places.ts';
import type { Schema } from '../schema/validate.ts';
import { basisOf } from '../spec/spec.ts';
import type { Context } from './context.ts';
import { membersOf, schemasAt, typesIn } from './fields.ts';
import { atRule, type LintRule, type Spot } from './rule.ts';

/** A schema of a rule beside the one that the spec has at the same place. */
interface Pair {
  /** Inside the place; '' for the place itself. */
  readonly field: string;
  readonly stated: JsonObject;
  readonly spec: JsonObject;
}

export const contradictsSchema: LintRule = {
  id: 'contract/contradicts-schema',
  severity: 'error',
  says: 'What a rule asks of a body is possible under its schema; else no body is accepted any more.',
  mend: 'Mend the rule, or the spec where the documents are on the side of the rule.',
  find: (context) =>
    valueRules(context).flatMap((rule) => {
      const messages = pairsOf(context, rule).flatMap(({ pairs, binding }) =>
        pairs.flatMap((pair) => {
          const why = contradiction(context, pair);
          const where =
            pair.field === '' ? binding.operation.id : `${binding.operation.id}, ${pair.field}`;
          return why === undefined ? [] : [`${where}: ${why}`];
        }),
      );
      return [...new Set(messages)].map((message): Spot => atRule(rule.id, message, 'value', 'is'));
    }),
};

function valueRules({ contract }: Context): Rule<Options>[] {
  return contract.rules.filter(({ kind }) => kind === 'value') as unknown as Rule<Options>[];
}

/** By operation, everything that the rule says of it, beside what the spec says there. */
function pairsOf({ contract }: Context, { options }: Rule<Options>) {
  return contract.bindings.flatMap((binding) => {
    const places = placesIn(contract, binding, options);
    const pairs = places.flatMap((place) =>
      schemasOfPlace(contract.spec, binding, place).flatMap((spec) =>
        sideBySide(options.is as JsonObject, spec, ''),
      ),
    );
    return places.length === 0 ? [] : [{ binding, pairs }];
  });
}

function schemasOfPlace(
  spec: Context['spec'],
  binding: Binding,
  { named, path }: Place,
): JsonObject[] {
  const whole: Schema = named === undefined ? (binding.sent ?? true) : (spec.schema(named) ?? true);
  return schemasAt(whole, path);
}

function sideBySide(stated: JsonObject, spec: JsonObject, field: string): Pair[] {
  const inner = Object.entries((stated['properties'] ?? {}) as Record<string, JsonObject>);
  return [
    { field, stated, spec },
    ...inner.flatMap(([name, child]) =>
      schemasAt(spec, name).flatMap((one) => sideBySide(child, one, joined(field, name))),
    ),
  ];
}

/** Why nothing can be right for both; undefined where something can, as far as can be told. */
function contradiction({ spec: { schemas } }: Context, { stated, spec }: Pair): string | undefined {
  const fits = (schema: JsonObject) => (value: Json) =>
    schemas.validator(schema)(value).length === 0;
  const wanted = listed(stated);
  if (wanted !== undefined && !wanted.some(fits(spec)))
    return 'no value that it lists fits the schema';
  const { properties: _, required: __, ...plain } = stated;
  const known = listed(spec);
  if (known !== undefined && !known.some(fits(plain)))
    return 'it takes no value that the schema lists';
  const [here, there] = [typesIn(stated), typesIn(spec)];
  if (here !== undefined && there !== undefined && !here.some((type) => there.includes(type))) {
    return `it wants ${here.join(' or ')}, the schema ${there.join(' or ')}`;
  }
  return BOUNDS.map(([low, high, what]) => crossed(stated, spec, low, high, what)).find(
    (why) => why,
  );
}

function listed(schema: JsonObject): Json[] | undefined {
  if (schema['const'] !== undefined) return [schema['const']];
  return schema['enum'] as Json[] | undefined;
}

const BOUNDS = [
  ['minimum', 'maximum', 'is'],
  ['exclusiveMinimum', 'maximum', 'is'],
  ['minimum', 'exclusiveMaximum', 'is'],
  ['minLength', 'maxLength', 'has a length of'],
  ['minItems', 'maxItems', 'has a number of entries of'],
  ['minProperties', 'maxProperties', 'has a number of keys of'],
] as const;

function crossed(a: JsonObject, b: JsonObject, low: string, high: string, what: string) {
  const numbers = (key: string) =>
    [a, ...allOf(b)].flatMap((schema) => (typeof schema[key] === 'number' ? [schema[key]] : []));
  const [least, most] = [Math.max(...numbers(low)), Math.min(...numbers(high))];
  const isStrict = low.startsWith('exclusive') || high.startsWith('exclusive');
  if (isStrict ? least < most : least <= most) return undefined;
  return `nothing ${what} at least ${least} and at most ${most}`;
}

/** The schema and what must hold beside it; not the members of a union, of which one is enough. */
function allOf(schema: JsonObject): JsonObject[] {
  return [schema, ...((schema['allOf'] ?? []) as Json[]).filter(isObject).flatMap(allOf)];
}

export const repeatsSchema: LintRule = {
  id: 'contract/repeats-schema',
  severity: 'warning',
  says: 'A rule that is only assumed, or observed, adds something to a schema that is documented.',
  mend: 'Remove the rule, or give it the document (or the error) that makes it more than the schema.',
  find: (context) =>
    valueRules(context).flatMap((rule): Spot[] => {
      const isOwn = 'refuse' in (context.part('rules')[rule.id] ?? {});
      if (isOwn || rule.basis === 'documented' || rule.basis === 'protocol') return [];
      const found = pairsOf(context, rule);
      const all = found.flatMap(({ pairs }) => pairs);
      const isKnown = found.every(({ binding }) => binding.operation.basis === 'documented');
      if (all.length === 0 || !isKnown || !all.every(isRepeated)) return [];
      return [atRule(rule.id, `the schema says it too, and is documented`, 'value', 'is')];
    }),
};

/** Whether the spec, by a document, asks at least as much. */
function isRepeated({ stated, spec }: Pair): boolean {
  const parts = allOf(spec);
  return Object.entries(stated).every(([keyword, value]) => {
    if (keyword === 'properties') return true;
    if (keyword === 'required') return (value as string[]).every((name) => requires(spec, name));
    if (parts.every((part) => basisOf(part) !== 'documented')) return false;
    return parts.some((part) => STRICTER[keyword]?.(part[keyword], value) ?? false);
  });
}

function requires(spec: JsonObject, name: string): boolean {
  const isStated = allOf(spec).some((part) => ((part['required'] ?? []) as Json[]).includes(name));
  return isStated && schemasAt(spec, name).every((field) => basisOf(field) === 'documented');
}

type Stricter = (spec: Json | undefined, stated: Json) => boolean;
const atLeast: Stricter = (spec, stated) => typeof spec === 'number' && spec >= Number(stated);
const atMost: Stricter = (spec, stated) => typeof spec === 'number' && spec <= Number(stated);
const same: Stricter = (spec, stated) => JSON.stringify(spec) === JSON.stringify(stated);
const within: Stricter = (spec, stated) =>
  spec !== undefined &&
  [spec].flat().every((one) => ([stated].flat() as Json[]).includes(one as Json));

const STRICTER: Readonly<Record<string, Stricter>> = {
  minimum: atLeast,
  exclusiveMinimum: atLeast,
  minLength: atLeast,
  minItems: atLeast,
  maximum: atMost,
  exclusiveMaximum: atMost,
  maxLength: atMost,
  maxItems: atMost,
  const: same,
  pattern: same,
  format: same,
  enum: within,
  type: within,
};

export const requiredExists: LintRule = {
  id: 'contract/required-exists',
  severity: 'error',
  says: 'A field that a rule requires is one that the body has; what it lacks is not kept and can not be checked.',
  mend: 'Correct the name of the field, or add it to the spec.',
  find: (context) =>
    valueRules(context).flatMap((rule) => {
      const missing = pairsOf(context, rule).flatMap(({ pairs, binding: { operation } }) =>
        pairs.flatMap(({ field, stated, spec }) =>
          ((stated['required'] ?? []) as string[])
            .filter((name) => declares(spec) && schemasAt(spec, name).length === 0)
            .map((name) => `the body of ${operation.id} has no "${joined(field, name)}"`),
        ),
      );
      return [...new Set(missing)].map((message) =>
        atRule(rule.id, message, 'value', 'is', 'required'),
      );
    }),
};

function declares(schema: JsonObject): boolean {
  return membersOf(schema).some((member) => isObject(member['properties']));
}
