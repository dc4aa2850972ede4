// Changing a collection: three states for each field, and the order of its groups.

import { expect, test } from 'vitest';
import type { Json } from '../../../src/model/json.ts';
import {
  collection,
  expectDone,
  expectRefused,
  groupIds,
  members,
  NO_COLLECTION,
  NO_ORDERS,
  of,
  patch,
  product,
  products,
  read,
  start,
  type Talk,
  UUID,
} from './talk.ts';

const FULL = {
  name: 'Inkwell plans',
  description: 'For desks of any size',
  effective_at_on_upgrade: 'immediately',
  effective_at_on_downgrade: 'next_billing_date',
  proration_billing_mode_on_upgrade: 'prorated_immediately',
  proration_billing_mode_on_downgrade: 'full_immediately',
  on_payment_failure: 'prevent_change',
};

/** A collection with every field set, and its path. */
async function full(talk: Talk) {
  const groups = [{ products: of(await product(talk)) }];
  const made = await talk.post('/product-collections', { ...FULL, groups });
  expect(made.status).toBe(200);
  return { made: made.body, path: `/product-collections/${made.body.id}` };
}

test('[collection.null-clears] [collection.plan-defaults-clear] [collection.null-keeps] an empty update changes nothing', async () => {
  const talk = start();
  const { made, path } = await full(talk);
  expectDone(await patch(talk, path, {}));
  const { updated_at: _, ...rest } = made;
  expect(await read(talk, made.id)).toMatchObject(rest);
});

for (const [field, value] of [
  ['description', 'For one desk'],
  ['effective_at_on_upgrade', 'next_billing_date'],
  ['effective_at_on_downgrade', 'immediately'],
  ['proration_billing_mode_on_upgrade', 'difference_immediately'],
  ['proration_billing_mode_on_downgrade', 'do_not_bill'],
  ['on_payment_failure', 'apply_change'],
] as const) {
  test(`[collection.null-clears] [collection.plan-defaults-clear] ${field} is kept, cleared by null, set by a value`, async () => {
    const talk = start();
    const { made, path } = await full(talk);
    const kept = { ...FULL, name: 'Renamed' };
    expectDone(await patch(talk, path, { name: 'Renamed' }));
    expect(await read(talk, made.id)).toMatchObject(kept);
    expectDone(await patch(talk, path, { [field]: null }));
    expect(await read(talk, made.id)).toMatchObject({ ...kept, [field]: null });
    expectDone(await patch(talk, path, {}));
    expect(await read(talk, made.id)).toMatchObject({ ...kept, [field]: null });
    expectDone(await patch(talk, path, { [field]: value }));
    expect(await read(talk, made.id)).toMatchObject({ ...kept, [field]: value });
  });
}

test('[collection.null-keeps] (assumed) null for name, brand and order changes nothing', async () => {
  const talk = start();
  const { made, path } = await full(talk);
  expectDone(await patch(talk, path, { name: null, brand_id: null, group_order: null }));
  const { updated_at: _, ...rest } = made;
  expect(await read(talk, made.id)).toMatchObject(rest);
  expectDone(await patch(talk, path, { name: null, description: 'New' }));
  expect(await read(talk, made.id)).toMatchObject({ ...rest, description: 'New' });
});

test('[record.kept] an update sets several fields at once, and no other', async () => {
  const talk = start();
  const { made, path } = await full(talk);
  const sent = { name: 'Renamed', description: null, on_payment_failure: 'apply_change' };
  expectDone(await patch(talk, path, sent));
  const { updated_at: _, ...rest } = made;
  expect(await read(talk, made.id)).toMatchObject({ ...rest, ...sent });
});

for (const body of [
  { name: 7 },
  { description: ['x'] },
  { brand_id: 7 },
  { group_order: 'x' },
  { group_order: [7] },
  { effective_at_on_upgrade: 'later' },
  { proration_billing_mode_on_downgrade: 'free' },
  { on_payment_failure: true },
] satisfies Json[]) {
  test(`the update ${JSON.stringify(body)} is refused, and what is beside it not done`, async () => {
    const talk = start();
    const { made, path } = await full(talk);
    const refused = await patch(talk, path, { description: 'New', ...body });
    expectRefused(refused, 422, 'INVALID_REQUEST_BODY');
    expect(await read(talk, made.id)).toEqual(made);
  });
}

test('the id of an image is a UUID', async () => {
  const talk = start();
  const { path } = await full(talk);
  for (const image_id of ['no-uuid', '', 7]) {
    expectRefused(await patch(talk, path, { image_id }), 422);
  }
});

test('[collection.name-length] (assumed) no update makes the name empty, or longer than 100 characters', async () => {
  const talk = start();
  const { made, path } = await full(talk);
  for (const name of ['', 'x'.repeat(101)]) {
    const refused = await patch(talk, path, { description: 'New', name });
    expectRefused(refused, 422, 'INVALID_REQUEST_PARAMETERS', 'collection.name-length');
  }
  expect(await read(talk, made.id)).toEqual(made);
  expectDone(await patch(talk, path, { name: 'x'.repeat(100) }));
  expect((await read(talk, made.id))['name']).toBe('x'.repeat(100));
});

/** A collection of three groups. */
async function three(talk: Talk) {
  const [a = '', b = '', c = ''] = await products(talk, 3);
  const made = await collection(talk, [
    { group_name: 'A', products: of(a) },
    { products: of(b) },
    { products: of(c) },
  ]);
  const [x = '', y = '', z = ''] = groupIds(made);
  return { made, path: `/product-collections/${made.id}`, groups: [x, y, z] as const, a, b, c };
}

test('[collection.group-order] the groups are read in the order that was asked for, with their rows', async () => {
  const talk = start();
  const { made, path, groups, a, b, c } = await three(talk);
  const [x, y, z] = groups;
  expectDone(await patch(talk, path, { group_order: [z, y, x] }));
  const reversed = await read(talk, made.id);
  expect(groupIds(reversed)).toEqual([z, y, x]);
  expect(members(reversed)).toEqual([[c], [b], [a]]);
  expectDone(await patch(talk, path, { group_order: [z, x, y], name: 'Renamed' }));
  expect(groupIds(await read(talk, made.id))).toEqual([z, x, y]);
  expect((await read(talk, made.id))['name']).toBe('Renamed');
  const added = await talk.post(`${path}/groups`, { products: [] });
  expectDone(await talk.delete(`${path}/groups/${x}`));
  expect(groupIds(await read(talk, made.id))).toEqual([z, y, added.body['group_id']]);
});

for (const [what, order] of NO_ORDERS) {
  test(`[collection.group-order] (assumed) refuses an order of groups ${what}, and changes nothing else`, async () => {
    const talk = start();
    const { made, path, groups } = await three(talk);
    const group_order = order(...groups);
    expectRefused(await patch(talk, path, { group_order, name: 'Renamed' }), 422);
    expect(await read(talk, made.id)).toEqual(made);
  });
}

test('[collection.group-order] groups of another collection are none of this one', async () => {
  const talk = start();
  const { made, path, groups } = await three(talk);
  const [foreign = ''] = groupIds(await collection(talk));
  const [x, y, z] = groups;
  for (const group_order of [
    [x, y, foreign],
    [x, y, z, foreign],
  ]) {
    expectRefused(await patch(talk, path, { group_order }), 422);
  }
  expect(await read(talk, made.id)).toEqual(made);
});

test('[collection.image-uploaded] an address to upload an image to, and its id when it is forced', async () => {
  const talk = start();
  const { made, path } = await full(talk);
  for (const query of ['', '?force_update=false']) {
    const answer = await talk.put(`${path}/images${query}`);
    expect(answer.status).toBe(200);
    expect(answer.body['url']).toMatch(/^https?:\/\/./);
    expect(answer.body['image_id'] ?? null).toBeNull();
  }
  const forced = await talk.put(`${path}/images?force_update=true`);
  expect(forced.status).toBe(200);
  expect(forced.body['image_id']).toMatch(UUID);
  expect(await read(talk, made.id)).toEqual(made);
  expectRefused(await talk.put(`${path}/images?force_update=x`), 422, 'INVALID_QUERY_PARAMS');
  expectRefused(await talk.put(`/product-collections/${NO_COLLECTION}/images`), 404, 'NOT_FOUND');
});

test('[collection.image-shown] (assumed) the image is kept, cleared by null, set by the id of an upload', async () => {
  const talk = start();
  const { made, path } = await full(talk);
  expect(made['image']).toBeNull();
  const { body } = await talk.put(`${path}/images?force_update=true`);
  expectDone(await patch(talk, path, { image_id: String(body['image_id']) }));
  const image = (await read(talk, made.id))['image'];
  expect(image).toEqual(expect.stringMatching(/./));
  expectDone(await patch(talk, path, { name: 'Renamed' }));
  expect((await read(talk, made.id))['image']).toBe(image);
  expectDone(await patch(talk, path, { image_id: null }));
  expect((await read(talk, made.id))['image']).toBeNull();
});

test('(assumed) an unknown collection is not updated', async () => {
  const refused = await patch(start(), `/product-collections/${NO_COLLECTION}`, { name: 'x' });
  expectRefused(refused, 404, 'NOT_FOUND');
});
