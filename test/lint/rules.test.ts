// Every lint rule has an example that it lets pass and one that it does not; whatever is found stands where it is
// told to stand.

import { expect, test } from 'vitest';
import { findingsOf, lintContract } from '../../src/lint/contract.ts';
import { lintRules } from '../../src/lint/index.ts';
import type { Finding } from '../../src/model/finding.ts';
import { atPointer, pointerKeys } from '../../src/model/pointer.ts';
import { library } from './library.ts';
import { pairs } from './pairs.ts';

test('every rule has examples, and every example a rule', () => {
  expect(Object.keys(pairs).sort()).toEqual(lintRules.map(({ id }) => id).sort());
  expect(new Set(lintRules.map(({ id }) => id)).size).toBe(lintRules.length);
});

test.each(lintRules)('$id says why, and what to do, in sentences', ({ says, mend }) => {
  expect(says).toMatch(/^[A-Z].*\.$/);
  expect(mend).toMatch(/^[A-Za-z].*[.}`]$/);
});

test('lint has nothing to say about the library', async () => {
  expect(await lintContract(library({}))).toEqual({ findings: [], ignored: [] });
});

test.each(lintRules.map(({ id }) => id))('%s lets pass what is right', async (id) => {
  const { findings } = await lintContract(library(pairs[id]?.passes ?? {}));
  expect(findings.map(told)).toEqual([]);
});

test.each(lintRules)('$id finds what is wrong, and no other rule does', async (rule) => {
  const context = library(pairs[rule.id]?.fails ?? {});
  const { findings } = await lintContract(context);
  expect(findings.length).toBeGreaterThan(0);
  expect(findings.filter(({ check }) => check !== rule.id).map(told)).toEqual([]);
  expect(findings.map(({ severity }) => severity)).toContain(rule.severity);
  for (const finding of findings) {
    const lines = context.text.split('\n');
    const line = lines[(finding.place?.line ?? 0) - 1];
    expect(line).toBeDefined();
    expect(finding.place?.column).toBeLessThanOrEqual((line?.length ?? 0) + 1);
    if (rule.id === 'contract/syntax') continue;
    const keys = pointerKeys(finding.pointer ?? '');
    expect(atPointer(context.data, finding.pointer ?? '')).toBeDefined();
    const last = keys.at(-1) ?? '';
    // The entry of a list has no key: its own text is there.
    if (!/^\d+$/.test(last)) expect(line?.slice((finding.place?.column ?? 1) - 1)).toContain(last);
  }
});

function told({ check, message, place }: Finding): string {
  return `${place?.line}:${place?.column} ${check} ${message}`;
}

test('a rule that fails itself is a finding, and the others go on', async () => {
  const broken = { id: 'x/y', severity: 'error', says: '', mend: '' } as const;
  const find = () => {
    throw new Error('no luck\nat all');
  };
  const [finding] = await findingsOf({ ...broken, find }, library({}));
  expect(finding?.message).toBe("this can't be judged: no luck");
});
