// Every kind's examples are played in the toy API: what the rule allows goes through, what it forbids does
// not, and it is this rule that makes the difference.

import { expect, test } from 'vitest';
import { play } from '../../src/conformance/play.ts';
import { Session } from '../../src/conformance/session.ts';
import { hooksOf, playable } from '../../src/mock/playable.ts';
import type { JsonObject } from '../../src/model/json.ts';
import type { Step } from '../../src/model/steps.ts';
import { kinds } from '../../src/rules/index.ts';
import type { Kind } from '../../src/rules/kind.ts';
import { inProcess } from '../../src/testing/in-process.ts';
import { toyContract } from './toy.ts';

/** An expansion shows what a reference names, so the reference has to be there. */
const BESIDE: Record<string, Record<string, JsonObject>> = {
  expand: { 'book.author-exists': { reference: { from: 'book.author_id', to: 'author' } } },
};
/** Kinds that say what the engine does anyway: without the rule the answer is the same. */
const STRUCTURAL = ['scope', 'kept', 'ignored', 'scenario'];

async function verdict(kind: Kind, rules: Record<string, JsonObject>, steps: readonly Step[]) {
  const contract = toyContract({ ...BESIDE[kind.name], ...rules });
  let now = 0;
  const { send } = inProcess(playable(contract, hooksOf(contract, kinds)), { now: () => now++ });
  const session = new Session({
    contract,
    send,
    headers: { 'x-key': 'one' },
    otherHeaders: { 'x-key': 'two' },
    seed: 1,
    settle: 200,
    sleep: async () => undefined,
  });
  return play(session, { id: 'example', operation: 'createBook', steps: judged(steps) });
}

/** A claim of an example counts, whatever the operation. */
function judged(steps: readonly Step[]): Step[] {
  return steps.map((step) => ('that' in step ? { expect: 'ok', ...step } : step));
}

for (const kind of kinds) {
  kind.examples.forEach((example, i) => {
    const rules = { 'toy.rule': { [kind.name]: example.rule } };
    const title = `${kind.name}, example ${i + 1}`;
    test(`${title}: what the rule allows goes through`, async () => {
      expect(await verdict(kind, rules, example.pass)).toMatchObject({ verdict: 'conforms' });
    });
    test(`${title}: what the rule forbids is refused`, async () => {
      expect(await verdict(kind, rules, example.fail)).toMatchObject({ verdict: 'violated' });
    });
    if (!STRUCTURAL.includes(kind.name)) {
      test(`${title}: without the rule it goes through`, async () => {
        expect(await verdict(kind, {}, example.fail)).toMatchObject({ verdict: 'conforms' });
      });
    }
  });
}

test('a kind is named once, and says what it is in one sentence', () => {
  const names = kinds.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { summary } of kinds) expect(summary).toMatch(/^[A-Z].*\.$/);
});
