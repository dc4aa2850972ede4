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

// The second scheme; seed 004 shows it for plans.
function bearerOf(headers: IncomingHttpHeaders, switches: Switches): string {
  const text = one(headers.authorization);
  const scheme = switches.odd('bearer-scheme-exact') ? /^Bearer (.+)$/ : /^Bearer +(.+)$/i;
  const token = scheme.exec(text)?.[1]?.trim() ?? '';
  if (token !== '' || text === '') return token;
  if (switches.on('bearer-bad-answers-500')) throw new Error('broken on purpose');
  if (switches.on('bearer-bare-accepted') && !text.includes(' ')) return text;
  const basic = /^Basic (.+)$/i.exec(text)?.[1] ?? '';
  return switches.on('bearer-basic-accepted') ? basic : '';
}

interface Credential {
  key: string;
  bearer: boolean;
  valid: boolean;
}

// The key counts first, the token only when the key is missing or wrong.
function credentialOf(
  headers: IncomingHttpHeaders,
  switches: Switches,
  allowed: { keys: string[] | undefined; bearer: boolean },
): Credential {
  const known = (key: string, any: boolean): boolean =>
    key !== '' && (any || allowed.keys === undefined || allowed.keys.includes(key));
  const key = one(headers['x-api-key']);
  const byKey = { key, bearer: false, valid: known(key, switches.on('auth-any-key')) };
  const open = allowed.bearer && !switches.on('bearer-refused');
  if (!open && !switches.odd('bearer-accepted-too')) return byKey;
  const token = bearerOf(headers, switches);
  const any = switches.on('bearer-any-token-accepted') || switches.on('auth-any-key');
  const byToken = { key: token, bearer: true, valid: known(token, any) };
  if (byToken.valid && switches.on('bearer-wins-over-key')) return byToken;
  return byKey.valid || !byToken.valid ? byKey : byToken;
}

function envOf(headers: IncomingHttpHeaders, switches: Switches, bearer: boolean): string {
  if (switches.on('environments-shared')) return 'default';
  if (bearer && switches.on('bearer-ignores-environment')) return 'default';
  return one(headers['x-environment-id']) || 'default';
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
  allowed: { keys: string[] | undefined; bearer: boolean },
): Scope {
  const { key, bearer, valid } = credentialOf(headers, switches, allowed);
  const nameless = key === '' && switches.on('auth-missing-accepted');
  if (!valid && !nameless) throw refuse(switches);
  const shared = switches.on('tenants-shared') || (bearer && switches.on('bearer-shares-tenant'));
  return { tenant: shared ? 'all' : key, env: envOf(headers, switches, bearer) };
}

// A route that needs no key acts for whoever owns the thing with that id or key.
export function ownerOf(store: Store, id: string): Scope {
  const row =
    store.groups.get(id) ??
    store.prices.get(id) ??
    store.plans.get(id) ??
    store.meters.get(id) ??
    store.customers.get(id) ??
    store.prices.all().find((price) => id !== '' && price.lookupKey === id) ??
    store.customers.all().find((customer) => id !== '' && customer.externalId === id);
  return { tenant: row?.tenant ?? 'nobody', env: row?.env ?? 'default' };
}
