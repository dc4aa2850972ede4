import { type Binding, type Contract, fieldSchema, type Rule } from '../../contract/contract.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { Probe, Step } from '../../model/steps.ts';
import { basisOf } from '../../spec/spec.ts';
import {
  callOn,
  every,
  fittingValue,
  make,
  OTHER,
  otherValue,
  readOf,
  referredBy,
  rich,
} from '../steps.ts';
import { bodyFields, comparable, extras, pathsOf } from './fields.ts';
import type { Options } from './options.ts';
import { several, withParts } from './probe-parts.ts';

/** Fields that are free texts or maps in any API. */
const TEXTS = ['name', 'description', 'metadata', 'lookup_key', 'display_name'];

export function probe(rule: Rule<Options>, contract: Contract): Probe[] {
  return rule.options.of.flatMap((resource) => {
    const create = contract.bindingFor('create', resource);
    if (create === undefined || readOf(contract, resource, 'made').length === 0) return [];
    return [
      created(rule, contract, create),
      ...withParts(contract, create),
      ...several(contract, create),
      ...updated(rule, contract, create),
      ...together(rule, contract, create),
    ];
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
const CHANGED = 3000;

/** A field is changed; the others read as before. */
function updated(rule: Rule<Options>, contract: Contract, create: Binding): Probe[] {
  const { resource } = create;
  const update = contract.bindingFor('update', resource.name);
  if (update === undefined) return [];
  const changes = changesOf(contract, update);
  const kept = [...new Set([...Object.keys(resource.sample), ...bodyFields(create)])];
  // More of one resource would only ask the same again; the rest is changed together.
  return changes.slice(0, CHANGES).map(({ field, before, value }) => {
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

/** Everything that can be changed at once is; another record of the caller's, and another tenant's, stay as they were. */
function together(rule: Rule<Options>, contract: Contract, create: Binding): Probe[] {
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
  const all = comparable(rule, create, [...Object.keys(resource.sample), ...bodyFields(create)]);
  const same = (as: string) =>
    every(all.map((one) => `same(answer.${one.name}, ${as}.${one.name})`));
  const stays = (as: string, more: object = {}) => [
    make(name, as, { once: 1, ...more }),
    ...readOf(contract, name, as, { as: `${as}Before`, ...more }),
  ];
  const stayed = (as: string, more: object = {}) =>
    readOf(contract, name, as, {
      that: same(`${as}Before`),
      because: `another ${name} is not changed with it`,
      ...more,
    });
  return [
    {
      id: `${name}-updated-together`,
      operation: update.operation.id,
      steps: [
        make(name, 'made', { with: fullest(create, contract), once: CHANGED }),
        ...stays('sibling'),
        ...stays('foreign', OTHER),
        callOn(update, 'made', { as: 'changed', with: Object.fromEntries(sent) }),
        ...readOf(contract, name, 'made', {
          that: every(shown.map((one) => `same(answer.${one.name}, sent.changed.${one.name})`)),
          because: `${shown.map((one) => one.name).join(', ')} were sent, and are read`,
        }),
        ...stayed('sibling'),
        ...stayed('foreign', OTHER),
      ],
    },
  ];
}

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
