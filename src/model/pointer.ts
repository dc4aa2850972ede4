// JSON Pointer (RFC 6901): print, parse, get.

/** The pointer to the given keys: `['paths', '/groups']` -> `/paths/~1groups`. */
export function pointer(...keys: readonly (string | number)[]): string {
  return keys.map((key) => `/${escaped(String(key))}`).join('');
}

function escaped(key: string): string {
  return /[~/]/.test(key) ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key;
}

/** The keys of a pointer; a leading `#` is allowed. */
export function pointerKeys(text: string): string[] {
  const body = text.startsWith('#') ? text.slice(1) : text;
  if (body === '') return [];
  return body
    .slice(1)
    .split('/')
    .map((key) => (key.includes('~') ? key.replaceAll('~1', '/').replaceAll('~0', '~') : key));
}

/** What the pointer names in the document; undefined when it names nothing. */
export function atPointer(document: unknown, text: string): unknown {
  let value: unknown = document;
  for (const key of pointerKeys(text)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}
