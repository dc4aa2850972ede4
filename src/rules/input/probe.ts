import {
  type Binding,
  type Contract,
  fieldNames,
  fieldSchema,
  type Rule,
  splitPath,
} from '../../contract/contract.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { Make, Probe } from '../../model/steps.ts';
import { fittingValue } from '../bodies.ts';
import { shownPath } from '../claims.ts';
import { referredBy } from '../relations.ts';
import { callOn, make, readOf } from '../steps.ts';
import { fieldsOf, type Options } from './options.ts';

/** Each kind of nothing sent to a record that has the field, and the record read again. */
export function probe({ options, error }: Rule<Options>, contract: Contract): Probe[] {
  const [operation] = splitPath(options.at);
  const binding = contract.binding(operation);
  if (binding === undefined) return [];
  return fieldsOf(options).flatMap((field) => [
    ...one(binding, contract, field, 'absent', options.absent, undefined, error.status),
    ...one(binding, contract, field, 'null', options['as-null'], null, error.status),
    ...one(binding, contract, field, 'empty', options['as-empty'], '', error.status),
    ...assigned(binding, contract, field, true),
    ...assigned(binding, contract, field, false),
  ]);
}

function one(
  binding: Binding,
  contract: Contract,
  field: string,
  nothing: string,
  word: string | undefined,
  value: Json | undefined,
  status: number,
): Probe[] {
  const { resource, operation } = binding;
  if (word === undefined || !resource.fields.includes(field)) return [];
  // An update of nothing at all may be refused, so something else is sent beside.
  const beside = besideOf(binding, field);
  const body = value === undefined ? beside : { [field]: value };
  const after =
    word === 'keep'
      ? `same(answer.${field}, before.${field})`
      : word === 'clear'
        ? `same(answer.${field}, null)`
        : `answer.${field} == ''`;
  const because = `${field} ${nothing === 'absent' ? 'left out' : `sent as ${JSON.stringify(value)}`}: ${word}`;
  return [
    {
      id: `${field}-${nothing}`,
      operation: operation.id,
      steps: [
        ...withField(contract, resource.name, field),
        ...readOf(contract, resource.name, 'made', { as: 'before' }),
        callOn(binding, 'made', {
          with: body,
          because,
          ...(word === 'refuse' ? { expect: 'refused', status } : { expect: 'ok' }),
        }),
        ...readOf(contract, resource.name, 'made', {
          that: word === 'refuse' ? `same(answer.${field}, before.${field})` : after,
          because,
        }),
      ],
    },
  ];
}

/** A plain text of the body, other than the field. */
function besideOf(binding: Binding, field: string): JsonObject {
  const text = fieldNames(binding.body).find(
    (name) => name !== field && (name === 'description' || name === 'name'),
  );
  return text === undefined ? {} : { [text]: '=fresh()' };
}

/** A value sets the field, from another value or from none. */
function assigned(binding: Binding, contract: Contract, field: string, had: boolean): Probe[] {
  const { resource, operation } = binding;
  const to = referredBy(contract, `${resource.name}.${field}`);
  const next = to === undefined ? [] : [make(to, 'next')];
  const value =
    to === undefined
      ? fittingValue(field, fieldSchema(binding.body ?? true, field))
      : `=next.${contract.resource(to).key}`;
  // A field that every record has can't be given its first value.
  if (value === undefined || (!had && field in resource.sample)) return [];
  const because = `${field} sent with another value: set`;
  return [
    {
      id: had ? `${field}-value` : `${field}-value-from-none`,
      operation: operation.id,
      steps: [
        ...(had ? withField(contract, resource.name, field) : [make(resource.name, 'made')]),
        ...next,
        callOn(binding, 'made', { with: { [field]: value }, expect: 'ok', as: 'changed', because }),
        ...readOf(contract, resource.name, 'made', {
          that:
            to === undefined
              ? `same(answer.${field}, sent.changed.${field})`
              : `answer.${shownPath(contract, resource.name, field)} == ${String(value).slice(1)}`,
          because,
        }),
      ],
    },
  ];
}

/** A record that has the field; one to refer to is made first where the field is a reference. */
function withField(contract: Contract, resource: string, field: string): Make[] {
  const to = referredBy(contract, `${resource}.${field}`);
  if (to === undefined) {
    const schema = fieldSchema(contract.bindingFor('create', resource)?.body ?? true, field);
    const value = fittingValue(field, schema);
    return [make(resource, 'made', value === undefined ? {} : { with: { [field]: value } })];
  }
  return [
    make(to, 'target'),
    make(resource, 'made', { with: { [field]: `=target.${contract.resource(to).key}` } }),
  ];
}
