// Which set-up checks share: what a probe leaves as it was, and nothing else.

import { expect, test } from 'vitest';
import { sharingSetUp } from '../../src/conformance/sharing.ts';
import type { Step } from '../../src/model/steps.ts';
import { contractOf } from '../golden/flexprice/talk.ts';

const contract = contractOf();
const group = (as: string, more: object = {}): Step => ({ make: 'group', as, ...more });
const path = (name: string) => ({ path: { id: `=${name}.id` } });

/** The numbers under which a run keeps the probe's records; undefined for those of its own. */
function numbers(...steps: Step[]) {
  const probe = sharingSetUp({ id: 'a', operation: 'getGroup', steps }, contract);
  return probe.steps.flatMap((step) => ('make' in step ? [step.once] : []));
}

test('a record that is only read is shared, and a second one like it is another', () => {
  expect(numbers(group('mine'), { call: 'getGroup', ...path('mine') })).toEqual([1]);
  expect(numbers(group('a'), group('b'))).toEqual([1, 2]);
  expect(numbers(group('a', { once: 1 }), group('b'))).toEqual([1, 2]);
});

test('what is refused changes nothing, and what others try neither', () => {
  const deleted = { call: 'deleteGroup', ...path('mine') };
  expect(numbers(group('mine'), { ...deleted, by: 'other' })).toEqual([1]);
  expect(numbers(group('mine'), { ...deleted, expect: 'refused' })).toEqual([1]);
  const twin = group('twin', { with: { lookup_key: '=sent.mine.lookup_key' }, expect: 'refused' });
  expect(numbers(group('mine'), twin)).toEqual([1, undefined]);
});

test('a record that is changed, or that another is built on, is its own', () => {
  expect(numbers(group('mine'), { call: 'deleteGroup', ...path('mine') })).toEqual([undefined]);
  const price: Step = { make: 'price', as: 'price', with: { group_id: '=mine.id' } };
  expect(numbers(group('mine'), price)).toEqual([undefined, undefined]);
});

test('each check judges a shared answer for itself; where time passes, or many are made, nothing is shared', () => {
  expect(numbers(group('mine', { expect: 'ok', because: 'it fits' }))).toEqual([1]);
  expect(numbers(group('mine', { through: 'createGroup', with: {} }))).toEqual([1]);
  expect(numbers(group('mine'), { wait: 1100 })).toEqual([undefined]);
  expect(numbers(group('mine', { race: 5 }))).toEqual([undefined]);
});

/** Which of the probe's calls share their answers. */
function shared(...steps: Step[]): boolean[] {
  const probe = sharingSetUp({ id: 'a', operation: 'getGroup', steps }, contract);
  return probe.steps.flatMap((step) => ('call' in step ? [step.once !== undefined] : []));
}

test('a read right after the making is shared; one after something was tried, or a second one, is not', () => {
  const read = (name: string): Step => ({ call: 'getGroup', ...path(name) });
  const deleted: Step = { call: 'deleteGroup', ...path('mine'), by: 'other', expect: 'missing' };
  expect(shared(group('mine'), read('mine'), deleted, read('mine'))).toEqual([true, false, false]);
  expect(shared(group('mine'), read('mine'), read('mine'))).toEqual([true, false]);
  expect(shared(group('mine'), group('later'), read('mine'))).toEqual([false]);
  const twin = group('twin', { with: { lookup_key: '=sent.mine.lookup_key' }, expect: 'refused' });
  expect(shared(group('mine'), twin, read('mine'))).toEqual([false]);
});

test('a read is the same one for all probes, whatever they call what they read', () => {
  const steps = (name: string): Step[] => [group(name), { call: 'getGroup', ...path(name) }];
  const names = ['mine', 'first'].map((name) => {
    const probe = { id: 'a', operation: 'getGroup', steps: steps(name) };
    const [, read] = sharingSetUp(probe, contract).steps;
    return read !== undefined && 'call' in read ? read.once : undefined;
  });
  expect(names[0]).toBeDefined();
  expect(names[0]).toBe(names[1]);
});
