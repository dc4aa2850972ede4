// What the spec itself promises, as probes: valid bodies are taken, broken ones refused, ids that nothing
// has and callers without credentials turned away. Only what is documented is held against a server.

import { type Binding, type Contract, fieldSchema, splitPath } from '../contract/contract.ts';
import type { JsonObject } from '../model/json.ts';
import type { Probe, Step } from '../model/steps.ts';
import { extras } from '../rules/kept/fields.ts';
import {
  callOn,
  listCall,
  make,
  narrowing,
  otherValue,
  readOf,
  seenIn,
  uniqueFields,
} from '../rules/steps.ts';
import { narrowAt, variations } from '../schema/generate.ts';
import type { Schema } from '../schema/validate.ts';
import { basisOf } from '../spec/spec.ts';
import type { PlannedCheck } from './verdict.ts';

/** What each family says, for the report. */
const SAYS = {
  accepts: 'A body that fits the schema is accepted.',
  refuses: 'A body that breaks the schema is refused.',
  'unknown-id': 'An id that no record has is refused.',
  credentials: 'Required credentials are checked.',
  records: 'What is created is a record of its own, and lists show what reads show.',
  refusals: 'A refused request leaves nothing behind.',
} as const;

type Family = keyof typeof SAYS;

/** The checks that need no rule, the smallest bodies first: what depends on a refused one can't be judged. */
export function specChecks(contract: Contract): PlannedCheck[] {
  const creates = contract.bindings.filter(({ verb }) => verb === 'create');
  return [
    ...creates.map((binding) => smallest(contract, binding)),
    ...creates.flatMap((binding) => fullest(contract, binding)),
    ...creates.flatMap((binding) => distinct(contract, binding)),
    ...creates.flatMap((binding) => leavesNothing(contract, binding)),
    ...contract.bindings.flatMap((binding) => [
      ...agrees(contract, binding),
      ...broken(contract, binding),
      ...malformed(contract, binding),
      ...unknownId(contract, binding),
      ...credentials(contract, binding),
    ]),
  ];
}

function check(
  contract: Contract,
  family: Family,
  binding: Binding,
  id: string,
  steps: Step[],
): PlannedCheck {
  const operation = binding.operation.id;
  const probe: Probe = { id, operation, steps };
  return {
    id: `${operation}/${id}`,
    rule: `spec.${family}`,
    says: SAYS[family],
    basis: family === 'accepts' || family === 'refuses' ? 'documented' : 'protocol',
    source: contract.spec.file,
    operation,
    probe,
  };
}

function smallest(contract: Contract, binding: Binding): PlannedCheck {
  const step: Step = {
    ...make(binding.resource.name, 'made'),
    expect: 'ok',
    because: 'the smallest valid body',
  };
  return check(contract, 'accepts', binding, 'accepts-smallest', [step]);
}

function fullest(contract: Contract, binding: Binding): PlannedCheck[] {
  const more = extras(binding, contract);
  if (Object.keys(more).length === 0) return [];
  const because = `a valid body with ${Object.keys(more).join(', ')} too`;
  const step: Step = {
    ...make(binding.resource.name, 'made', { with: more }),
    expect: 'ok',
    because,
  };
  return [check(contract, 'accepts', binding, 'accepts-fullest', [step])];
}

/** Each documented constraint of the body broken alone; those that a rule states too are the rule's. */
function broken(contract: Contract, binding: Binding): PlannedCheck[] {
  const { verb, resource, body } = binding;
  if (body === undefined || (verb !== 'create' && verb !== 'update')) return [];
  const invalid = contract.error('invalid');
  const stated = new Set(
    contract.rules.flatMap(({ kind, options }) =>
      kind === 'value' ? requiredBy(options, binding) : [],
    ),
  );
  return variations(body)
    .filter(({ field, fits, keyword }) => !fits && isDocumented(binding, field, keyword, stated))
    .map(({ field, keyword, value }) => {
      const because =
        value === undefined ? `${field} is left out` : `${field} is ${JSON.stringify(value)}`;
      const judge = { expect: 'refused', because, status: invalid.status } as const;
      const steps: Step[] =
        verb === 'create'
          ? [{ ...make(resource.name, 'made', { with: { [field]: value } }), ...judge }]
          : [
              make(resource.name, 'made'),
              callOn(binding, 'made', { with: { [field]: value ?? null }, ...judge }),
            ];
      return check(contract, 'refuses', binding, `refuses-${field}-${keyword}`, steps);
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

/** Three creates make three records: other ids, and the earlier ones are still what they were. */
function distinct(contract: Contract, binding: Binding): PlannedCheck[] {
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
function leavesNothing(contract: Contract, binding: Binding): PlannedCheck[] {
  const { name } = binding.resource;
  const [key] = uniqueFields(contract, name);
  if (key === undefined) return [];
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
function agrees(contract: Contract, binding: Binding): PlannedCheck[] {
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
    .filter((field) => isSure(binding, field) && !expanded(contract, resource.name, field))
    .map((field) => `same(${entry}.${field}, own.${field})`);
  const all = claims.join(' && ');
  const steps: Step[] = [
    make(resource.name, 'mine'),
    ...inUse,
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

function expanded(contract: Contract, resource: string, field: string): boolean {
  return contract.rules.some(
    ({ kind, options }) =>
      kind === 'expand' &&
      options['into'] === field &&
      splitPath(String(options['at']))[0] === resource,
  );
}

/** Whether the record's field is documented, and no time that a server may write in its own way. */
function isSure({ resource }: Binding, field: string): boolean {
  const schema = fieldSchema(resource.schema, field);
  return (
    schema !== undefined && basisOf(schema) === 'documented' && schema['format'] !== 'date-time'
  );
}

function isDocumentedField({ body }: Binding, field: string): boolean {
  const schema = fieldSchema(body ?? true, field);
  return schema !== undefined && basisOf(schema) === 'documented';
}

function malformed(contract: Contract, binding: Binding): PlannedCheck[] {
  if ((binding.verb !== 'create' && binding.verb !== 'list') || binding.body === undefined)
    return [];
  const steps: Step[] = [
    {
      call: binding.operation.id,
      raw: '{"name": ',
      expect: 'missing',
      because: 'the body is no JSON',
    },
  ];
  return [check(contract, 'refuses', binding, 'refuses-malformed', steps)];
}

function unknownId(contract: Contract, binding: Binding): PlannedCheck[] {
  const { idParameter, operation } = binding;
  if (idParameter === undefined) return [];
  const steps: Step[] = [
    {
      call: operation.id,
      path: { [idParameter]: '=fresh()' },
      ...bodyFor(binding),
      expect: 'missing',
      because: 'no record has this id',
    },
  ];
  return [check(contract, 'unknown-id', binding, 'unknown-id', steps)];
}

function bodyFor(binding: Binding) {
  if (binding.body === undefined) return {};
  const text =
    fieldSchema(binding.body, 'description') === undefined
      ? {}
      : { description: otherValue(undefined) };
  return { with: text };
}

/** Without credentials nothing is answered and nothing done; with a stranger's nothing of ours is shown. */
function credentials(contract: Contract, binding: Binding): PlannedCheck[] {
  const { operation, resource, verb, idParameter } = binding;
  if (operation.credentials.length === 0) return [];
  const judge = { expect: 'missing', because: 'no credentials are sent' } as const;
  const target: Step[] = idParameter === undefined ? [] : [make(resource.name, 'made')];
  const before =
    verb === 'delete' || verb === 'update'
      ? readOf(contract, resource.name, 'made', { as: 'before' })
      : [];
  const call: Step =
    verb === 'create'
      ? { ...make(resource.name, 'stolen'), by: 'nobody', ...judge }
      : callOn(binding, 'made', { ...bodyFor(binding), by: 'nobody', ...judge });
  const changed = ['status', 'description'].filter((field) => resource.fields.includes(field));
  const after =
    before.length === 0
      ? []
      : readOf(contract, resource.name, 'made', {
          that: changed.map((field) => `same(answer.${field}, before.${field})`).join(' && '),
          because: 'a call without credentials changes nothing',
        });
  const steps = [...target, ...before, call, ...after];
  const missing = check(contract, 'credentials', binding, 'no-credentials', steps);
  if (verb !== 'read') return [missing];
  const stranger = callOn(binding, 'made', {
    by: 'stranger',
    expect: 'missing',
    because: 'credentials that nobody was given',
  });
  return [
    missing,
    check(contract, 'credentials', binding, 'wrong-credentials', [...target, stranger]),
  ];
}
