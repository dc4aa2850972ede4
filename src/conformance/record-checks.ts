// What any server owes its records, without a rule saying so: each create makes one of its own, a refused
// one leaves nothing, and a list shows what a read shows.

import { type Binding, type Contract, fieldSchema, splitPath } from '../contract/contract.ts';
import type { JsonObject } from '../model/json.ts';
import type { Step } from '../model/steps.ts';
import { every } from '../rules/claims.ts';
import { listCall, narrowing, seenIn } from '../rules/list-steps.ts';
import { referredBy, uniqueFields } from '../rules/relations.ts';
import { callOn, deleteOf, make, readOf } from '../rules/steps.ts';
import { narrowAt, variations } from '../schema/generate.ts';
import type { Schema } from '../schema/validate.ts';
import { basisOf } from '../spec/spec.ts';
import { check, isDocumentedField } from './spec-check.ts';
import type { PlannedCheck } from './verdict.ts';

/** Three creates make three records: other ids, and the earlier ones are still what they were. */
export function distinct(contract: Contract, binding: Binding): PlannedCheck[] {
  const { name, key, sample } = binding.resource;
  const sure = Object.keys(sample).filter((field) => isSure(binding, field));
  const kept = (earlier: string, later: string) =>
    readOf(contract, name, earlier, {
      that: [
        `${earlier}.${key} != ${later}.${key}`,
        ...sure.map((field) => `same(answer.${field}, ${earlier}.${field})`),
      ].join(' && '),
      because: 'a later create leaves an earlier record as it was',
    });
  const made = ['first', 'second', 'third'].map((as) => make(name, as));
  const steps: Step[] = [...made, ...kept('first', 'second'), ...kept('second', 'third')];
  return steps.length === made.length
    ? []
    : [check(contract, 'records', binding, 'makes-records-of-their-own', steps)];
}

/** Broken bodies, each refused, and then the valid one: its unique values must not have been taken. */
export function leavesNothing(contract: Contract, binding: Binding): PlannedCheck[] {
  const { name } = binding.resource;
  const [key] = uniqueFields(contract, name);
  if (key === undefined || referredBy(contract, `${name}.${key}`) !== undefined) return [];
  const breaking = variations(narrowedBy(contract, binding)).filter(
    ({ field, fits }) => !fits && field !== key && isDocumentedField(binding, field),
  );
  const refused = breaking.map(
    ({ field, value }, i): Step => ({
      ...make(name, `refused${i}`, {
        with: { [key]: i === 0 ? '=fresh()' : `=sent.refused0.${key}`, [field]: value },
      }),
      given: 'missing',
    }),
  );
  if (refused.length === 0) return [];
  const last: Step = {
    ...make(name, 'made', { with: { [key]: `=sent.refused0.${key}` } }),
    expect: 'ok',
    because: `the ${key} of refused bodies is free`,
  };
  return [check(contract, 'refusals', binding, 'refused-leaves-nothing', [...refused, last])];
}

/** The body's schema with what documented value rules say of whole fields. */
function narrowedBy(contract: Contract, { body, operation }: Binding): Schema {
  const fields = contract.rules
    .filter(({ kind, basis }) => kind === 'value' && basis === 'documented')
    .flatMap(({ options }) => {
      const [owner, field] = splitPath(String(options['at']));
      return owner === operation.id && field !== ''
        ? [{ field, is: options['is'] as JsonObject }]
        : [];
    });
  return fields.reduce<Schema>(
    (schema, { field, is }) => narrowAt(schema, field, is),
    body ?? true,
  );
}

/** What a list shows of a record is what its own read shows. */
export function agrees(contract: Contract, binding: Binding): PlannedCheck[] {
  const { verb, resource } = binding;
  if (verb !== 'list' || contract.bindingFor('read', resource.name) === undefined) return [];
  const referring = contract.rules.find(
    ({ kind, options }) => kind === 'reference' && options['to'] === resource.name,
  );
  const [from = '', by = ''] = splitPath(String(referring?.options['from'] ?? ''));
  const inUse: Step[] =
    referring === undefined || contract.bindingFor('create', from) === undefined
      ? []
      : [make(from, 'user', { with: { [by]: `=mine.${resource.key}` } })];
  const entry = `answer.items.filter(i, i.${resource.key} == mine.${resource.key})[0]`;
  const claims = resource.fields
    .filter(
      (field) =>
        isSure(binding, field) &&
        fieldSchema(binding.shown, field) !== undefined &&
        !isShownElsewhere(contract, binding, field),
    )
    .map((field) => `same(${entry}.${field}, own.${field})`);
  // A create makes one record: no other has the text that was made up for it.
  const unique = Object.entries(resource.sample).find(
    ([field, value]) => String(value).includes('fresh()') && resource.fields.includes(field),
  )?.[0];
  const like = (name: string) =>
    `size(answer.items.filter(i, same(i.${unique}, ${name}.${unique})))`;
  const once = unique === undefined ? [] : [`(same(own.${unique}, null) || ${like('own')} == 1)`];
  const rename = renamed(contract, resource.name);
  const none = rename.length === 0 || unique !== 'name' ? [] : [`${like('mine')} == 0`];
  const all = every([...claims, ...once, ...none]);
  const steps: Step[] = [
    make(resource.name, 'mine'),
    ...inUse,
    ...rename,
    ...readOf(contract, resource.name, 'mine', { as: 'own' }),
    seenIn(contract, binding, 'mine'),
    listCall(binding, narrowing(contract, binding, 'mine'), {
      until: all,
      that: all,
      because: 'a list shows what a read shows',
    }),
  ];
  return [check(contract, 'records', binding, 'agrees-with-read', steps)];
}

/** Another name, where an update takes one: a list shows the record as it is now. */
function renamed(contract: Contract, name: string): Step[] {
  const update = contract.bindingFor('update', name);
  const schema = fieldSchema(update?.body ?? true, 'name');
  if (update === undefined || schema === undefined || basisOf(schema) !== 'documented') return [];
  return [callOn(update, 'mine', { with: { name: '=fresh()' } })];
}

/** What is taken out of a record is no longer shown in it. */
export function takesOut(contract: Contract, binding: Binding): PlannedCheck[] {
  const { verb, resource, set } = binding;
  if (verb !== 'delete' || set !== undefined || resource.owner === undefined) return [];
  const gone = readOf(contract, resource.name, 'made', {
    expect: 'missing',
    because: `the ${resource.name} was taken out`,
  });
  if (gone.length === 0) return [];
  const steps: Step[] = [
    make(resource.name, 'made'),
    make(resource.name, 'beside'),
    ...readOf(contract, resource.name, 'made'),
    ...deleteOf(contract, resource.name, 'made'),
    ...gone,
    ...readOf(contract, resource.name, 'beside', {
      expect: 'ok',
      because: `the ${resource.name} beside it stays`,
    }),
  ];
  return [check(contract, 'records', binding, 'takes-out', steps)];
}

/** Whether a read and this list may differ in the field: one of them works it out, or shows it when asked. */
function isShownElsewhere(
  contract: Contract,
  { resource, operation }: Binding,
  field: string,
): boolean {
  const read = contract.bindingFor('read', resource.name)?.operation.id ?? '';
  return contract.rules.some(({ kind, options }) => {
    const [owner, at] = splitPath(String(options['at']));
    if (owner !== resource.name) return false;
    if (kind === 'expand') return options['into'] === field;
    const { by, is } = options as { by?: string[]; is?: object };
    const speaksOf = at === field || (at === '' && Object.hasOwn(is ?? {}, field));
    return kind === 'filled' && speaksOf && by?.includes(operation.id) !== by?.includes(read);
  });
}

/** Whether the record's field is documented, and no time that a server may write in its own way. */
function isSure({ resource }: Binding, field: string): boolean {
  const schema = fieldSchema(resource.schema, field);
  return (
    schema !== undefined && basisOf(schema) === 'documented' && schema['format'] !== 'date-time'
  );
}
