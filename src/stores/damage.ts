// Damaged files: what is wrong, where, and how to recover. Nothing that can't be read is ever overwritten.

import { UsageError } from '../model/usage-error.ts';

/** The error for a data file that can't be taken as it is. */
export function damage(file: string, line: number, what: string, advice?: string): UsageError {
  const recover =
    advice ??
    'put back a copy of the file, or move its whole folder away to start from the fixture';
  return new UsageError(
    `${file}:${line} is damaged: ${what}. Nothing was changed. To recover, ${recover}.`,
  );
}

/** The JSON in the text. Throws `damage` that names the line. */
export function parseKept(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const at = faultAt(text);
    const line = text.slice(0, at).split('\n').length;
    throw damage(file, line, at >= text.length ? 'the text breaks off' : 'this is not JSON');
  }
}

const TOKEN =
  /\s*(?:([{}[\],:])|("(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-f]{4}))*")|(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|true|false|null))/iuy;

/**
 * Where a text stops being JSON: Node's own message doesn't always tell. The offset of the first token
 * that can't stand where it is; the text's length when it only breaks off.
 */
export function faultAt(text: string): number {
  const open: string[] = [];
  let expected = 'value';
  let at = 0;
  while (expected !== 'end') {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    const rest = /\S/.exec(text.slice(at, at + 10_000));
    if (match === null) return rest === null ? text.length : at + rest.index;
    const kind = match[1] ?? (match[2] === undefined ? 'scalar' : 'string');
    const next = follow(kind, expected, open);
    if (next === undefined) return at + (rest?.index ?? 0);
    expected = next;
    at = TOKEN.lastIndex;
  }
  return at;
}

/** What may come after a token of this kind; undefined when it can't stand here. */
function follow(kind: string, expected: string, open: string[]): string | undefined {
  const within = open.at(-1);
  const after = () => (open.length === 0 ? 'end' : 'comma');
  if ((kind === '}' || kind === ']') && closes(kind, expected, within)) {
    open.pop();
    return after();
  }
  if (expected === 'comma') return kind !== ',' ? undefined : within === '{' ? 'key' : 'value';
  if (expected === 'colon') return kind === ':' ? 'value' : undefined;
  if (expected.startsWith('key')) return kind === 'string' ? 'colon' : undefined;
  if (kind === '{' || kind === '[') {
    open.push(kind);
    return kind === '{' ? 'key or }' : 'value or ]';
  }
  return kind === 'string' || kind === 'scalar' ? after() : undefined;
}

function closes(kind: string, expected: string, within: string | undefined): boolean {
  const pair = kind === '}' ? '{' : '[';
  return within === pair && (expected === 'comma' || expected.endsWith(`or ${kind}`));
}
