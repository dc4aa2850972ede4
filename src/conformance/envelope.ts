// How a list's answer is laid out, read off the contract's paging rule: where its entries stand, where the
// total, and how the next page is asked for.

import type { Binding, Contract } from '../contract/contract.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';

export interface Envelope {
  /** The key of the entries: `items`, `data`. */
  readonly items: string;
  /** Keys to the number of all entries; empty where the answer gives none. */
  readonly total: readonly string[];
  readonly paging: Paging | undefined;
}

export interface Paging {
  readonly size: { readonly param: string; readonly max?: number };
  readonly skip?: { readonly param: string };
  readonly page?: { readonly param: string; readonly first: number };
}

/** The envelope of a list; `items` without paging where no rule says more. */
export function envelopeOf(contract: Contract, { operation }: Binding): Envelope {
  const rule = contract.rules.find(
    ({ kind, options }) =>
      kind === 'list' &&
      options['page'] !== undefined &&
      [options['at']].flat().includes(operation.id),
  );
  if (rule === undefined) return { items: 'items', total: [], paging: undefined };
  const page = rule.options['page'] as unknown as Paging & { readonly answer: JsonObject };
  const items = keysTo(page.answer, '=items')?.[0] ?? 'items';
  return { items, total: keysTo(page.answer, '=total') ?? [], paging: page };
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
