// Bodies with one thing wrong that the documents forbid: what to send, and how to tell that it must be refused.

import { type Binding, fieldSchema, type Rule, splitPath } from '../../contract/contract.ts';
import { asList, isObject, type Json, type JsonObject } from '../../model/json.ts';
import { type Variation, variations } from '../../schema/generate.ts';
import { basisOf } from '../../spec/spec.ts';
import { isDocumentedField } from '../spec-check.ts';
import type { Chance } from './chance.ts';
import type { Counted } from './counted.ts';

interface Broken {
  readonly field: string;
  readonly value: Json;
}

/** One field with a value that breaks a documented constraint, or a rule that counts; undefined where none is known. */
export function brokenValue(
  chance: Chance,
  counted: Counted,
  binding: Binding,
): Broken | undefined {
  const all = brokenValues(counted, binding);
  // Some fields can be broken in many ways, and others are not to be forgotten for that.
  const field = chance.one([...new Set(all.map((one) => one.field))]);
  return chance.one(all.filter((one) => one.field === field));
}

function brokenValues({ strict, bases }: Counted, binding: Binding): Broken[] {
  if (binding.body === undefined) return [];
  const stated = bases.includes('documented')
    ? variations(binding.body).filter(({ field }) => isDocumentedField(binding, field))
    : [];
  const ruled = strict.rules.flatMap((rule) =>
    rule.kind === 'value' ? ofRule(rule, binding) : [],
  );
  return [...stated, ...ruled].flatMap((variation) => sendable(variation, binding));
}

function ofRule({ options, examples }: Rule, { operation, resource }: Binding): Variation[] {
  const is = options['is'] as JsonObject;
  return asList(options['at'] as string | string[]).flatMap((place) => {
    const [owner, field] = splitPath(place);
    if ((owner !== operation.id && owner !== resource.name) || /[.[]/.test(field)) return [];
    if (field === '') return variations(is);
    const refused = examples.refuse.map((value) => ({ field, keyword: '', value, fits: false }));
    return [...variations({ properties: { [field]: is } }), ...refused];
  });
}

/** What breaks; a needed field is sent as null where its type has no null, for that is no value either. */
function sendable({ field, value, fits }: Variation, { verb, body = true }: Binding): Broken[] {
  if (fits) return [];
  if (value !== undefined) return [{ field, value }];
  const types = [fieldSchema(body, field)?.['type'] ?? 'null'].flat();
  return types.includes('null') || verb !== 'create' ? [] : [{ field, value: null }];
}

/** The documented field whose constraint the body breaks; undefined where it breaks none that count. */
export function brokenField(
  { whole, bases }: Counted,
  { body }: Binding,
  sent: Json | undefined,
): string | undefined {
  if (body === undefined || !isObject(sent) || !bases.includes('documented')) return undefined;
  const faults = whole.spec.schemas.validator(body)(sent);
  return faults.find(({ field }) => {
    const schema = fieldSchema(body, field);
    return schema !== undefined && basisOf(schema) === 'documented';
  })?.field;
}
