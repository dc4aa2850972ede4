// Names as people write them: plural and singular, camel case and snake case.

import { ByName } from '../model/lazy.ts';

const IRREGULAR: Readonly<Record<string, string>> = {
  people: 'person',
  children: 'child',
  men: 'man',
  women: 'woman',
  feet: 'foot',
  indices: 'index',
  vertices: 'vertex',
  matrices: 'matrix',
  criteria: 'criterion',
  analyses: 'analysis',
  statuses: 'status',
  addresses: 'address',
  aliases: 'alias',
  buses: 'bus',
  movies: 'movie',
  cookies: 'cookie',
};

/** Words that end in `s` and are no plural, or are one and its singular. */
const SAME = /(?:ss|us|is|news|series|species|data|media|metadata|analytics|settings)$/;

/** The words of a name, lower-case: `petId`, `pet_id` and `Pet-ID` are all `pet`, `id`. */
export function wordsOf(name: string): readonly string[] {
  return words.get(name);
}

/** A document has few names, and each of them often. */
const words = new ByName(split);
const joined = new ByName((name) => wordsOf(name).join('-'));
const keys = new ByName((name) => {
  const all = wordsOf(name);
  return [...all.slice(0, -1), ...all.slice(-1).map(singular)].join('-');
});

function split(name: string): readonly string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z\d]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

/** The words of a name as one: `pet-id`. */
export function wordKey(name: string): string {
  return joined.get(name);
}

/** The singular of a word; the word itself when it looks like none. */
export function singular(word: string): string {
  const known = Object.hasOwn(IRREGULAR, word) ? IRREGULAR[word] : undefined;
  if (known !== undefined) return known;
  if (SAME.test(word) || !word.endsWith('s') || word.length < 3) return word;
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:[sxz]|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}

/** The name in one form, its last word singular: `line_items` and `LineItem` are both `line-item`. */
export function nameKey(name: string): string {
  return keys.get(name);
}

/** Whether both are names of the same thing, one or many of it. */
export function sameName(a: string, b: string): boolean {
  return nameKey(a) === nameKey(b);
}

/** `lineItem`: as a resource is called in a contract. */
export function resourceName(words: readonly string[]): string {
  const text = words
    .map((word, i) => (i === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('');
  return /^[a-z]/.test(text) ? text : `r${text}`;
}
