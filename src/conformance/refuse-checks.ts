// Broken bodies are refused: each constraint broken alone, and what is no JSON object at all.

import { type Binding, type Contract, fieldSchema, takesNull } from '../contract/contract.ts';
import { isObject } from '../model/json.ts';
import type { Step } from '../model/steps.ts';
import { bodyWith, finenessOf } from '../rules/bodies.ts';
import { callOn, make, ownersIn, shared } from '../rules/steps.ts';
import { type Variation, variations, variationsInside } from '../schema/generate.ts';
import { besidesOthers } from './check-setup.ts';
import { takesJson } from './other-bodies.ts';
import { check, isDocumentedField } from './spec-check.ts';
import type { PlannedCheck } from './verdict.ts';

/** Each documented constraint of the body broken alone; those that a rule states too are the rule's. */
export function broken(contract: Contract, binding: Binding): PlannedCheck[] {
  const { verb, resource, body } = binding;
  if (body === undefined || (verb !== 'create' && verb !== 'update')) return [];
  const { status, basis } = contract.error('invalid');
  const exact = basis === 'documented' ? { status } : {};
  const stated = new Set(
    contract.rules.flatMap(({ kind, options }) =>
      kind === 'value' ? requiredBy(options, binding) : [],
    ),
  );
  return [...variations(body).flatMap((one) => [one, ...asNull(binding, one)]), ...inside(binding)]
    .filter(({ field, fits, keyword }) => !fits && isDocumented(binding, field, keyword, stated))
    .filter((variation) => canBeSent(binding, variation))
    .map(({ field, keyword, value }) => {
      const because =
        value === undefined ? `${field} is left out` : `${field} is ${JSON.stringify(value)}`;
      const judge = { expect: 'refused', because, ...exact } as const;
      const steps: Step[] =
        verb === 'create'
          ? [
              {
                ...make(resource.name, 'made', { with: bodyWith(resource, {}, field, value) }),
                ...judge,
              },
            ]
          : [
              shared(resource.name),
              callOn(binding, 'made', { with: { [field]: value ?? null }, ...judge }),
            ];
      const fine = finenessOf(keyword, value, verb);
      return check(contract, 'refuses', binding, `refuses-${field}-${keyword}`, steps, fine);
    });
}

/**
 * What an update leaves out is sent as null: a field that takes that can't be left out so. What is only read may be
 * ignored, whatever it is.
 */
function canBeSent({ verb, body = true }: Binding, { field, value }: Variation): boolean {
  if (fieldSchema(body, field)?.['readOnly'] === true) return false;
  return verb === 'create' || value !== undefined || !takesNull(fieldSchema(body, field));
}

/** A required field that is null, where its type has no null. */
function asNull({ verb, operation, body = true }: Binding, variation: Variation): Variation[] {
  if (verb !== 'create' || variation.keyword !== 'required' || !takesJson(operation)) return [];
  const types = [fieldSchema(body, variation.field)?.['type'] ?? 'null'].flat();
  return types.includes('null') ? [] : [{ ...variation, value: null }];
}

/** The constraints of the objects that a smallest body holds; what rules say of them is the rules'. */
function inside({ verb, body = true, resource: { sample, parts } }: Binding): Variation[] {
  if (verb !== 'create') return [];
  return Object.entries(sample).flatMap(([field, value]) => {
    const schema = fieldSchema(body, field);
    if (!isObject(value) || parts.has(field) || schema === undefined) return [];
    return variationsInside(field, schema, value).filter(({ keyword }) => keyword !== 'required');
  });
}

function requiredBy(options: object, { operation }: Binding): string[] {
  const { at, is } = options as { at: string | string[]; is: { required?: string[] } };
  return [at].flat().includes(operation.id) ? (is.required ?? []) : [];
}

function isDocumented(
  binding: Binding,
  field: string,
  keyword: string,
  stated: ReadonlySet<string>,
): boolean {
  if (keyword === 'required' && stated.has(field)) return false;
  return isDocumentedField(binding, field);
}

/** A body that is no JSON, and one that is JSON but no object. */
export function malformed(contract: Contract, binding: Binding): PlannedCheck[] {
  const { verb, body, operation } = binding;
  if ((verb !== 'create' && verb !== 'list') || body === undefined) return [];
  if (!takesJson(operation)) return [];
  const refuses = (id: string, raw: string, because: string, fine: number) => {
    const path = ownersIn(binding, 'made');
    const call: Step = { call: operation.id, path, raw, expect: 'missing', because };
    return check(contract, 'refuses', binding, id, [...besidesOthers(binding), call], fine);
  };
  return [
    refuses('refuses-malformed', '{"name": ', 'the body is no JSON', 3),
    ...(verb === 'create' ? [refuses('refuses-list', '[1]', 'the body is a list', 4)] : []),
  ];
}
