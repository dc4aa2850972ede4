// The records that a path names: what it is about, and what that is a part of. Each must exist, be the
// caller's, and be a part of the one before it.

import { OWNER, type Resource } from '../contract/contract.ts';
import type { Access, Context } from '../rules/kind.ts';
import type { Row } from '../state/state.ts';
import type { Refused } from './handle.ts';
import type { Target } from './propose.ts';

type Params = Readonly<Record<string, string>>;

/** The records, or that there is no such one; a path without ids names none. */
export function targetOf(context: Context, params: Params): Target | Refused {
  const { owners, resource, idParameter, by, verb } = context.binding;
  const access = verb === 'read' ? 'read' : 'write';
  let owner: Row | undefined;
  for (const { parameter, resource: above } of owners) {
    const row = named(context, access, above, above.key, params[parameter] ?? '', owner);
    if (row === undefined) return unknown(above, above.key, params[parameter]);
    owner = row;
  }
  if (resource.single) return theOnly(context, owner);
  const id = idParameter === undefined ? sentId(context) : (params[idParameter] ?? '');
  if (id === undefined) return { row: undefined, owner };
  const row = named(context, access, resource, by, id, owner);
  return row === undefined ? unknown(resource, by, id) : { row, owner };
}

/** The one record of its sort that there is; none where it is still to be made, by what is asked. */
function theOnly(context: Context, owner: Row | undefined): Target | Refused {
  const { view, contract, binding } = context;
  const { resource, operation, verb } = binding;
  const row = view.all(resource.name).find((one) => partOf(owner, one) !== undefined);
  const isPut = verb === 'update' && operation.method !== 'PATCH';
  const isThereAtFirst = contract.bindingFor('delete', resource.name) === undefined;
  if (row !== undefined || isPut || isThereAtFirst) return { row, owner };
  return { error: 'not-found', says: `there is no ${resource.name}` };
}

/** The id in the query or in the body, where no path names the record: `PUT /pets` with the whole pet. */
function sentId({ binding: { verb, by, action }, query, input }: Context): string | undefined {
  if (verb === 'create' || verb === 'list' || action !== undefined) return undefined;
  return String(query[by] ?? input[by] ?? '');
}

/** The record of that name, in the owner where there is one: another owner's may have the same. */
function named(
  context: Context,
  access: Access,
  resource: Resource,
  by: string,
  value: string,
  owner: Row | undefined,
): Row | undefined {
  if (by === resource.key) {
    const row = context.reach(access, resource, value);
    if (row === undefined || partOf(owner, row) !== undefined) return row;
  }
  return context.view
    .find(resource.name, by, value)
    .find(
      (row) =>
        partOf(owner, row) !== undefined &&
        resource.live(row.data) &&
        context.reach(access, resource, row.id) === row,
    );
}

/** The row, where it is a part of the owner, or where there is none to be a part of. */
function partOf(owner: Row | undefined, row: Row | undefined): Row | undefined {
  return owner === undefined || row?.data[OWNER] === owner.id ? row : undefined;
}

function unknown({ name }: Resource, by: string, value: string | undefined): Refused {
  return { error: 'not-found', says: `no ${name} has the ${by} ${value}` };
}
