// Every kind of change has an example that gives just it; what a diff tells stands where it says.

import { expect, test } from 'vitest';
import { changeKinds } from '../../src/diff/kinds.ts';
import { diffSpecs } from '../../src/diff/specs.ts';
import { atPointer } from '../../src/model/pointer.ts';
import { contractPairs } from './contracts.ts';
import { documentWith } from './document.ts';
import { pairs } from './pairs.ts';

test('every kind has an example, and every example a kind', () => {
  const known = [...Object.keys(pairs), ...Object.keys(contractPairs)];
  expect(known.sort()).toEqual(changeKinds.map(({ id }) => id).sort());
  expect(new Set(changeKinds.map(({ id }) => id)).size).toBe(changeKinds.length);
});

test.each(changeKinds)('$id says what it means in a sentence', ({ says }) => {
  expect(says).toMatch(/^[A-Z].*\.$/);
});

test.each(Object.entries(pairs))('%s is told, and nothing else', (id, [old, now]) => {
  const [before, after] = [documentWith(old), documentWith(now)];
  const changes = diffSpecs(before, after);
  expect(changes.map((change) => change.id)).toEqual([id]);
  for (const change of changes) {
    expect([change.old, change.new]).not.toEqual([undefined, undefined]);
    const isMissing = id === 'server-removed' || id === 'server-added';
    if (change.old !== undefined) expect(atPointer(before.document, change.old)).toBeDefined();
    if (change.new !== undefined && !isMissing)
      expect(atPointer(after.document, change.new)).toBeDefined();
  }
});

test.each(Object.entries(pairs))('%s is not told of one document', (_, [old, now]) => {
  for (const one of [old, now]) {
    expect(diffSpecs(documentWith(one), documentWith(one))).toEqual([]);
  }
});
