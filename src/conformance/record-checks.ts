// What any server owes its records, without a rule saying so: each create makes one of its own, a refused
// one leaves nothing, and a list shows what a read shows.

import {
  type Binding,
  type Contract,
  fieldSchema,
  type Resource,
  splitPath,
} from '../contract/contract.ts';
import type { JsonObject } from '../model/json.ts';
import type { Step } from '../model/steps.ts';
import { every } from '../rules/claims.ts';
import { type Options, referrersOf, sourcesOf } from '../rules/filled/options.ts';
import { has, listCall, narrowing } from '../rules/list-steps.ts';
import { referredBy, uniqueFields } from '../rules/relations.ts';
import { callOn, deleteOf, make, readOf } from '../rules/steps.ts';
import { narrowAt, variations } from '../schema/generate.ts';
import type { Schema } from '../schema/validate.ts';
import { basisOf } from '../spec/spec.ts';
import { check, isDocumentedField } from './spec-check.ts';
import type { PlannedCheck } from './verdict.ts';

/** Two creates make two records: other ids, and the first is still what it was. */
export function distinct(contract: Contract, binding: Binding): PlannedCheck[] {
  const { name, key, sample } = binding.resource;
  const sure = Object.keys(sample).filter((field) => isSure(binding, field));
  const kept = readOf(contract, name, 'first', {
    that: [
      `first.${key} != second.${key}`,
      ...sure.map((field) => `same(answer.${field}, first.${field})`),
    ].join(' && '),
    because: 'a later create leaves an earlier record as it was',
  });
  if (kept.length === 0) return [];
  const steps: Step[] = [make(name, 'first'), make(name, 'second'), ...kept];
  return [check(contract, 'records', binding, 'makes-records-of-their-own', steps)];
}

/** So many ways to be refused are enough to see whether a refusal leaves something. */
const BROKEN = 4;

/** Broken bodies, each refused, and then the valid one: its unique values must not have been taken. */
export function leavesNothing(contract: Contract, binding: Binding): PlannedCheck[] {
  const { name } = binding.resource;
  const [key] = uniqueFields(contract, name);
  if (key === undefined || referredBy(contract, `${name}.${key}`) !== undefined) return [];
  const breaking = variations(narrowedBy(contract, binding)).filter(
    ({ field, fits }) => !fits && field !== key && isDocumentedField(binding, field),
  );
  const refused = spread(breaking, BROKEN).map(
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
  return [check(contract, 'refusals', binding, 'refused-leaves-nothing', [...refused, last], 2)];
}

/** As many of them, from all over the list. */
function spread<Item>(items: readonly Item[], most: number): Item[] {
  const step = Math.max(1, items.length / most);
  return items.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step));
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
    ...(rename.length > 0 || showsReferrers(contract, resource) ? inUse(contract, resource) : []),
    ...rename,
    ...readOf(contract, resource.name, 'mine', { as: 'own' }),
    listCall(binding, narrowing(contract, binding, 'mine'), {
      until: all,
      seen: has(binding, 'mine'),
      that: all,
      because: 'a list shows what a read shows',
    }),
  ];
  return [check(contract, 'records', binding, 'agrees-with-read', steps)];
}

/** A record that refers to the captured one, which may be shown in it; none where the API has no such. */
function inUse(contract: Contract, { name, key }: Resource): Step[] {
  const referring = contract.rules.find(
    ({ kind, options }) => kind === 'reference' && options['to'] === name,
  );
  const [from = '', by = ''] = splitPath(String(referring?.options['from'] ?? ''));
  return referring === undefined || contract.bindingFor('create', from) === undefined
    ? []
    : [make(from, 'user', { with: { [by]: `=mine.${key}` } })];
}

/** Whether a rule says that the record shows what refers to it. */
function showsReferrers(contract: Contract, { name }: Resource): boolean {
  return contract.rules.some(({ kind, options }) => {
    if (kind !== 'filled' || splitPath(String(options['at']))[0] !== name) return false;
    const filled = options as unknown as Options;
    return (referrersOf(filled) ?? sourcesOf(filled)) !== undefined;
  });
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
