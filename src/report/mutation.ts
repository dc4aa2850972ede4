// The result of `mutate` as text: the score, per rule, and what was not found.

import type { MutantResult } from '../conformance/mutate.ts';
import type { Colors } from './list.ts';

/** A line for each rule or operation with its mutants, then the survivors, the equivalents and the score. */
export function mutationText(
  api: string,
  results: readonly MutantResult[],
  colors: Colors,
): string {
  const groups = new Map<string, MutantResult[]>();
  for (const result of results) {
    const owner = result.id.slice(0, result.id.indexOf('/'));
    groups.set(owner, [...(groups.get(owner) ?? []), result]);
  }
  const lines = [...groups].map(([owner, mutants]) => {
    const killed = mutants.filter(({ verdict }) => verdict === 'killed').length;
    const missed = mutants.filter(({ verdict }) => verdict === 'survived');
    const mark = missed.length === 0 ? colors.green('✓') : colors.red('✗');
    const names = missed.map(({ id }) => id.slice(owner.length + 1)).join(', ');
    return `  ${mark} ${owner}  ${killed}/${mutants.length}${names === '' ? '' : `  survived: ${names}`}`;
  });
  const equivalent = results.filter(({ verdict }) => verdict === 'equivalent');
  const { killed, all, percent } = scoreOf(results);
  return [
    ...lines,
    ...equivalent.map(({ id, reason }) => `  = ${id} is equivalent: ${reason}`),
    `${api}: ${killed} of ${all} mutants killed (${percent} %), ${equivalent.length} equivalent`,
    '',
  ].join('\n');
}

/** Killed of all that could be told from the original. */
function scoreOf(results: readonly MutantResult[]) {
  const all = results.filter(({ verdict }) => verdict !== 'equivalent').length;
  const killed = results.filter(({ verdict }) => verdict === 'killed').length;
  return { killed, all, percent: all === 0 ? 100 : Math.floor((killed / all) * 100) };
}
