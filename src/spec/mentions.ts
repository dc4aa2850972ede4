// Which words a document has as keys, anywhere: what it never mentions need not be looked for, and most documents
// leave most of these out.

import { isObject, type Json, type JsonObject } from '../model/json.ts';

const WORDS = ['readOnly', 'writeOnly', 'example', 'examples'] as const;
type Word = (typeof WORDS)[number];

const known = new WeakMap<JsonObject, ReadonlySet<string>>();

/** Whether the word is a key somewhere in the document: as a keyword, or as a name that someone gave. */
export function mentions(document: JsonObject, word: Word): boolean {
  const found = known.get(document) ?? wordsIn(document);
  known.set(document, found);
  return found.has(word);
}

function wordsIn(document: JsonObject): ReadonlySet<string> {
  const found = new Set<string>();
  const words: ReadonlySet<string> = new Set(WORDS);
  const collect = (value: Json): void => {
    if (Array.isArray(value)) {
      for (const item of value) collect(item);
    } else if (isObject(value)) {
      for (const key in value) {
        const child = value[key];
        if (words.has(key)) found.add(key);
        if (typeof child === 'object' && child !== null) collect(child);
      }
    }
  };
  collect(document);
  return found;
}
