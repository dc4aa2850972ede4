// One exchange as the rules see it: who asked what, what came back, and the records that the answer shows.

import { entriesOf } from '../conformance/envelope.ts';
import type { Exchange } from '../conformance/verdict.ts';
import {
  type Binding,
  type Contract,
  fieldSchema,
  full,
  type Resource,
} from '../contract/contract.ts';
import { isObject, type Json, type JsonObject, sameJson } from '../model/json.ts';

export interface Heard {
  readonly exchange: Exchange;
  readonly binding: Binding;
  /** Whose records it is about. */
  readonly caller: string;
  /** Its place among all beginnings and ends of requests. */
  readonly began: number;
  readonly ended: number;
  /** When it ended, in milliseconds. */
  readonly time: number;
  readonly status: number;
  readonly params: Readonly<Record<string, string>>;
  /** What was sent; empty where it was no object, or was not read. */
  readonly input: JsonObject;
  /** The answer's body; undefined where there is none, or it was not read. */
  readonly answer: Json | undefined;
}

/** A record as one answer shows it. */
export interface Showing {
  readonly resource: Resource;
  readonly id: string;
  readonly record: JsonObject;
  /** The schema that the answer shows it by. */
  readonly shown: JsonObject;
  readonly heard: Heard;
}

/** What a rule has to say of an exchange. */
export interface Judged {
  /** Why the rule is broken; absent when it was kept. */
  readonly reason?: string;
  /** The requests that show it. */
  readonly exchanges?: readonly Exchange[];
}

/** A rule, listening. */
export interface Watcher {
  hear(heard: Heard, showings: readonly Showing[]): Judged[];
}

/** The records of the operation's own resource that the answer shows whole. */
export function showingsOf(contract: Contract, heard: Heard): Showing[] {
  const { binding, status, answer } = heard;
  const { verb, resource, shown } = binding;
  if (status < 200 || status >= 300 || answer === undefined) return [];
  if (verb === 'delete' || verb === 'action' || binding.each !== undefined) return [];
  if (binding.action !== undefined || resource.owner !== undefined) return [];
  const records = verb === 'list' ? (entriesOf(contract, binding, answer) ?? []) : [answer];
  if (verb !== 'list' && binding.answer !== undefined) return [];
  return records.flatMap((record) => {
    const id = isObject(record) ? record[resource.key] : undefined;
    if (!isObject(record) || (typeof id !== 'string' && typeof id !== 'number')) return [];
    return [{ resource, id: String(id), record, shown, heard }];
  });
}

/** Names a record of a caller. */
export function keyOf(caller: string, resource: string, id: string): string {
  return JSON.stringify([caller, resource, id]);
}

/** Whether two answers show the same state of a record, as far as both show it. */
export function isUnchanged(one: Showing, other: Showing): boolean {
  return Object.keys(one.record).every(
    (field) =>
      !Object.hasOwn(other.record, field) || sameJson(one.record[field], other.record[field]),
  );
}

/** Whether the record counts as present; undefined where the answer does not show what that hangs on. */
export function isPresent({ resource, record, shown }: Showing): boolean | undefined {
  const fields = [...(resource.liveText ?? '').matchAll(/\bself\.(\w+)/g)].map(([, f]) => f ?? '');
  if (fields.some((field) => fieldSchema(shown, field) === undefined)) return undefined;
  return resource.live(full(resource, record));
}

/** Whether one ended before the other began. */
export function isBefore(one: Heard, other: Heard): boolean {
  return one.ended < other.began;
}
