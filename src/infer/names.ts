// Names of our own making: of resources, of rules, of the API; each as a contract wants it.

import { resourceName, wordsOf } from './words.ts';

/** A name for a resource that is not taken: its noun, else with the nouns above it, else with a number. */
export function nextWord(
  noun: string,
  above: readonly string[],
  taken: ReadonlySet<string>,
): string {
  const words = noun.split('-').filter((word) => word !== '');
  const base = words.length === 0 ? ['record'] : words;
  for (let count = 0; count <= above.length; count++) {
    const before = above
      .slice(0, count)
      .reverse()
      .flatMap((one) => one.split('-'));
    const name = resourceName([...before, ...base]);
    if (!taken.has(name)) return name;
  }
  for (let number = 2; ; number++) {
    const name = `${resourceName(base)}${number}`;
    if (!taken.has(name)) return name;
  }
}

/** `list-pets`: a part of a rule's id. */
export function kebab(name: string): string {
  const text = wordsOf(name).join('-');
  return /^[a-z]/.test(text) ? text : `x-${text}`;
}

/** The short name of an API, made from its title: `GitHub v3 REST API` -> `github`. */
export function apiName(title: string): string {
  // A capital inside a word is how a maker writes its name.
  const words = wordsOf(title.toLowerCase()).filter(
    (word) => !['api', 'openapi', 'the', 'rest', 'swagger'].includes(word) && !/^v?\d+$/.test(word),
  );
  const text = words
    .join('-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 40)
    .replace(/-+$/, '');
  return text === '' ? 'api' : text;
}
