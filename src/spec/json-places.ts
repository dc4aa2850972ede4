// A JSON text by its marks alone, without its values: where a node stands, what is at the top, how deep it nests. The
// text was read without places: only the objects and lists on the way to a node are looked through, each once.

import type { Path } from './references.ts';

/** Where a member stands: its key, or the entry of a list itself, and its value. */
interface Member {
  readonly at: number;
  readonly value: number;
}

export class JsonPlaces {
  readonly #text: string;
  readonly #members = new Map<number, ReadonlyMap<string, Member>>();
  #lines: number[] | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** The place of the key that the path ends in, or of the nearest parent that exists; undefined if it is no JSON. */
  at(path: Path): { line: number; column: number } | undefined {
    let value = skipSpace(this.#text, 0);
    let offset = 0;
    if (!isOpen(this.#text[value])) return undefined;
    try {
      for (const key of path) {
        const member = this.#membersAt(value).get(String(key));
        if (member === undefined) break;
        offset = member.at;
        value = member.value;
      }
    } catch (error) {
      if (error instanceof SyntaxError) return undefined;
      throw error;
    }
    return this.#place(offset);
  }

  /** None for what is neither an object nor a list. */
  #membersAt(offset: number): ReadonlyMap<string, Member> {
    if (!isOpen(this.#text[offset])) return new Map();
    const known = this.#members.get(offset) ?? new Map(membersOf(this.#text, offset));
    this.#members.set(offset, known);
    return known;
  }

  #place(offset: number): { line: number; column: number } {
    this.#lines ??= linesOf(this.#text);
    let [low, high] = [0, this.#lines.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#lines[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#lines[low] ?? 0) + 1 };
  }
}

function isOpen(mark: string | undefined): boolean {
  return mark === '{' || mark === '[';
}

/** The offsets at which lines begin. */
function linesOf(text: string): number[] {
  const starts = [0];
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
    starts.push(end + 1);
  }
  return starts;
}

/** The members of the object or list that begins there, in their order. Throws a SyntaxError where that is no JSON. */
function* membersOf(text: string, start: number): Iterable<[key: string, member: Member]> {
  const close = text[start] === '{' ? '}' : ']';
  let at = skipSpace(text, start + 1);
  for (let i = 0; text[at] !== close; i++) {
    let key = String(i);
    let value = at;
    if (close === '}') {
      const end = skipString(text, at);
      key = JSON.parse(text.slice(at, end)) as string;
      value = after(':', text, end);
    }
    yield [key, { at, value }];
    const end = skipSpace(text, skipValue(text, value));
    at = text[end] === close ? end : after(',', text, end);
  }
}

/** The keys of the object that the text is, each found when it is asked for. Throws a SyntaxError for what is no JSON. */
export function* topKeys(text: string): Iterable<string> {
  for (const [key] of membersOf(text, skipSpace(text, 0))) yield key;
}

/** The offset behind the mark that must come next. */
function after(mark: string, text: string, from: number): number {
  const at = skipSpace(text, from);
  if (text[at] !== mark) throw new SyntaxError(`no "${mark}" at ${at}`);
  return skipSpace(text, at + 1);
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) <= 0x20) at += 1;
  return at;
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const SCALAR = /[-\d.eE+a-z]+/y;

/** The offset behind the string that begins there. */
function skipString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code === BACKSLASH) at += 1;
  }
  return text.length;
}

/** The offset behind the value that begins there. */
function skipValue(text: string, start: number): number {
  const first = text[start];
  if (first === '"') return skipString(text, start);
  if (!isOpen(first)) {
    SCALAR.lastIndex = start;
    const [scalar = ''] = SCALAR.exec(text) ?? [];
    if (scalar === '') throw new SyntaxError(`no value at ${start}`);
    return start + scalar.length;
  }
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = skipString(text, at) - 1;
    else depth += nesting(code);
    if (depth === 0) return at + 1;
  }
  return text.length;
}

/** What a mark adds to how deep one is. */
function nesting(code: number): number {
  if (code === 0x7b || code === 0x5b) return 1;
  return code === 0x7d || code === 0x5d ? -1 : 0;
}
