// The door through which YAML comes in: text -> its value, or every mistake in it. What would exhaust the
// parser or whoever walks the value later (nesting, aliases that multiply, a node inside itself) is a mistake.

import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';
import type { Document } from 'yaml';
import { depth } from '../model/json.ts';

let loaded: typeof Yaml | undefined;

/** The package, loaded when the first text comes that is no JSON: at many starts there is none. */
export function yaml(): typeof Yaml {
  loaded ??= createRequire(import.meta.url)('yaml') as typeof Yaml;
  return loaded;
}

export interface YamlMistake {
  /** One line, without a place. */
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

export interface ReadYaml {
  readonly document: Document;
  /** undefined when there are mistakes. */
  readonly value: unknown;
  /** Empty when the text can be read. */
  readonly mistakes: readonly YamlMistake[];
  /** The place of an offset in the text. */
  at(offset: number): { readonly line: number; readonly column: number };
}

/** Brackets that are open at once; ten times what people write, and far from what overflows the parser. */
const MOST_OPEN = 500;
const DEEPEST = 200;
/** Aliases may make a text so many times larger. */
const MOST_ALIASES = 100;
/** The longest text that is read, in characters. */
const LONGEST = 64 * 1024 * 1024;

/** Reads the text; never throws. */
export function parseYaml(text: string): ReadYaml {
  const { LineCounter, parseDocument } = yaml();
  const lines = new LineCounter();
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const refused = tooMuch(text);
  if (refused !== undefined) {
    const [line, column] = [refused.before.split('\n').length, 1];
    const mistakes = [{ message: refused.message, line, column }];
    return { document: parseDocument(''), value: undefined, mistakes, at };
  }
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const mistakes = document.errors.map(({ message, pos }) => ({ message, ...at(pos[0]) }));
  if (mistakes.length > 0) return { document, value: undefined, mistakes, at };
  const read = asValue(document);
  return 'value' in read
    ? { document, value: read.value, mistakes: [], at }
    : { document, value: undefined, mistakes: [{ ...read, line: 1, column: 1 }], at };
}

/** What must not even be given to the parser; `before` is the text up to the place. */
function tooMuch(text: string): { message: string; before: string } | undefined {
  if (text.length > LONGEST) {
    return { message: `longer than ${LONGEST / 1024 / 1024} MB`, before: '' };
  }
  let open = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x5b || code === 0x7b) open += 1;
    else if (code === 0x5d || code === 0x7d) open = Math.max(0, open - 1);
    if (open > MOST_OPEN) {
      return { message: `nests deeper than ${MOST_OPEN} brackets`, before: text.slice(0, i) };
    }
  }
  const marks = /^ *(?:[-?] ){400}/m.exec(text);
  if (marks === null) return undefined;
  return { message: 'nests too deep', before: text.slice(0, marks.index) };
}

function asValue(document: Document): { value: unknown } | { message: string } {
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (error) {
    const { message } = error as Error;
    return /alias count/.test(message)
      ? { message: 'its aliases make it many times larger: more than can be read' }
      : { message: message.split('\n')[0] ?? message };
  }
  // A node inside itself is as deep as one looks.
  if (depth(value, DEEPEST) >= DEEPEST) return { message: `nests deeper than ${DEEPEST} levels` };
  return { value };
}
