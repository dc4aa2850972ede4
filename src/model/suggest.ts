// "Did you mean": the known word nearest to a mistyped one.

/** The number of single-character edits (swaps of neighbours count once) from one word to the other. */
function distance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

/** The nearest known word, or undefined when none is near enough to be meant. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of known) {
    const edits = distance(word.toLowerCase(), candidate.toLowerCase());
    if (edits < least) [best, least] = [candidate, edits];
  }
  return best;
}

/** ` (did you mean lookup_key?)`, or '' when nothing known is near; `known` is listed when asked. */
export function didYouMean(word: string, known: Iterable<string>, list = false): string {
  const words = [...known];
  const near = nearest(word, words);
  const parts = [
    ...(near === undefined ? [] : [`did you mean ${near}${list ? '' : '?'}`]),
    ...(list && near !== undefined ? [`? known: ${words.join(', ')}`] : []),
    ...(list && near === undefined ? [`known: ${words.join(', ')}`] : []),
  ];
  return parts.length === 0 ? '' : ` (${parts.join('')})`;
}
