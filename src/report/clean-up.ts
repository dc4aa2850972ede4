// What became of the records that a run made, in words.

import type { CleanUp } from '../conformance/verdict.ts';
import { printable } from './shown.ts';

/** So many refusals are told one by one. */
const MOST_TOLD = 5;

/** `12 removed, 30 have no delete in this API, 1 refused: price_1 (deletePrice answered 409)`, a line or two. */
export function cleanUpText(cleanup: CleanUp): string {
  const { removed, gone, noDelete, refused, unknown, prefix, ledger } = cleanup;
  const fixed = Object.entries(noDelete);
  const all = fixed.reduce((sum, [, count]) => sum + count, 0);
  const parts = [
    `${removed} removed`,
    ...(gone === 0 ? [] : [`${gone} gone already`]),
    ...(all === 0 ? [] : [`${all} have no delete in this API (${named(fixed)})`]),
    ...(refused.length === 0 ? [] : [`${refused.length} refused: ${toldOf(refused)}`]),
    ...(unknown === 0
      ? []
      : [`${unknown} did not say what they made: look for names that begin with ${prefix}`]),
  ];
  const kept = ledger === undefined ? [] : [`what is left stands in ${ledger}`];
  return [`clean-up: ${parts.join(', ')}`, ...kept].join('\n');
}

function named(counts: readonly (readonly [string, number])[]): string {
  return counts.map(([name, count]) => `${name}: ${count}`).join(', ');
}

function toldOf(refused: CleanUp['refused']): string {
  const told = refused
    .slice(0, MOST_TOLD)
    .map(({ resource, id, reason }) => `${resource} ${printable(`${id} (${reason})`)}`);
  const more = refused.length - told.length;
  return `${told.join(', ')}${more > 0 ? `, and ${more} more` : ''}`;
}
