// Steps that several kinds' probes are built from. They know the contract's bindings, and no server.

import { type Binding, type Contract, fieldSchema, requiredFields } from '../contract/contract.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { Call, Make, Sender, Step } from '../model/steps.ts';
import { fittingValue } from './bodies.ts';

export type Judge = Pick<
  Call,
  | 'as'
  | 'by'
  | 'expect'
  | 'given'
  | 'once'
  | 'that'
  | 'because'
  | 'query'
  | 'until'
  | 'seen'
  | 'status'
>;

/** Makes a record of the resource. */
export function make(resource: string, as: string, more: Partial<Make> = {}): Make {
  return { make: resource, as, ...more };
}

/** A record that all checks share which leave it as it is; made once in a run. */
export function shared(resource: string, as = 'made'): Make {
  return { make: resource, as, once: 1 };
}

/** The number of the record that `changing` makes. */
const CHANGED = 3000;

/** A record that checks change one after another: who must know how it is reads it first. */
export function changing(resource: string, as = 'made'): Make {
  return { make: resource, as, once: CHANGED };
}

/** Calls an operation on the record captured under the name; an update sends all that it must. */
export function callOn(binding: Binding, name: string, more: Judge & { with?: Json } = {}): Call {
  const { by, idParameter, operation, resource, verb, body = true } = binding;
  const own = `=${name}.${by}`;
  const path = {
    ...ownersIn(binding, name),
    ...(idParameter === undefined ? {} : { [idParameter]: own }),
  };
  const namesOne = verb === 'read' || verb === 'update' || verb === 'delete';
  const isSent = idParameter === undefined && namesOne && !resource.single;
  const isInBody = isSent && fieldSchema(body, by) !== undefined;
  const isInQuery = isSent && operation.parameters.some((one) => isQuery(one) && one.name === by);
  const needed = { ...(isInBody ? { [by]: own } : {}), ...neededBy(binding, name) };
  return {
    call: operation.id,
    ...(Object.keys(path).length === 0 ? {} : { path }),
    ...more,
    ...(isInQuery ? { query: { [by]: own, ...more.query } } : {}),
    ...(Object.keys(needed).length === 0
      ? {}
      : { with: { ...needed, ...(more.with as JsonObject | undefined) } }),
  };
}

function isQuery({ in: where }: Binding['operation']['parameters'][number]): boolean {
  return where === 'query';
}

/** What an update asks for in its body: the captured record's own values, and others that fit. */
function neededBy({ verb, body = true, resource }: Binding, name: string): JsonObject {
  if (verb !== 'update') return {};
  const { sample, fields } = resource;
  return Object.fromEntries(
    requiredFields(body).flatMap((field): [string, Json][] => {
      const schema = fieldSchema(body, field);
      if (schema?.['readOnly'] === true) return [];
      if (field in sample && fields.includes(field)) return [[field, `=${name}.${field}`]];
      const value = sample[field] ?? fittingValue(field, schema);
      return value === undefined ? [] : [[field, value]];
    }),
  );
}

/** What a captured part belongs to, as the player keeps it beside the part's own fields. */
export const OWNERS = 'owners_';

/** The path parameters that name what the captured part belongs to; none where the resource is no part. */
export function ownersIn({ owners }: Binding, name: string): JsonObject {
  return Object.fromEntries(
    owners.map(({ parameter, resource }) => [parameter, `=${name}.${OWNERS}.${resource.name}`]),
  );
}

/**
 * Reads the captured record again, by itself or, where it is a part, in what it belongs to. Empty where the
 * API can't read one.
 */
export function readOf(
  contract: Contract,
  resource: string,
  name: string,
  more: Judge = {},
): Call[] {
  const own = contract.bindingFor('read', resource);
  if (own !== undefined) return [callOn(own, name, more)];
  const found = readerOf(contract, resource);
  if (found === undefined) return [];
  const { reader, path } = found;
  const whole = `=${name}.${OWNERS}.${reader.resource.name}`;
  return [
    {
      call: reader.operation.id,
      path: { [reader.idParameter ?? '']: whole },
      part: { of: resource, path, id: `=${name}.${contract.resource(resource).key}` },
      ...more,
    },
  ];
}

/** The operation that reads what a part belongs to, and where in its answer the parts stand. */
export function readerOf(
  contract: Contract,
  resource: string,
): { reader: Binding; path: string } | undefined {
  const { owner } = contract.resource(resource);
  if (owner === undefined) return undefined;
  const [field] = [...contract.resource(owner).parts].find(([, part]) => part === resource) ?? [''];
  const reader = contract.bindingFor('read', owner);
  if (field === '') return undefined;
  if (reader !== undefined) return { reader, path: `${field}[]` };
  const above = readerOf(contract, owner);
  return above && { reader: above.reader, path: `${above.path}.${field}[]` };
}

/** Deletes the captured record, with the body that a delete with a body demands. */
export function deleteOf(
  contract: Contract,
  resource: string,
  name: string,
  more: Judge = {},
): Call[] {
  const binding = contract.bindingFor('delete', resource);
  if (binding === undefined) return [];
  return [callOn(binding, name, binding.body === undefined ? more : { ...more, with: {} })];
}

export const OTHER: { readonly by: Sender } = { by: 'other' };

/**
 * Steps that show that the server keeps environments apart, by a record of another sort made in another one
 * and not found in the first. Empty where the contract knows no environments.
 */
export function environmentsApart(contract: Contract, resource: string): Step[] {
  if (contract.callers.environment === undefined) return [];
  const evidence = [...contract.resources.keys()].find(
    (name) =>
      name !== resource && contract.bindingFor('read', name) && contract.bindingFor('create', name),
  );
  if (evidence === undefined) return [];
  return [
    make(evidence, 'evidence', { by: 'elsewhere', once: 1 }),
    ...readOf(contract, evidence, 'evidence', { given: 'missing', once: 1 }),
  ];
}
