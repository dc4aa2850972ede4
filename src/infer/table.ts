// Guesses -> a table for people.

import type { Inferred } from './index.ts';

/** The guesses as lines of columns. */
export function guessTable({ guesses, unbound, idle }: Inferred): string {
  const rows = guesses.map(({ subject, is, why }) => {
    const unread = idle.get(subject);
    return [
      subject,
      is,
      unread === undefined ? why : `${why}; without effect: ${unread.join(', ')}`,
    ];
  });
  const others = unbound.map(({ method, path, id }) => [
    id,
    'not bound',
    `${method} ${path}: nothing tells what it does to which record`,
  ]);
  const all = [...rows, ...others].map((row) => row.map(oneLine));
  const width = (i: number) => Math.min(48, Math.max(0, ...all.map((row) => row[i]?.length ?? 0)));
  const [first, second] = [width(0), width(1)];
  return all
    .map(([subject = '', is = '', why = '']) =>
      `  ${subject.padEnd(first)}  ${is.padEnd(second)}  ${why}`.trimEnd(),
    )
    .join('\n');
}

/** The text in one line: what comes from a document may end neither a comment nor a row. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}
