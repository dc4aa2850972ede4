// Tests of the healthy server: collections: PATCH, order, archive, rows.

import { expect, test } from 'vitest';
import type { Fields } from './model.ts';
import { ALL, GONE, INVALID, shop } from './shop-of-test.ts';
import { oneTime, partsOf, put } from './talk.ts';

test('absent keeps, null clears, a value is set', async () => {
  const { send, make, home, parts } = shop();
  const { path, ids } = await home({ ...put(await make()), group_name: 'A' });
  const after = async (where: string, body: Fields) => {
    const reply = await send('PATCH', where, body);
    expect([reply.status, reply.text, reply.headers['content-type']]).toEqual([200, '', undefined]);
    return (await parts(path)).shown;
  };
  const set = { description: 'D', on_payment_failure: 'apply_change', name: 'N', brand_id: 'b' };
  expect(await after(path, set)).toMatchObject(set);
  const nulls = { name: null, brand_id: null, group_order: null };
  expect(await after(path, nulls)).toMatchObject(set);
  const cleared = { description: null, on_payment_failure: null };
  expect(await after(path, cleared)).toMatchObject({ ...set, ...cleared });
  const [group = ''] = ids;
  expect(await after(group, { status: false })).toMatchObject({
    groups: [{ group_name: 'A', status: false }],
  });
  expect(await after(group, { group_name: null })).toMatchObject({
    groups: [{ group_name: null, status: false }],
  });
});

test('orders have to name everything once', async () => {
  const { send, code, make, home, parts } = shop();
  const { path, groups, ids, rows } = await home(put(await make(), await make()), put());
  const [x, y] = groups.map((each) => String(each['group_id']));
  const [k, l] = (rows[0] ?? []).map((each) => String(each['id']));
  for (const bad of [[x], [x, x], [x, y, y], [x, k]]) {
    expect(await code('PATCH', path, { group_order: bad, name: 'Half' })).toEqual(INVALID);
  }
  for (const bad of [[k], [k, k], [k, x]]) {
    expect(await code('PATCH', ids[0] ?? '', { product_order: bad })).toEqual(INVALID);
  }
  await send('PATCH', path, { group_order: [y, x] });
  await send('PATCH', ids[0] ?? '', { product_order: [l, k] });
  const now = await parts(path);
  expect(now.ids).toEqual([ids[1], ids[0]]);
  expect(now.rows[1]?.map((row) => row['id'])).toEqual([l, k]);
  expect(now.shown['name']).toBe('C');
});

test('an archived collection is readable, not writable, and comes back', async () => {
  const { send, code, status, make, home, parts } = shop();
  const [a, b, c] = [await make('A'), await make('B'), await make('C')];
  const { path, data, ids, rows } = await home(put(a), put(b));
  const { id } = data;
  expect(await status('DELETE', path)).toBe(200);
  const item = `${ids[0]}/items/${rows[0]?.[0]?.['id']}`;
  for (const [method, where, body] of [
    ['DELETE', path, undefined],
    ['PATCH', path, { name: 'N' }],
    ['PUT', `${path}/images`, undefined],
    ['POST', `${path}/groups`, put(c)],
    ['PATCH', ids[0], { status: false }],
    ['DELETE', ids[0], undefined],
    ['POST', `${ids[0]}/items`, put(c)],
    ['PATCH', item, { status: false }],
    ['DELETE', item, undefined],
  ] as const) {
    expect(await code(method, where ?? '', body)).toEqual(GONE);
  }
  const listed = async (query: string) =>
    partsOf((await send('GET', ALL + query)).data['items']).map((each) => each['id']);
  expect([await listed(''), await listed('?archived=true')]).toEqual([[], [id]]);
  await send('DELETE', `/products/${a}`);
  const back = await send('POST', `${path}/unarchive`);
  expect(back.data).toMatchObject({ collection_id: id, excluded_product_ids: [a] });
  expect((await parts(path)).rows).toEqual([[], rows[1]]);
  expect([await listed(''), await listed('?archived=true')]).toEqual([[id], []]);
});

test('rows follow their products and updated_at moves on every write', async () => {
  const { send, make, home, parts } = shop();
  const id = await make();
  const { path, data, ids, rows } = await home(put(id));
  const price = oneTime({ price: 77, currency: 'EUR' });
  await send('PATCH', `/products/${id}`, { name: 'New', price });
  const now = await parts(path);
  expect(now.rows[0]?.[0]).toMatchObject({ name: 'New', price: 77, currency: 'EUR' });
  expect(now.shown['updated_at']).toBe(data['updated_at']);
  const seen = [String(data['updated_at'])];
  for (const [method, where, body] of [
    ['PATCH', path, { name: 'N' }],
    ['POST', `${path}/groups`, put()],
    ['PATCH', ids[0], { status: false }],
    ['POST', `${ids[0]}/items`, put(await make())],
    ['PATCH', `${ids[0]}/items/${rows[0]?.[0]?.['id']}`, { status: false }],
    ['DELETE', `${ids[0]}/items/${rows[0]?.[0]?.['id']}`, undefined],
  ] as const) {
    expect((await send(method, where ?? '', body)).status).toBe(200);
    const { shown } = await parts(path);
    expect(shown['created_at']).toBe(data['created_at']);
    seen.push(String(shown['updated_at']));
  }
  expect([...new Set(seen)].sort()).toEqual(seen);
});

test('unknown things are 404, the row of an item is not its product', async () => {
  const { code, make, home } = shop();
  const a = await make();
  const { path, ids } = await home(put(a, await make()));
  const missing = [404, 'NOT_FOUND'];
  const other = await home(put(await make()));
  const elsewhere = ids[0]?.replace(path, other.path) ?? '';
  const item = `${ids[0]}/items/${a}`;
  for (const where of [`${ALL}/pdc_no`, `${path}/groups/x`, elsewhere, item]) {
    expect(await code('DELETE', where)).toEqual(missing);
  }
  expect(await code('POST', `${ALL}/pdc_no/groups`, put())).toEqual(missing);
  expect(await code('GET', '/products/pdt_no')).toEqual(missing);
});
