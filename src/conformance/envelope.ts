// How a list's answer is laid out, read off the contract: where its entries stand, where the total, and how the next
// page is asked for.

import type { Binding, Contract } from '../contract/contract.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';

export interface Envelope {
  /** Keys to the entries: `items`, `data`; none where the answer is the list itself. */
  readonly items: readonly string[];
  /** Keys to the number of all entries; empty where the answer gives none. */
  readonly total: readonly string[];
  /** Keys to the id, or the token, by which the next page is asked for; empty where the answer gives none. */
  readonly next: readonly string[];
  readonly paging: Paging | undefined;
}

export interface Paging {
  readonly size: { readonly param?: string; readonly max?: number };
  readonly skip?: { readonly param: string };
  readonly page?: { readonly param: string; readonly first: number };
  readonly after?: { readonly param: string };
}

/** Where the id of the last entry stands in an envelope, as long as there are more of them. */
export const NEXT = '=more ? last : null';

/** The envelope of a list; entries in `items`, without paging, where the contract says no more. */
export function envelopeOf(contract: Contract, { operation, answer }: Binding): Envelope {
  const rule = contract.rules.find(
    ({ kind, options }) =>
      kind === 'list' &&
      options['page'] !== undefined &&
      [options['at']].flat().includes(operation.id),
  );
  const page = rule?.options['page'] as unknown as (Paging & { readonly answer: Json }) | undefined;
  const template = page?.answer ?? answer?.text ?? {};
  return {
    items: keysTo(template, '=items') ?? ['items'],
    total: keysTo(template, '=total') ?? [],
    next: keysTo(template, NEXT) ?? [],
    paging: page,
  };
}

/** The entries of a list's answer; undefined when there is no list where they should be. */
export function entriesOf(
  contract: Contract,
  binding: Binding,
  body: Json | undefined,
): readonly Json[] | undefined {
  const { items } = envelopeOf(contract, binding);
  const found = items.length === 0 ? body : valueAt(isObject(body) ? body : {}, items);
  return Array.isArray(found) ? (found as Json[]) : undefined;
}

/** The value that the keys lead to; undefined when one of them is missing. */
export function valueAt(body: JsonObject, keys: readonly string[]): Json | undefined {
  let value: Json | undefined = body;
  for (const key of keys) value = isObject(value) ? value[key] : undefined;
  return keys.length === 0 ? undefined : value;
}

/** The keys that lead to a value in a template; undefined when it isn't there. */
export function keysTo(template: Json, wanted: string): string[] | undefined {
  if (template === wanted) return [];
  if (!isObject(template)) return undefined;
  for (const [key, child] of Object.entries(template)) {
    const rest = keysTo(child, wanted);
    if (rest !== undefined) return [key, ...rest];
  }
  return undefined;
}
