// What random steps are mostly about: a resource or a field is tried the more often, the more rules that count
// speak of it.

import type { Contract } from '../../contract/contract.ts';

/** In how many of the contract's rules one of the words stands: `price`, `price.group_id`, `updatePrice.group_id`. */
export function mentions({ rules }: Contract, ...words: readonly string[]): number {
  const known = counts.get(rules) ?? new Map<string, number>();
  counts.set(rules, known);
  const key = words.join(' ');
  const count = known.get(key) ?? counted(rules, words);
  known.set(key, count);
  return count;
}

/** What was counted: contracts do not change, and every step asks anew. */
const counts = new WeakMap<Contract['rules'], Map<string, number>>();

function counted(rules: Contract['rules'], words: readonly string[]): number {
  const either = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  const wanted = new RegExp(`(?<![\\w.])(${either})(?![\\w])`);
  return rules.filter(({ options }) => wanted.test(JSON.stringify(options))).length;
}
