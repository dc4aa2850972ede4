// Who is calling: turns the Authorization header of a request into a tenant.

import type { Fields, Switches } from './model.ts';
import { broken, Refusal } from './model.ts';
import type { Store } from './store.ts';

export class Unauthorized extends Error {}

export function tokenOf(header: string | undefined, { on }: Switches): string {
  const text = header?.trim() ?? '';
  if (/^Bearer$/i.test(text) && on('auth-empty-bearer-accepted')) return 'empty';
  const scheme = on('auth-basic-accepted') ? /^\w+\s+(\S.*)$/ : /^Bearer\s+(\S.*)$/i;
  return scheme.exec(text)?.[1] ?? '';
}

function refusal(token: string, { on }: Switches): Error {
  if (on('auth-missing-answers-403')) return new Refusal(403, 'Access denied');
  if (on('auth-missing-answers-404')) return new Refusal(404, 'Not found');
  if (on('auth-missing-answers-500')) return broken();
  return new Unauthorized(token === '' ? 'JWT Token not found' : 'Invalid JWT Token');
}

export function tenantOf(
  header: string | undefined,
  switches: Switches,
  keys: string[] | undefined,
): string {
  const token = tokenOf(header, switches);
  const known = keys === undefined || keys.includes(token);
  if (token === '' || !known) throw refusal(token, switches);
  return switches.on('tenants-shared') ? 'all' : token;
}

// A route that needs no token acts for whoever owns the thing the request is about.
export function ownerOf(store: Store, id: string, body: Fields): string {
  const customer = typeof body['customer'] === 'string' ? body['customer'] : '';
  const row =
    store.groups.get(id) ??
    store.subscriptions.get(id) ??
    store.customers.get(id) ??
    store.customers.get(customer);
  return row?.tenant ?? 'nobody';
}
