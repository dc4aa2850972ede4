// Groups and their rows, through Dodo's official client.

import { APIError, NotFoundError, UnprocessableEntityError } from 'dodopayments';
import { expect, test } from 'vitest';
import { NO_UUID, of, type Shop, shop, UUID } from './dodo.ts';
import { served } from './served.ts';

const mock = served('dodopayments');

const MUST_HAVE = 'PRODUCT_COLLECTION_MUST_HAVE_PRODUCTS';

/** A collection of one group with these products. */
async function collection({ dodo }: Shop, ...products: string[]) {
  const groups = [{ group_name: 'First', products: of(...products) }];
  const made = await dodo.productCollections.create({ name: 'Plans', groups });
  return { id: made.id, first: made.groups[0]?.group_id ?? '' };
}

/** For each group, its id and the ids of its products. */
async function members({ dodo }: Shop, id: string) {
  const { groups } = await dodo.productCollections.retrieve(id);
  return Object.fromEntries(
    groups.map((group) => [group.group_id, group.products.map((row) => row.product_id)]),
  );
}

test('groups are added, named, ordered, switched off and removed', async () => {
  const store = shop(mock.url);
  const { dodo, wire, refused, products } = store;
  const { groups } = dodo.productCollections;
  const [a = '', b = '', c = '', d = '', e = '', old = ''] = await products(6);
  const { id, first } = await collection(store, a);
  const other = await collection(store, e);

  const teams = await groups.create(id, {
    group_name: 'Teams',
    status: false,
    products: [
      { product_id: b, status: false },
      { product_id: c, status: null },
    ],
  });
  expect([teams.group_name, teams.status]).toEqual(['Teams', false]);
  expect(teams.products.map((row) => [row.product_id, row.status])).toEqual([
    [b, false],
    [c, true],
  ]);
  const unnamed = await groups.create(id, { products: of(d) });
  const second = await groups.create(id, { group_name: null, products: [] });
  expect([unnamed, second]).toEqual([
    {
      group_id: expect.stringMatching(UUID),
      group_name: null,
      status: true,
      products: [expect.anything()],
    },
    { group_id: expect.stringMatching(UUID), group_name: null, status: true, products: [] },
  ]);

  const adds = (group_name: string | null, ...ids: string[]) =>
    groups.create(id, { group_name, products: of(...ids) });
  await refused(adds('Teams'), UnprocessableEntityError, 422);
  await refused(adds(null, e), UnprocessableEntityError, 422);
  await refused(adds(null, a), UnprocessableEntityError, 422);
  await refused(adds(null, old, old), UnprocessableEntityError, 422);
  await refused(adds(null, 'pdt_unknown'), UnprocessableEntityError, 422);
  await dodo.products.archive(old);
  await refused(adds(null, old), APIError, 410, 'PRODUCT_IS_DELETED');
  const nowhere = groups.create('pdc_unknown', { products: [] });
  await refused(nowhere, NotFoundError, 404, 'NOT_FOUND');
  const elsewhere = await groups.create(other.id, { group_name: 'Teams', products: [] });
  expect(elsewhere.group_name).toBe('Teams');

  const read = async (group: string) => {
    const { groups } = await dodo.productCollections.retrieve(id);
    return groups.find(({ group_id }) => group_id === group);
  };
  await groups.update(teams.group_id, { id, status: true });
  expect(await read(teams.group_id)).toEqual({ ...teams, status: true });
  await groups.update(teams.group_id, { id, group_name: null, status: null });
  expect(await read(teams.group_id)).toEqual({ ...teams, group_name: null, status: true });
  const product_order = teams.products.map((row) => row.id).reverse();
  await groups.update(teams.group_id, { id, group_name: 'Squads', product_order });
  const squads = await read(teams.group_id);
  expect(squads?.group_name).toBe('Squads');
  expect(squads?.products.map((row) => row.id)).toEqual(product_order);
  const changes = (changes: { group_name?: string; product_order?: string[] }) =>
    groups.update(teams.group_id, { id, ...changes });
  await refused(changes({ group_name: 'First' }), UnprocessableEntityError, 422);
  await refused(changes({ product_order: product_order.slice(1) }), UnprocessableEntityError, 422);
  const byProduct = changes({ product_order: [b, c] });
  await refused(byProduct, UnprocessableEntityError, 422, 'INVALID_REQUEST_BODY');
  const foreign = groups.update(elsewhere.group_id, { id, status: false });
  await refused(foreign, NotFoundError, 404, 'NOT_FOUND');

  expect(await groups.delete(teams.group_id, { id })).toBeFalsy();
  const again = groups.delete(teams.group_id, { id });
  await refused(again, NotFoundError, 404, 'NOT_FOUND');
  expect(await members(store, id)).toEqual({
    [first]: [a],
    [unnamed.group_id]: [d],
    [second.group_id]: [],
  });
  await groups.create(other.id, { group_name: 'Squads', products: of(c) });
  await groups.delete(unnamed.group_id, { id });
  await refused(groups.delete(first, { id }), UnprocessableEntityError, 422, MUST_HAVE);
  await groups.delete(second.group_id, { id });
  expect(await members(store, id)).toEqual({ [first]: [a] });
  expect(wire.sent).toHaveLength(38);
});

test('rows are added to a group, switched off, moved and taken out, but never the last one', async () => {
  const store = shop(mock.url);
  const { dodo, wire, refused, products } = store;
  const { items } = dodo.productCollections.groups;
  const [a = '', b = '', c = '', d = '', old = ''] = await products(5);
  const { id, first } = await collection(store, a);
  const other = await collection(store, d);
  await dodo.products.archive(old);

  const rows = await items.create(first, {
    id,
    products: [{ product_id: b }, { product_id: c, status: false }],
  });
  expect(rows.map((row) => [row.product_id, row.status, row.name])).toEqual([
    [b, true, 'Product 1'],
    [c, false, 'Product 2'],
  ]);
  const [rowB = '', rowC = ''] = rows.map((row) => row.id);
  expect(await members(store, id)).toEqual({ [first]: [a, b, c] });

  const adds = (group: string, ...ids: string[]) =>
    items.create(group, { id, products: of(...ids) });
  await refused(adds(first, b), UnprocessableEntityError, 422);
  await refused(adds(first, d), UnprocessableEntityError, 422);
  await refused(adds(first, 'pdt_unknown'), UnprocessableEntityError, 422);
  await refused(adds(first, old), APIError, 410, 'PRODUCT_IS_DELETED');
  await refused(adds(NO_UUID, a), NotFoundError, 404, 'NOT_FOUND');
  await refused(adds(other.first, a), NotFoundError, 404, 'NOT_FOUND');

  expect(await items.update(rowB, { id, group_id: first, status: false })).toBeFalsy();
  await items.update(rowC, { id, group_id: first, status: true });
  const { groups } = await dodo.productCollections.retrieve(id);
  expect(groups[0]?.products.map((row) => row.status)).toEqual([true, false, true]);
  const at = { id, group_id: first };
  await refused(items.update(b, { ...at, status: true }), NotFoundError, 404, 'NOT_FOUND');
  await refused(items.update(NO_UUID, { ...at, status: true }), NotFoundError, 404, 'NOT_FOUND');
  const misplaced = { id: other.id, group_id: other.first, status: true };
  await refused(items.update(rowB, misplaced), NotFoundError, 404, 'NOT_FOUND');
  await refused(items.delete(b, at), NotFoundError, 404, 'NOT_FOUND');

  expect(await items.delete(rowB, at)).toBeFalsy();
  await refused(items.delete(rowB, at), NotFoundError, 404, 'NOT_FOUND');
  expect((await dodo.products.retrieve(b)).product_collection_id).toBeNull();
  await items.create(other.first, { id: other.id, products: of(b) });
  expect((await dodo.products.retrieve(b)).product_collection_id).toBe(other.id);
  expect(await members(store, other.id)).toEqual({ [other.first]: [d, b] });

  await items.delete(rowC, at);
  const [last = ''] =
    (await dodo.productCollections.retrieve(id)).groups[0]?.products.map((row) => row.id) ?? [];
  await refused(items.delete(last, at), UnprocessableEntityError, 422, MUST_HAVE);
  await dodo.productCollections.delete(id);
  await refused(adds(first, c), APIError, 410, 'PRODUCT_COLLECTION_IS_DELETED');
  await refused(items.delete(last, at), APIError, 410, 'PRODUCT_COLLECTION_IS_DELETED');
  expect(await members(store, id)).toEqual({ [first]: [a] });
  expect(wire.sent).toHaveLength(36);
});
