// Collections, through Dodo's official client: its types, its errors, its way with empty answers.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import DodoPayments, {
  APIError,
  AuthenticationError,
  NotFoundError,
  UnprocessableEntityError,
} from 'dodopayments';
import { afterEach, expect, test, vi } from 'vitest';
import { mock as mockOf, scratch } from '../http/mock.ts';
import { NO_UUID, ONE_TIME, of, shop, UUID } from './dodo.ts';
import { contractOf, served } from './served.ts';

const mock = served('dodopayments');

afterEach(() => vi.unstubAllEnvs());

test("the documents' sample call runs as it is printed: refused, then accepted where its ids exist", async () => {
  vi.stubEnv('DODO_PAYMENTS_API_KEY', 'sample');
  vi.stubEnv('DODO_PAYMENTS_BASE_URL', mock.url);
  const sample = async () => {
    const client = new DodoPayments({
      bearerToken: process.env['DODO_PAYMENTS_API_KEY'], // This is the default and can be omitted
    });
    return client.productCollections.groups.create('id', {
      products: [{ product_id: 'product_id' }],
    });
  };
  await expect(sample()).rejects.toThrow(NotFoundError);

  const at = { created_at: '2026-01-05T10:00:00Z', updated_at: '2026-01-05T10:00:00Z' };
  const product = { name: 'Inkwell', price: ONE_TIME, tax_category: 'saas', ...at };
  const fixture = join(scratch(), 'sample.json');
  const rows = {
    product: [{ product_id: 'product_id', ...product }],
    collection: [{ id: 'id', name: 'Plans', ...at }],
  };
  writeFileSync(fixture, JSON.stringify(rows));
  const filled = await mockOf({ apis: [{ contract: contractOf('dodopayments'), fixture }] });
  vi.stubEnv('DODO_PAYMENTS_BASE_URL', filled.apis['dodopayments']);
  expect(await sample()).toMatchObject({
    group_id: expect.stringMatching(UUID),
    group_name: null,
    status: true,
    products: [{ product_id: 'product_id', status: true, name: 'Inkwell', price: 1900 }],
  });
});

test('a collection is made, read, listed, changed, archived and brought back', async () => {
  const { dodo, wire, refused, products } = shop(mock.url);
  const { productCollections: collections } = dodo;
  const [one = '', two = '', three = ''] = await products(3);
  const made = await collections.create({
    name: 'Plans',
    description: 'All plans',
    on_payment_failure: 'apply_change',
    groups: [{ group_name: 'Monthly', products: of(one) }, { products: of(two) }],
  });
  expect(made.id).toMatch(/^pdc_[A-Za-z0-9]{21}$/);
  expect(made.groups.map((group) => [group.group_name, group.status])).toEqual([
    ['Monthly', true],
    [null, true],
  ]);
  expect(made.groups.map(({ group_id }) => group_id)).toEqual([
    expect.stringMatching(UUID),
    expect.stringMatching(UUID),
  ]);
  expect(made.groups[0]?.products[0]?.price_detail).toEqual(ONE_TIME);
  expect(await collections.retrieve(made.id)).toEqual(made);
  expect((await dodo.products.retrieve(one)).product_collection_id).toBe(made.id);
  const [listed, ...others] = (await collections.list()).items;
  expect(others).toEqual([]);
  expect(listed).toEqual({
    id: made.id,
    name: 'Plans',
    description: 'All plans',
    image: null,
    products_count: 2,
    created_at: made.created_at,
    updated_at: made.updated_at,
  });

  const makes = (...groups: Parameters<typeof collections.create>[0]['groups']) =>
    collections.create({ name: 'Refused', groups });
  const empty = 'PRODUCT_COLLECTION_MUST_HAVE_PRODUCTS';
  await refused(makes(), UnprocessableEntityError, 422, empty);
  await refused(makes({ products: [] }), UnprocessableEntityError, 422, empty);
  await refused(makes({ products: of(one) }), UnprocessableEntityError, 422);
  await refused(makes({ products: of('pdt_unknown') }), UnprocessableEntityError, 422);
  const named = { group_name: 'Same', products: of(three) };
  await refused(makes(named, { ...named, products: [] }), UnprocessableEntityError, 422);
  await refused(collections.retrieve('pdc_unknown'), NotFoundError, 404, 'NOT_FOUND');
  await refused(collections.update('pdc_unknown', {}), NotFoundError, 404, 'NOT_FOUND');
  expect((await collections.list()).items).toEqual([listed]);

  await collections.update(made.id, { name: 'Plans 2026' });
  const after = await collections.retrieve(made.id);
  expect([after.name, after.description]).toEqual(['Plans 2026', 'All plans']);
  expect(after.on_payment_failure).toBe('apply_change');
  await collections.update(made.id, { name: null, description: null, on_payment_failure: null });
  const cleared = await collections.retrieve(made.id);
  expect([cleared.name, cleared.description]).toEqual(['Plans 2026', null]);
  expect(cleared.on_payment_failure).toBeNull();
  const order = made.groups.map(({ group_id }) => group_id).reverse();
  await collections.update(made.id, {
    description: 'Again',
    effective_at_on_upgrade: 'next_billing_date',
    group_order: order,
  });
  const ordered = await collections.retrieve(made.id);
  expect([ordered.description, ordered.effective_at_on_upgrade]).toEqual([
    'Again',
    'next_billing_date',
  ]);
  expect(ordered.groups.map(({ group_id }) => group_id)).toEqual(order);
  const partly = { group_order: order.slice(1) };
  await refused(collections.update(made.id, partly), UnprocessableEntityError, 422);

  const upload = await collections.updateImages(made.id, { force_update: true });
  expect(upload).toEqual({
    url: expect.stringMatching(/^https:/),
    image_id: expect.stringMatching(UUID),
  });
  expect((await collections.updateImages(made.id)).image_id ?? null).toBeNull();

  const gone = 'PRODUCT_COLLECTION_IS_DELETED';
  await collections.delete(made.id);
  await refused(collections.delete(made.id), APIError, 410, gone);
  await refused(collections.update(made.id, { name: 'No' }), APIError, 410, gone);
  await refused(collections.groups.create(made.id, { products: of(three) }), APIError, 410, gone);
  expect((await collections.retrieve(made.id)).groups).toEqual(ordered.groups);
  expect((await collections.list()).items).toEqual([]);
  expect((await collections.list({ archived: true })).items.map(({ id }) => id)).toEqual([made.id]);
  await dodo.products.archive(two);
  expect(await collections.unarchive(made.id)).toEqual({
    collection_id: made.id,
    excluded_product_ids: [two],
    message: expect.any(String),
  });
  const back = await collections.retrieve(made.id);
  expect(back.groups.flatMap((group) => group.products).map((row) => row.product_id)).toEqual([
    one,
  ]);
  expect((await collections.list()).items[0]).toMatchObject({ id: made.id, products_count: 1 });
  expect(wire.sent).toHaveLength(35);
});

test('a business with another key finds nothing, and a key that is not known gets in nowhere', async () => {
  const mine = shop(mock.url);
  const [product = ''] = await mine.products(1);
  const made = await mine.dodo.productCollections.create({
    name: 'Mine',
    groups: [{ products: of(product) }],
  });
  const theirs = shop(mock.url);
  const { productCollections: collections } = theirs.dodo;
  const group = { products: of(...(await theirs.products(1))) };
  for (const call of [
    () => collections.retrieve(made.id),
    () => collections.update(made.id, { name: 'Theirs' }),
    () => collections.delete(made.id),
    () => collections.unarchive(made.id),
    () => collections.updateImages(made.id),
    () => collections.groups.create(made.id, group),
    () => collections.groups.delete(made.groups[0]?.group_id ?? NO_UUID, { id: made.id }),
    () => theirs.dodo.products.retrieve(product),
  ]) {
    await theirs.refused(call(), NotFoundError, 404, 'NOT_FOUND');
  }
  const row = { products: of(product) };
  const taking = collections.create({ name: 'Theirs', groups: [row] });
  await theirs.refused(taking, UnprocessableEntityError, 422);
  expect((await collections.list()).items).toEqual([]);
  expect(await mine.dodo.productCollections.retrieve(made.id)).toEqual(made);

  const guarded = await mockOf({
    apis: [{ contract: contractOf('dodopayments') }],
    keys: new Map([['s3cret', 'alice']]),
  });
  const base = guarded.apis['dodopayments'] ?? '';
  const stranger = shop(base, 'guess');
  const { dodo } = stranger;
  for (const call of [
    () => dodo.products.list(),
    () => dodo.productCollections.create({ name: 'x', groups: [] }),
    () => dodo.productCollections.groups.create(made.id, group),
    () => dodo.meters.retrieve('mtr_unknown'),
  ]) {
    await stranger.refused(call(), AuthenticationError, 401, 'UNAUTHORIZED');
  }
  expect((await shop(base, 's3cret').dodo.products.list()).items).toEqual([]);
});
