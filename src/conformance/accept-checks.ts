// Valid bodies are taken: the smallest, the fullest, and the one with null wherever it is a value.

import { type Binding, type Contract, fieldNames, fieldSchema } from '../contract/contract.ts';
import type { Step } from '../model/steps.ts';
import { extras } from '../rules/kept/fields.ts';
import { callOn, changing, make } from '../rules/steps.ts';
import { takesJson } from './other-bodies.ts';
import { check, isDocumentedField } from './spec-check.ts';
import type { PlannedCheck } from './verdict.ts';

export function smallest(contract: Contract, binding: Binding): PlannedCheck {
  const step: Step = {
    ...make(binding.resource.name, 'made'),
    expect: 'ok',
    because: 'the smallest valid body',
  };
  return check(contract, 'accepts', binding, 'accepts-smallest', [step]);
}

export function fullest(contract: Contract, binding: Binding): PlannedCheck[] {
  const more = extras(binding, contract);
  if (Object.keys(more).length === 0) return [];
  const because = `a valid body with ${Object.keys(more).join(', ')} too`;
  const step: Step = {
    ...make(binding.resource.name, 'made', { with: more }),
    expect: 'ok',
    because,
  };
  return [check(contract, 'accepts', binding, 'accepts-fullest', [step], 3)];
}

/** Null in every optional field that documents it as a value, and of which no rule speaks. */
export function nulls(contract: Contract, binding: Binding): PlannedCheck[] {
  const { verb, body, resource } = binding;
  if (body === undefined || (verb !== 'create' && verb !== 'update')) return [];
  if (!takesJson(binding.operation)) return [];
  const said = JSON.stringify(contract.rules.map(({ options }) => options));
  const isAboutInput = contract.rules.some(
    ({ options }) => options['of'] === resource.name && /\binput\./.test(JSON.stringify(options)),
  );
  if (isAboutInput) return [];
  const fields = fieldNames(body).filter(
    (field) =>
      !(field in resource.sample) &&
      [fieldSchema(body, field)?.['type']].flat().includes('null') &&
      isDocumentedField(binding, field) &&
      !new RegExp(`\\b${field}\\b`).test(said),
  );
  if (fields.length === 0) return [];
  const sent = Object.fromEntries(fields.map((field) => [field, null]));
  const judge = { expect: 'ok', because: `${fields.join(', ')} may be null` } as const;
  const steps: Step[] =
    verb === 'create'
      ? [{ ...make(resource.name, 'made', { with: sent }), ...judge }]
      : [changing(resource.name), callOn(binding, 'made', { with: sent, ...judge })];
  return [check(contract, 'accepts', binding, 'accepts-nulls', steps)];
}
