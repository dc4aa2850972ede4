// Which set-up checks share: what a probe leaves as it was, and nothing else.

import { expect, test } from 'vitest';
import { sharingSetUp } from '../../src/conformance/sharing.ts';
import type { Step } from '../../src/model/steps.ts';
import { contractOf } from '../golden/talk.ts';

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

test('where time passes, or the making itself is judged, nothing is shared', () => {
  expect(numbers(group('mine'), { wait: 1100 })).toEqual([undefined]);
  expect(numbers(group('mine', { expect: 'ok' }))).toEqual([undefined]);
  expect(numbers(group('mine', { race: 5 }))).toEqual([undefined]);
});
