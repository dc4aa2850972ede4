// Dodo Payments' demo: what every tenant of the mock starts with when it is asked for.

import { expect, test } from 'vitest';
import { isObject, type JsonObject, valuesAt } from '../../src/model/json.ts';
import { worldOf } from './world.ts';

const { contract, records } = worldOf('dodopayments');
const rows = (resource: string) => records.get(resource) ?? [];
const idsOf = (resource: string) =>
  new Set(rows(resource).map((row) => row[contract.resource(resource).key]));
const isArchived = (row: JsonObject) => row['archived'] === true;
const productsOf = (collection: JsonObject) =>
  valuesAt(collection, 'groups[].products[].product_id');

test('the demo holds products of every price, in collections of which one is archived', () => {
  expect([...records].map(([name, list]) => [name, list.length])).toEqual([
    ['meter', 11],
    ['entitlement', 6],
    ['addon', 4],
    ['product', 17],
    ['collection', 3],
    ['group', 5],
    ['row', 10],
  ]);
  expect(new Set(rows('product').flatMap((row) => valuesAt(row, 'price.type')))).toEqual(
    new Set(['one_time_price', 'recurring_price', 'usage_based_price']),
  );
  expect(rows('collection').filter(isArchived)).toHaveLength(1);
  expect(rows('product').filter(isArchived)).toHaveLength(2);
});

test('it holds what the rules need to refuse: a single product, and an archived one in no collection', () => {
  const sizes = rows('collection').map((row) => productsOf(row).length);
  expect(sizes.sort((a, b) => a - b)).toEqual([1, 2, 7]);
  const taken = new Set(rows('collection').flatMap(productsOf));
  const free = rows('product').filter((row) => !taken.has(row['product_id'] ?? null));
  expect(free.filter(isArchived).map((row) => row['name'])).toEqual(['Inkwell Sync, beta']);
});

test('it refers to nothing that is not in it, and holds a product in one collection at most', () => {
  const references = contract.rules.filter(({ kind }) => kind === 'reference');
  let followed = 0;
  for (const { options } of references) {
    const [resource = '', ...path] = String(options['from']).split('.');
    for (const row of rows(resource)) {
      const ids = valuesAt(row, path.join('.')).flatMap((value) =>
        Array.isArray(value) ? value : [value],
      );
      for (const id of ids.filter((value) => value !== null)) {
        expect(isObject(id)).toBe(false);
        expect(idsOf(String(options['to']))).toContain(id);
        followed += 1;
      }
    }
  }
  expect(followed).toBeGreaterThan(30);
  const held = rows('collection').flatMap(productsOf);
  expect(new Set(held).size).toBe(held.length);
});

test('it keeps the names that are unique, and times that do not run backwards', () => {
  for (const { options } of contract.rules.filter(({ kind }) => kind === 'unique')) {
    const values = rows(String(options['of']))
      .map((row) => row[String(options['by'])])
      .filter((value) => value !== null && value !== undefined);
    expect(new Set(values).size).toBe(values.length);
  }
  for (const row of [...records.values()].flat()) {
    if (typeof row['updated_at'] !== 'string') continue;
    expect(row['updated_at'] >= String(row['created_at'])).toBe(true);
  }
});
