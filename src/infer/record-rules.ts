// The rules of records that a document implies: ids that callers send, and deletes after which a read has a status of
// its own.

import { fieldSchema } from '../contract/contract.ts';
import type { JsonObject } from '../model/json.ts';
import type { Schema } from '../schema/validate.ts';
import { recordContent } from '../spec/contents.ts';
import type { Bindings } from './bindings.ts';
import { boundTo } from './bound.ts';
import type { Bound, Found, Stated, Verb } from './guess.ts';
import { kebab } from './names.ts';

/** The rules of all resources. */
export function recordRules(resources: ReadonlyMap<string, Found>, bindings: Bindings): Stated[] {
  return [...resources.values()].flatMap((found) => [
    ...sentId(found, bindings),
    ...gone(found, bindings),
  ]);
}

/** The operation that makes records of the resource; undefined where none does. */
export function createOf(name: string, bindings: Bindings): Bound | undefined {
  return boundOf(name, 'create', bindings);
}

/** What is sent of the one record; undefined where nothing is. */
export function sentTo(create: Bound | undefined): Schema | undefined {
  const sent = recordContent(create?.operation.body?.contents);
  const within = create?.more['within'];
  return typeof within === 'string' ? fieldSchema(sent ?? true, within) : sent;
}

function boundOf(name: string, verb: Verb, bindings: Bindings): Bound | undefined {
  return boundTo(name, bindings).find((one) => one.verb === verb);
}

function stated({ name }: Found, what: string, rule: JsonObject): Stated[] {
  return [{ id: `${kebab(name)}.${what}`, rule, why: 'what a document implies' }];
}

/** No two records have the same id, where callers say it. */
function sentId(found: Found, bindings: Bindings): Stated[] {
  const { name, key, owner } = found;
  const create = createOf(name, bindings);
  const sent = fieldSchema(sentTo(create) ?? true, key);
  if (create === undefined || sent === undefined || sent['readOnly'] === true) return [];
  const refuses = create.operation.answers.some(({ status }) => status === '409');
  return stated(found, `${kebab(key)}-unique`, {
    says: `No two records ${owner === undefined ? '' : `of one ${owner} `}have the same ${key}.`,
    assumed: 'the caller says it, and it names one record',
    unique: { of: name, by: key, ...(owner === undefined ? {} : { within: owner }) },
    ...(refuses ? { refuse: 'conflict' } : {}),
  });
}

/** A deleted record can't be read, where reads of what is not there have a status and deletes answer nothing. */
function gone(found: Found, bindings: Bindings): Stated[] {
  const { name, single } = found;
  const [remove, read] = [boundOf(name, 'delete', bindings), boundOf(name, 'read', bindings)];
  if (remove === undefined || read === undefined || remove.more['set'] !== undefined) return [];
  const missing = read.operation.answers.find(({ status }) => status === '404' || status === '410');
  const isSilent = remove.operation.answers.some(({ status }) => status === '204');
  if (single || missing === undefined || !isSilent) return [];
  const [to, from] = [remove.operation, read.operation];
  return stated(found, 'deleted-is-gone', {
    says: `A ${name} that was deleted can't be read.`,
    documented: `${to.method} ${to.path}, 204; ${from.method} ${from.path}, ${missing.status}`,
    'on-delete': { of: name, read: 'gone' },
  });
}
