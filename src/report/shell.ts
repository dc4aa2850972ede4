// Words for a POSIX shell: texts quoted so that nothing in them is read as anything else, and variables.

import { type Capture, type Piece, RUN } from './provenance.ts';
import { printable } from './shown.ts';

/** The text as one word that stands for itself. A shell has no NUL: it is left out. */
export function shellWord(text: string): string {
  return `'${text.replaceAll('\0', '').replaceAll("'", "'\\''")}'`;
}

/** The parts as one word, with variables for what is not known before. */
export function wordOf(pieces: readonly Piece[]): string {
  const parts = merged(pieces).map((piece) =>
    typeof piece === 'string' ? shellWord(piece) : `"$${nameOf(piece)}"`,
  );
  return parts.length === 0 ? "''" : parts.join('');
}

/** The variable that holds it. */
export function nameOf(piece: Capture | typeof RUN): string {
  return piece === RUN ? 'RUN' : piece.name;
}

/** A line that no shell runs, whatever the text holds. */
export function comment(text: string): string {
  return `# ${printable(text)}`.trimEnd();
}

/** A pattern of sed for a line that begins with the header's name, in any case. */
export function headerPattern(name: string): string {
  const anyCase = name.replace(
    /[a-z]/gi,
    (letter) => `[${letter.toUpperCase()}${letter.toLowerCase()}]`,
  );
  return `/^${anyCase.replaceAll('/', '\\/').replaceAll('.', '\\.').replaceAll('*', '\\*')}:/`;
}

function merged(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') {
      joined[joined.length - 1] = last + piece;
    } else joined.push(piece);
  }
  return joined;
}
