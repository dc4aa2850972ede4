// Tests of the healthy server: groups, names, places.

import { expect, test } from 'vitest';
import { ALL, INVALID, LAST, shop } from './shop-of-test.ts';
import { partsOf, put, recurring } from './talk.ts';

test('a group is added with 200, UUIDs and statuses that default to true', async () => {
  const { send, make, home } = shop();
  const { path } = await home(put(await make()));
  const id = await make('Second', { description: 'D', price: recurring({ tax_inclusive: true }) });
  const made = await send('POST', `${path}/groups`, {
    group_name: null,
    products: [{ product_id: id, status: null }],
  });
  expect(made.status).toBe(200);
  const { group_id, products, ...rest } = made.data;
  expect(group_id).toMatch(/^[0-9a-f-]{36}$/);
  expect(rest).toEqual({ group_name: null, status: true });
  const [{ id: row, price_detail, ...shown } = {}] = partsOf(products);
  expect(row).toMatch(/^[0-9a-f-]{36}$/);
  expect(price_detail).toMatchObject({ type: 'recurring_price', trial_period_days: 0 });
  expect(shown).toEqual({
    product_id: id,
    status: true,
    is_recurring: true,
    license_key_enabled: false,
    meters_count: 0,
    files_count: 0,
    addons_count: 0,
    has_credit_entitlements: false,
    name: 'Second',
    description: 'D',
    currency: 'USD',
    price: 1000,
    tax_category: 'digital_products',
    tax_inclusive: true,
  });
});

test('names come once in a collection, null ones without limit', async () => {
  const { code, status, make, home } = shop();
  const one = await home({ ...put(await make()), group_name: 'A' });
  const two = await home({ ...put(await make()), group_name: 'A' });
  const groups = `${one.path}/groups`;
  for (const group_name of [null, null, 'a', ' A']) {
    expect(await status('POST', groups, { ...put(), group_name })).toBe(200);
  }
  expect(await code('POST', groups, { ...put(), group_name: 'A' })).toEqual(INVALID);
  const twice = [
    { ...put(await make()), group_name: 'X' },
    { ...put(), group_name: 'X' },
  ];
  expect(await code('POST', ALL, { name: 'N', groups: twice })).toEqual(INVALID);
  expect(await status('POST', `${two.path}/groups`, { ...put(), group_name: 'a' })).toBe(200);
  expect(await code('PATCH', two.ids[0] ?? '', { group_name: 'a' })).toEqual(INVALID);
  expect(await status('PATCH', two.ids[0] ?? '', { group_name: 'A' })).toBe(200);
});

test('a product is in one place, refused requests leave nothing behind', async () => {
  const { send, code, make, home, parts } = shop();
  const [a, b, c, dead] = [await make(), await make(), await make(), await make()];
  const foreign = await shop().make();
  await send('DELETE', `/products/${dead}`);
  const one = await home(put(a), put(b));
  const two = await home(put(await make()));
  const before = await parts(one.path);
  for (const [bad, answer] of [
    [a, INVALID],
    ['pdt_no', INVALID],
    [foreign, INVALID],
    [dead, [410, 'PRODUCT_IS_DELETED']],
  ] as const) {
    for (const path of [`${one.path}/groups`, `${two.ids[0]}/items`]) {
      expect(await code('POST', path, put(c, bad))).toEqual(answer);
    }
    expect(await code('POST', ALL, { name: 'N', groups: [put(c), put(bad)] })).toEqual(answer);
  }
  expect(await code('POST', `${one.path}/groups`, put(c, c))).toEqual(INVALID);
  expect(await parts(one.path)).toEqual(before);
  await send('DELETE', `${one.ids[0]}/items/${one.rows[0]?.[0]?.['id']}`);
  const moved = await send('POST', `${two.ids[0]}/items`, put(a, c));
  expect(partsOf(moved.all).map((row) => row['product_id'])).toEqual([a, c]);
  const id = (await parts(two.path)).shown['id'];
  expect((await send('GET', `/products/${a}`)).data['product_collection_id']).toBe(id);
});

test('one product stays', async () => {
  const { code, status, make, home, parts } = shop();
  const groups = [{ products: [] }];
  expect(await code('POST', ALL, { name: 'N', groups: [] })).toEqual(LAST);
  expect(await code('POST', ALL, { name: 'N', groups })).toEqual(LAST);
  const { path, ids, rows } = await home(put(await make()), put(await make()), put());
  expect(await status('DELETE', `${ids[0]}/items/${rows[0]?.[0]?.['id']}`)).toBe(200);
  expect(await code('DELETE', `${ids[1]}/items/${rows[1]?.[0]?.['id']}`)).toEqual(LAST);
  expect(await code('DELETE', ids[1] ?? '')).toEqual(LAST);
  expect(await status('DELETE', ids[2] ?? '')).toBe(200);
  expect(await status('DELETE', ids[0] ?? '')).toBe(200);
  expect((await parts(path)).rows).toEqual([rows[1]]);
});
