// What the spec itself promises, as probes: valid bodies are taken, broken ones refused, ids that nothing
// has and callers without credentials turned away. Only what is documented is held against a server.

import {
  type Binding,
  type Contract,
  fieldNames,
  fieldSchema,
  requiredFields,
} from '../contract/contract.ts';
import { isObject, type JsonObject } from '../model/json.ts';
import type { Step } from '../model/steps.ts';
import { bodyWith, fittingValue } from '../rules/bodies.ts';
import { every } from '../rules/claims.ts';
import { extras } from '../rules/kept/fields.ts';
import { namedIn } from '../rules/relations.ts';
import { callOn, make, ownersIn, readOf, shared } from '../rules/steps.ts';
import { type Variation, variations, variationsInside } from '../schema/generate.ts';
import { agrees, distinct, leavesNothing, takesOut } from './record-checks.ts';
import { check, isDocumentedField } from './spec-check.ts';
import type { PlannedCheck } from './verdict.ts';

/** The checks that need no rule, the smallest bodies first: what depends on a refused one can't be judged. */
export function specChecks(contract: Contract): PlannedCheck[] {
  const creates = contract.bindings.filter(({ verb }) => verb === 'create');
  return [
    ...creates.map((binding) => smallest(contract, binding)),
    ...creates.flatMap((binding) => fullest(contract, binding)),
    ...contract.bindings.flatMap((binding) => nulls(contract, binding)),
    ...creates.flatMap((binding) => distinct(contract, binding)),
    ...creates.flatMap((binding) => leavesNothing(contract, binding)),
    ...contract.bindings.flatMap((binding) => [
      ...agrees(contract, binding),
      ...takesOut(contract, binding),
      ...broken(contract, binding),
      ...malformed(contract, binding),
      ...unknownId(contract, binding),
      ...credentials(contract, binding),
    ]),
  ];
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

/** Null in every optional field that documents it as a value, and of which no rule speaks. */
function nulls(contract: Contract, binding: Binding): PlannedCheck[] {
  const { verb, body, resource } = binding;
  if (body === undefined || (verb !== 'create' && verb !== 'update')) return [];
  const said = JSON.stringify(contract.rules.map(({ options }) => options));
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
      : [make(resource.name, 'made'), callOn(binding, 'made', { with: sent, ...judge })];
  return [check(contract, 'accepts', binding, 'accepts-nulls', steps)];
}

/** Each documented constraint of the body broken alone; those that a rule states too are the rule's. */
function broken(contract: Contract, binding: Binding): PlannedCheck[] {
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
      return check(contract, 'refuses', binding, `refuses-${field}-${keyword}`, steps);
    });
}

/** A required field that is null, where its type has no null. */
function asNull({ verb, body = true }: Binding, variation: Variation): Variation[] {
  if (verb !== 'create' || variation.keyword !== 'required') return [];
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
function malformed(contract: Contract, binding: Binding): PlannedCheck[] {
  const { verb, body, operation } = binding;
  if ((verb !== 'create' && verb !== 'list') || body === undefined) return [];
  const refuses = (id: string, raw: string, because: string) =>
    check(contract, 'refuses', binding, id, [
      ...besidesOthers(binding),
      { call: operation.id, path: ownersIn(binding, 'made'), raw, expect: 'missing', because },
    ]);
  return [
    refuses('refuses-malformed', '{"name": ', 'the body is no JSON'),
    ...(verb === 'create' ? [refuses('refuses-list', '[1]', 'the body is a list')] : []),
  ];
}

/** A record whose owners the path names, where it names any. */
function besidesOthers({ owners, resource }: Binding): Step[] {
  return owners.length === 0 ? [] : [shared(resource.name)];
}

function unknownId(contract: Contract, binding: Binding): PlannedCheck[] {
  const { idParameter, operation } = binding;
  if (idParameter === undefined) return unknownOwners(contract, binding);
  const steps: Step[] = [
    ...besidesOthers(binding),
    {
      call: operation.id,
      path: { ...ownersIn(binding, 'made'), [idParameter]: '=fresh()' },
      ...bodyFor(binding),
      expect: 'missing',
      because: 'no record has this id',
    },
  ];
  return [
    check(contract, 'unknown-id', binding, 'unknown-id', steps),
    ...unknownOwners(contract, binding),
  ];
}

/** A part that is there, in something that is not. */
function unknownOwners(contract: Contract, binding: Binding): PlannedCheck[] {
  const { owners, resource, verb } = binding;
  return owners.map(({ parameter, resource: { name } }) => {
    const call = callOn(binding, 'made', verb === 'create' ? {} : bodyFor(binding));
    const path = { ...call.path, [parameter]: '=fresh()' };
    const because = `no ${name} has this id`;
    const body = verb === 'create' ? { with: oneMore(contract, binding) } : {};
    const steps: Step[] = [
      shared(resource.name),
      { ...call, path, ...body, expect: 'missing', because },
    ];
    return check(contract, 'unknown-id', binding, `unknown-${name}`, steps);
  });
}

/** A body that makes one more record like the captured one. */
function oneMore(contract: Contract, { each, resource }: Binding): JsonObject {
  const fields = Object.entries(resource.sample).map(([field, value]) => [
    field,
    namedIn(contract, value).length === 0 ? value : `=made.${field}`,
  ]);
  const record = Object.fromEntries(fields);
  return each === undefined ? record : { [each]: [record] };
}

/** A body that an update may be sent, with a text of its own where it takes one. */
function bodyFor(binding: Binding) {
  if (binding.body === undefined) return {};
  const { body } = binding;
  const text = TEXTS.find((field) => fieldSchema(body, field) !== undefined);
  if (text !== undefined) return { with: { [text]: '=fresh()' } };
  const needed = requiredFields(body).flatMap((field) => {
    const value = fittingValue(field, fieldSchema(body, field));
    return value === undefined ? [] : [[field, value]];
  });
  return { with: Object.fromEntries(needed) };
}

const TEXTS = ['description', 'name'];

/** Without credentials nothing is answered and nothing done; with a stranger's nothing of ours is shown. */
function credentials(contract: Contract, binding: Binding): PlannedCheck[] {
  const { operation, resource, verb, idParameter } = binding;
  if (operation.credentials.length === 0) return [];
  const judge = { expect: 'missing', because: 'no credentials are sent' } as const;
  const target: Step[] =
    idParameter === undefined
      ? []
      : [verb === 'delete' ? make(resource.name, 'made') : shared(resource.name)];
  const before =
    verb === 'delete' || verb === 'update'
      ? readOf(contract, resource.name, 'made', { as: 'before', once: 1 })
      : [];
  const call: Step =
    verb === 'create'
      ? { ...make(resource.name, 'stolen'), by: 'nobody', ...judge }
      : callOn(binding, 'made', { ...bodyFor(binding), by: 'nobody', ...judge });
  const changed = ['status', ...TEXTS].filter((field) => resource.fields.includes(field));
  const after =
    before.length === 0
      ? []
      : readOf(contract, resource.name, 'made', {
          that: every(changed.map((field) => `same(answer.${field}, before.${field})`)),
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
