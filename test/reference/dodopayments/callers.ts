// Who is calling: every bearer token is a business of its own.

import type { Switches } from './model.ts';
import { broken, Refusal } from './model.ts';
import type { Store } from './store.ts';

export function tokenOf(header: string | undefined, { on }: Switches): string {
  const text = header?.trim() ?? '';
  if (/^Bearer$/i.test(text) && on('auth-empty-bearer-accepted')) return 'empty';
  const scheme = on('auth-other-schemes-accepted') ? /^\w+\s+(\S.*)$/ : /^Bearer\s+(\S.*)$/i;
  return scheme.exec(text)?.[1] ?? '';
}

function refusal({ on }: Switches): Error {
  if (on('auth-missing-500')) return broken();
  const status = on('auth-missing-403') ? 403 : on('auth-missing-404') ? 404 : 401;
  const code = on('auth-code-wrong') ? 'NOT_FOUND' : 'UNAUTHORIZED';
  return new Refusal(on('auth-missing-200') ? 200 : status, code, 'Not authorised.');
}

export function tenantOf(
  header: string | undefined,
  switches: Switches,
  keys: string[] | undefined,
): string {
  const { on } = switches;
  const token = tokenOf(header, switches);
  const empty = token === 'empty' && on('auth-empty-bearer-accepted');
  const listed = keys === undefined || keys.includes(token);
  const known = listed || empty || on('auth-unknown-keys-accepted');
  if (token === '' || !known) throw refusal(switches);
  if (on('keys-ignore-case')) return token.toLowerCase();
  if (on('keys-cut')) return token.slice(0, 8);
  return on('tenants-shared') ? 'all' : token;
}

// A route that needs no token acts for whoever owns the thing the path names.
export function ownerOf(store: Store, id: string): string {
  const row =
    store.collections.get(id) ??
    store.products.get(id) ??
    store.meters.get(id) ??
    store.credits.get(id) ??
    store.addons.get(id);
  return row?.tenant ?? 'nobody';
}
