// Who is calling: turns the headers of a request into a tenant and an environment.

import type { IncomingHttpHeaders } from 'node:http';
import type { BenignId, FaultId, Scope } from './model.ts';
import { Refusal, Shortcut } from './model.ts';
import type { Store } from './store.ts';

export interface Switches {
  on(fault: FaultId): boolean;
  odd(variant: BenignId): boolean;
}

const one = (value: string | string[] | undefined): string =>
  (Array.isArray(value) ? value[0] : value)?.trim() ?? '';

function keyOf(headers: IncomingHttpHeaders, switches: Switches): string {
  const key = one(headers['x-api-key']);
  const bearer = /^Bearer (.+)$/i.exec(one(headers.authorization))?.[1] ?? '';
  return key === '' && switches.odd('bearer-accepted-too') ? bearer : key;
}

function refuse(switches: Switches): Error {
  if (switches.on('auth-missing-answers-200')) return new Shortcut({ status: 200, body: {} });
  if (switches.on('auth-missing-answers-500')) return new Error('broken on purpose');
  if (switches.on('auth-missing-answers-404')) {
    return new Refusal(404, 'not_found', 'There is nothing here');
  }
  if (switches.odd('bare-unauthorized-body')) {
    return new Shortcut({ status: 401, body: { error: 'Unauthorized' } });
  }
  const status = switches.odd('forbidden-403') ? 403 : 401;
  return new Refusal(status, 'permission_denied', 'A valid x-api-key is needed');
}

export function callerOf(
  headers: IncomingHttpHeaders,
  switches: Switches,
  keys: string[] | undefined,
): Scope {
  const key = keyOf(headers, switches);
  const known = keys === undefined || keys.includes(key) || switches.on('auth-any-key');
  const allowed = key === '' ? switches.on('auth-missing-accepted') : known;
  if (!allowed) throw refuse(switches);
  const env = one(headers['x-environment-id']) || 'default';
  return {
    tenant: switches.on('tenants-shared') ? 'all' : key,
    env: switches.on('environments-shared') ? 'default' : env,
  };
}

// A route that needs no key acts for whoever owns the thing with that id.
export function ownerOf(store: Store, id: string): Scope {
  const row = store.groups.get(id) ?? store.prices.get(id) ?? store.plans.get(id);
  return { tenant: row?.tenant ?? 'nobody', env: row?.env ?? 'default' };
}
