import { type Binding, type Contract, fieldSchema, type Rule } from '../../contract/contract.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { Probe, Step } from '../../model/steps.ts';
import { basisOf } from '../../spec/spec.ts';
import {
  callOn,
  every,
  fittingValue,
  make,
  otherValue,
  readOf,
  referredBy,
  rich,
} from '../steps.ts';
import { bodyFields, comparable, extras, pathsOf } from './fields.ts';
import type { Options } from './options.ts';

/** Fields that are free texts or maps in any API. */
const TEXTS = ['name', 'description', 'metadata', 'lookup_key', 'display_name'];

export function probe(rule: Rule<Options>, contract: Contract): Probe[] {
  return rule.options.of.flatMap((resource) => {
    const create = contract.bindingFor('create', resource);
    if (create === undefined || readOf(contract, resource, 'made').length === 0) return [];
    return [created(rule, contract, create), ...updated(rule, contract, create)];
  });
}

/** Everything that was sent is read back. */
function created(rule: Rule<Options>, contract: Contract, binding: Binding): Probe {
  const { resource, operation } = binding;
  const more = extras(binding, contract);
  const texts = rich(contract, resource.name, { ...resource.sample, ...more });
  const fields = comparable(rule, binding, [...Object.keys(resource.sample), ...Object.keys(more)]);
  const claims = fields.flatMap(({ name, sure }) =>
    pathsOf(binding, name).map((path) => {
      const same = `same(answer.${path}, sent.made.${path})`;
      return sure ? same : `(same(answer.${name}, null) || ${same})`;
    }),
  );
  const because = `what was sent is read back (${fields.map(({ name }) => name).join(', ')})`;
  return {
    id: `${resource.name}-created`,
    operation: operation.id,
    steps: [
      make(resource.name, 'made', { with: { ...more, ...texts } }),
      ...readOf(contract, resource.name, 'made', {
        expect: 'ok',
        that: every(claims),
        because,
      }),
    ],
  };
}

/** The number of the record that is changed field by field: no other check has it. */
const CHANGED = 1000;

/** A field is changed; the others read as before. */
function updated(rule: Rule<Options>, contract: Contract, create: Binding): Probe[] {
  const { resource } = create;
  const update = contract.bindingFor('update', resource.name);
  if (update === undefined) return [];
  const changes = changesOf(contract, update);
  const kept = [...new Set([...Object.keys(resource.sample), ...bodyFields(create)])];
  return changes.map(({ field, before, value }) => {
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
      operation: update.operation.id,
      steps: [
        ...before,
        make(resource.name, 'made', { with: fullest(create, contract), once: CHANGED }),
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

/** Optional texts and maps, so that there is something that an update could lose. */
function fullest(create: Binding, contract: Contract): JsonObject {
  const texts = bodyFields(create).filter((field) => TEXTS.includes(field));
  const values = texts.map((field) => [field, otherValue(fieldSchema(create.body ?? true, field))]);
  return { ...extras(create, contract), ...Object.fromEntries(values) };
}

interface OneField {
  readonly field: string;
  readonly before: readonly Step[];
  readonly value: Json;
}

/** More of one resource would only ask the same again. */
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
  return changes.slice(0, CHANGES);
}
