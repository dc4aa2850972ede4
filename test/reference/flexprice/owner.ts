// What answers about plans and prices have in common: owner, times, and unset text.

import { createHash } from 'node:crypto';
import type { Answer, Call, Fields, Row } from './model.ts';
import { showTime } from './times.ts';

const named = (prefix: string, text: string): string =>
  `${prefix}_${createHash('sha256').update(text).digest('hex').slice(0, 20)}`;

// The keys every plan and price ends with. The tenant is hashed: it is the caller's key.
export function showOwner(call: Call, row: Row): Fields {
  const user = named('user', row.tenant);
  const changed = call.odd('updated-by-another-user') && row.updated !== row.created;
  return {
    environment_id: row.env,
    tenant_id: named('tenant', row.tenant),
    status: row.status,
    created_at: showTime(call, row.created),
    updated_at: showTime(call, row.updated),
    created_by: user,
    updated_by: changed ? named('user', `${row.tenant} 2`) : user,
  };
}

// Unset text may be left out or be null instead of empty; both are benign.
export function dressUnset(call: Call, shown: Fields, keys: string[]): Fields {
  for (const key of keys) {
    const value = shown[key];
    if (value !== '' && value !== undefined) continue;
    if (call.odd('absent-when-unset')) delete shown[key];
    if (call.odd('null-when-unset')) shown[key] = null;
  }
  return shown;
}

// The answer to a delete of a plan or a price.
export function deleted(call: Call, kind: string, id: string): Answer {
  const body: Fields = { message: `The ${kind} has been deleted` };
  if (call.odd('delete-answers-more')) Object.assign(body, { id, deleted: true });
  return { status: 200, body };
}
