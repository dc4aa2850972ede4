// Step 2: who is asking. The caller's tenant comes from the credential, the environment from the header
// that the contract names; together they are the scope that keeps callers apart.

import type { Contract } from '../contract/contract.ts';
import type { HttpRequest } from '../model/http.ts';
import type { Caller } from '../rules/kind.ts';
import type { Credential, Operation } from '../spec/spec.ts';
import { cookiesOf } from './cookies.ts';
import type { Env } from './env.ts';

/** The caller; undefined when the operation wants a credential that isn't there, or that nobody holds. */
export function authenticate(
  contract: Contract,
  operation: Operation,
  request: HttpRequest,
  env: Env,
): Caller | undefined {
  const tenant =
    operation.credentials.length === 0 ? 'everyone' : tenantOf(operation.credentials, request, env);
  if (tenant === undefined) return undefined;
  return { tenant, environment: environmentOf(contract, request) };
}

function tenantOf(credentials: readonly Credential[], request: HttpRequest, env: Env) {
  for (const credential of credentials) {
    const secret = secretOf(credential, request);
    const tenant = secret === undefined ? undefined : env.tenant(secret);
    if (tenant !== undefined) return tenant;
  }
  return undefined;
}

function secretOf(credential: Credential, { headers, query }: HttpRequest): string | undefined {
  if (credential.in === 'query') return query.get(credential.name)?.at(-1);
  const value =
    credential.in === 'cookie'
      ? cookiesOf(headers['cookie']).get(credential.name)?.at(-1)
      : headers[credential.name.toLowerCase()];
  if (value === undefined || !value.toLowerCase().startsWith(credential.prefix.toLowerCase())) {
    return undefined;
  }
  return value.slice(credential.prefix.length).trim();
}

function environmentOf({ callers }: Contract, { headers }: HttpRequest): string {
  if (callers.environment === undefined) return '';
  const { header, else: fallback } = callers.environment;
  return headers[header.toLowerCase()] || fallback;
}
