// What is asked of the server between the volleys: what a tenant sees, and how a new one is answered.

import type { JsonObject } from '../../src/model/json.ts';
import type { Operation } from '../../src/spec/spec.ts';
import type { Answer, Message } from './message.ts';
import { marked } from './sample.ts';
import { call, jsonOf, type Target, whole } from './target.ts';
import type { Line } from './wire.ts';

/** Stands in every text of the one tenant that nobody else may see. */
export const SECRET = '-CANARY-8f3a61';
export const CANARY = 'canary';

/** All lists of the tenant, as text. */
export function lists(all: readonly Target[], line: Line, tenant: string): Promise<string> {
  return seen(all, line, tenant, (id) => id === undefined);
}

/** All lists and the fixture's records, one by one. */
export function everything(all: readonly Target[], line: Line, tenant: string): Promise<string> {
  return seen(all, line, tenant, () => true);
}

async function seen(
  all: readonly Target[],
  line: Line,
  tenant: string,
  isMeant: (id: string | undefined) => boolean,
): Promise<string> {
  const texts: string[] = [];
  for (const target of all) {
    for (const { operation, id } of target.reads.filter((read) => isMeant(read.id))) {
      const options = { ...whole(operation), ...(id === undefined ? {} : { id }) };
      texts.push(said(operation, await line.ask(call(target, operation, tenant, options))));
    }
  }
  return texts.join('\n');
}

function said(operation: Operation, { status, headers, body }: Answer): string {
  return `${operation.id} ${status} ${headers.get('content-type')} ${body}`;
}

/** Makes the records that nobody else may see; gives back their ids. */
export async function settle(all: readonly Target[], line: Line): Promise<string[]> {
  const ids: string[] = [];
  for (const target of all) {
    for (const [operation, body] of creates(target, SECRET)) {
      const answer = await line.ask(call(target, operation, CANARY, { body }));
      ids.push(String((jsonOf(answer) as JsonObject)['id']));
    }
  }
  return ids;
}

function creates(target: Target, mark: string): [Operation, JsonObject][] {
  const ids = new Set(target.rows.map((row) => String(row['id'])));
  return target.operations.flatMap((operation): [Operation, JsonObject][] => {
    const body = target.taken.get(operation.id);
    const isCreate = operation.answers.some(({ status }) => status === '201');
    return body === undefined || !isCreate ? [] : [[operation, marked(operation, body, mark, ids)]];
  });
}

/**
 * What a new tenant hears on a walk through every operation: records made, read, changed and deleted, and
 * refusals of each kind. Ids that were made on the way are numbered, so that two walks can be compared.
 */
export async function walk(all: readonly Target[], line: Line, tenant: string): Promise<string> {
  const texts: string[] = [];
  const made: string[] = [];
  const ask = async (operation: Operation, message: Message) => {
    const answer = await line.ask(message);
    texts.push(said(operation, answer));
    return answer;
  };
  for (const target of all) {
    const before = made.length;
    for (const [operation, body] of creates(target, '-walk')) {
      const answer = await ask(operation, call(target, operation, tenant, { body }));
      if (answer.status !== 201) throw new Error(`no journey: ${texts.at(-1)}`);
      made.push(String((jsonOf(answer) as JsonObject)['id']));
      await ask(operation, call(target, operation, tenant, { body: {} }));
      await ask(operation, { ...call(target, operation, tenant, { body }), headers: [] });
    }
    if (made.length === before) throw new Error(`nothing can be made at ${target.api}`);
    await walkRecords(target, tenant, made.slice(before), ask);
  }
  texts.push(await everything(all, line, tenant));
  const text = texts.join('\n').replace(/tenant_[0-9a-f]{26}/g, 'tenant');
  return made.reduce((rest, id, i) => rest.replaceAll(id, `id-${i}`), text);
}

/** Reads, changes and deletes: every operation on one record, at each record made and at none. */
async function walkRecords(
  target: Target,
  tenant: string,
  made: readonly string[],
  ask: (operation: Operation, message: Message) => Promise<Answer>,
): Promise<void> {
  const order = ['GET', 'PUT', 'PATCH', 'POST', 'DELETE'];
  const own = target.operations
    .filter(({ path }) => path.includes('{'))
    .sort((a, b) => order.indexOf(a.method) - order.indexOf(b.method));
  for (const operation of own) {
    const body = target.taken.get(operation.id);
    for (const id of [...made, 'none']) {
      const options = body === undefined ? { id } : { id, body };
      await ask(operation, call(target, operation, tenant, options));
    }
  }
}
