// A record that is updated: what was sent is there, and all else stays, here and in other records.

import { type Binding, type Contract, fieldSchema, type Rule } from '../../contract/contract.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { Probe, Step } from '../../model/steps.ts';
import { basisOf } from '../../spec/spec.ts';
import { fittingValue, otherValue } from '../bodies.ts';
import { every } from '../claims.ts';
import { referredBy } from '../relations.ts';
import { callOn, changing, make, OTHER, readOf } from '../steps.ts';
import { Bystanders } from './bystanders.ts';
import { bodyFields, comparable, extras } from './fields.ts';
import type { Options } from './options.ts';

/** A field is changed; the others read as before. */
export function updated(rule: Rule<Options>, contract: Contract, create: Binding): Probe[] {
  const { resource } = create;
  const update = contract.bindingFor('update', resource.name);
  if (update === undefined) return [];
  const changes = changesOf(contract, update);
  const kept = [...new Set([...Object.keys(resource.sample), ...bodyFields(create)])];
  // More of one resource would only ask the same again; the rest is changed together.
  return changes.slice(0, CHANGES).map(({ field, before, value }, i) => {
    const fields = comparable({ ...rule, options: { of: rule.options.of } }, create, kept).filter(
      ({ name }) => name !== field,
    );
    const claim = every([
      ...comparable(rule, create, [field])
        .filter(({ sure }) => sure)
        .map(() => `same(answer.${field}, sent.changed.${field})`),
      ...fields.map(({ name }) => `same(answer.${name}, before.${name})`),
    ]);
    return {
      id: `${resource.name}-updated-${field}`,
      fine: i === 0 ? 0 : i + 1,
      operation: update.operation.id,
      steps: [
        ...before,
        { ...changing(resource.name), with: fullest(create, contract) },
        ...readOf(contract, resource.name, 'made', { as: 'before' }),
        callOn(update, 'made', { as: 'changed', with: { [field]: value } }),
        ...readOf(contract, resource.name, 'made', {
          that: claim,
          because: `${field} was sent and is read; the rest stays`,
        }),
      ],
    };
  });
}

/** Everything that can be changed at once is; another record of the caller's, and another tenant's, stay as they were. */
export function together(rule: Rule<Options>, contract: Contract, create: Binding): Probe[] {
  const { resource } = create;
  const { name } = resource;
  const update = contract.bindingFor('update', name);
  if (update === undefined) return [];
  const changes = changesOf(contract, update).filter(({ before }) => before.length === 0);
  if (changes.length === 0) return [];
  const sent = changes.map(({ field, value }) => [field, value === false ? true : value] as const);
  const shown = comparable(rule, create, Object.keys(Object.fromEntries(sent))).filter(
    ({ sure }) => sure,
  );
  const bystanders = new Bystanders(rule, contract, create);
  return [
    {
      id: `${name}-updated-together`,
      operation: update.operation.id,
      steps: [
        bystanders.made('sibling'),
        bystanders.made('foreign', OTHER),
        { ...changing(name), with: fullest(create, contract) },
        ...bystanders.before('sibling'),
        ...bystanders.before('foreign', OTHER),
        callOn(update, 'made', { as: 'changed', with: Object.fromEntries(sent) }),
        ...readOf(contract, name, 'made', {
          that: every(shown.map((one) => `same(answer.${one.name}, sent.changed.${one.name})`)),
          because: `${shown.map((one) => one.name).join(', ')} were sent, and are read`,
        }),
        ...bystanders.stayed('sibling'),
        ...bystanders.stayed('foreign', OTHER),
      ],
    },
  ];
}

/** Fields that are free texts or maps in any API. */
const TEXTS = ['name', 'description', 'metadata', 'lookup_key', 'display_name'];

/** Optional texts, maps and choices, so that there is something that an update could lose. */
function fullest(create: Binding, contract: Contract): JsonObject {
  const { resource, body = true } = create;
  const texts = bodyFields(create).filter((field) => TEXTS.includes(field));
  const values = texts.map((field) => [field, otherValue(fieldSchema(body, field))]);
  const changed = bodyFields(contract.bindingFor('update', resource.name) ?? create);
  const choices = bodyFields(create).flatMap((field) => {
    const schema = fieldSchema(body, field);
    const [first] = ((schema?.['enum'] ?? []) as Json[]).filter((value) => value !== null);
    const isOpen = changed.includes(field) && !(field in resource.sample);
    return isOpen && first !== undefined && basisOf(schema) === 'documented'
      ? [[field, first]]
      : [];
  });
  return { ...extras(create, contract), ...Object.fromEntries([...choices, ...values]) };
}

interface OneField {
  readonly field: string;
  readonly before: readonly Step[];
  readonly value: Json;
}

const CHANGES = 4;

function changesOf(contract: Contract, update: Binding): OneField[] {
  const { name } = update.resource;
  const changes = bodyFields(update).flatMap((field): OneField[] => {
    const to = referredBy(contract, `${name}.${field}`);
    const schema = fieldSchema(update.body ?? true, field);
    if (to !== undefined) {
      return [
        { field, before: [make(to, 'target')], value: `=target.${contract.resource(to).key}` },
      ];
    }
    const documented = schema !== undefined && basisOf(schema) === 'documented';
    const value = documented || field === 'description' ? fittingValue(field, schema) : undefined;
    return value === undefined ? [] : [{ field, before: [], value }];
  });
  return changes;
}
