// Who may see what: finds a row by id for a caller, or answers that there is none.

import type {
  Call,
  Customer,
  FaultId,
  Group,
  Kind,
  Meter,
  Plan,
  Price,
  Row,
  Scope,
} from './model.ts';
import { Refusal, Shortcut } from './model.ts';
import type { Table } from './store.ts';

export interface Leak {
  tenant?: FaultId;
  env?: FaultId;
}

export const sameScope = (row: Scope, scope: Scope): boolean =>
  row.tenant === scope.tenant && row.env === scope.env;

export const elsewhere = (row: Scope, scope: Scope): boolean =>
  row.tenant === scope.tenant && row.env !== scope.env;

export function visible(call: Call, row: Scope, leak: Leak): boolean {
  if (leak.tenant && call.on(leak.tenant)) return row.env === call.scope.env;
  if (leak.env && call.on(leak.env)) return row.tenant === call.scope.tenant;
  return sameScope(row, call.scope);
}

export function missing(call: Call, kind: Kind, id: string): Error {
  if (call.on(`${kind}-unknown-answers-200`)) return new Shortcut({ status: 200, body: {} });
  if (call.on(`${kind}-unknown-answers-500`)) return new Error('broken on purpose');
  const status = call.on(`${kind}-unknown-answers-400`) ? 400 : 404;
  const code = status === 400 ? 'validation_error' : 'not_found';
  return new Refusal(status, code, `There is no ${kind} with this id`, {
    [`${kind}_id`]: { given: id },
  });
}

function find<T extends Row>(call: Call, kind: Kind, table: Table<T>, leak: Leak): T {
  const row = table.get(call.id);
  if (row === undefined || !visible(call, row, leak)) throw missing(call, kind, call.id);
  return row;
}

export const findGroup = (call: Call, leak: Leak): Group =>
  find(call, 'group', call.store.groups, leak);
export const findPlan = (call: Call, leak: Leak): Plan =>
  find(call, 'plan', call.store.plans, leak);
export const findPrice = (call: Call, leak: Leak): Price =>
  find(call, 'price', call.store.prices, leak);
export const findMeter = (call: Call, leak: Leak): Meter =>
  find(call, 'meter', call.store.meters, leak);
export const findCustomer = (call: Call, leak: Leak): Customer =>
  find(call, 'customer', call.store.customers, leak);

// Deleted for good or only archived: its key is free, lists leave it out.
export const isGone = (row: Row): boolean => row.status === 'archived' || row.status === 'deleted';
