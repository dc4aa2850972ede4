import { expect, test } from 'vitest';
import { depth, sameJson, valuesAt } from '../../src/model/json.ts';
import { atPointer, pointer } from '../../src/model/pointer.ts';
import { didYouMean, nearest } from '../../src/model/suggest.ts';

test('valuesAt steps into objects and each element of an array', () => {
  const record = { price: { meters: [{ id: 'a' }, { id: 'b' }, {}] }, name: null };
  expect(valuesAt(record, 'price.meters[].id')).toEqual(['a', 'b']);
  expect(valuesAt(record, 'name')).toEqual([null]);
  expect(valuesAt(record, 'price.none.id')).toEqual([]);
  expect(valuesAt(record, 'constructor')).toEqual([]);
});

test('sameJson ignores the order of keys and of nothing else', () => {
  expect(sameJson({ a: [1, { b: null }], c: 1 }, { c: 1, a: [1, { b: null }] })).toBe(true);
  expect(sameJson({ a: 1 }, { a: 1, b: undefined })).toBe(false);
  expect(sameJson([1], { 0: 1 })).toBe(false);
});

test('depth stops counting at its limit', () => {
  let deep: unknown = 1;
  for (let i = 0; i < 100_000; i++) deep = [deep];
  expect(depth(deep, 64)).toBe(64);
  expect(depth({ a: [{}] }, 64)).toBe(3);
});

test('a pointer finds what it names, odd keys too', () => {
  const document = { paths: { '/a/{b}': { 'x~y': 1 } } };
  expect(atPointer(document, pointer('paths', '/a/{b}', 'x~y'))).toBe(1);
  expect(atPointer(document, '/paths/nope')).toBeUndefined();
});

test('the nearest word is suggested, and none when nothing is near', () => {
  expect(nearest('lookup_kee', ['name', 'lookup_key'])).toBe('lookup_key');
  expect(nearest('flexprise', ['flexprice', 'fynn'])).toBe('flexprice');
  expect(didYouMean('zzz', ['flexprice'])).toBe('');
  expect(didYouMean('zzz', ['flexprice'], true)).toBe(' (known: flexprice)');
});
