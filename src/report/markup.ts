// HTML by template: whatever is put into it is escaped, unless it is markup that was made here.

import { escaped } from './shown.ts';

/** Text that is markup already; made by `html` alone. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Markup | readonly Markup[];

/** The template as markup; texts in it are escaped, lists of markup are joined. */
export function html(fixed: readonly string[], ...parts: readonly Part[]): Markup {
  const text = fixed.map(
    (piece, i) => `${piece}${i < parts.length ? shown(parts[i] as Part) : ''}`,
  );
  return new Markup(text.join(''));
}

function shown(part: Part): string {
  if (part instanceof Markup) return part.text;
  if (typeof part === 'string') return safe(part);
  if (typeof part === 'number') return String(part);
  return part.map(({ text }) => text).join('\n');
}

/** Safe as text and in a quoted attribute; what a page can't show, or what turns its reading direction, is `\u0000`. */
function safe(text: string): string {
  return text
    .replace(UNSHOWN, escaped)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

const UNSHOWN = /(?![\t\n])\p{Cc}|\p{Cs}|[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu;
