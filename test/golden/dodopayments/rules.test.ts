// The golden cases and the contract name the same rules.

import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { contract } from './talk.ts';

test('every rule of the contract has a golden case that names it, and no case names another', () => {
  const folder = new URL('./', import.meta.url);
  const text = readdirSync(folder)
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => readFileSync(new URL(file, folder), 'utf8'))
    .join('\n');
  const tagged = new Set([...text.matchAll(/\[([a-z]+\.[a-z-]+)\] /g)].map(([, name]) => name));
  expect([...tagged].sort()).toEqual(contract.rules.map(({ id }) => id).sort());
});
