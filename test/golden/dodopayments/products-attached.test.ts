// What is attached to products: add-ons, credits and other entitlements.

import { expect, test } from 'vitest';
import {
  addon,
  type Body,
  credits,
  expectDone,
  expectRefused,
  patch,
  product,
  productBody,
  RECURRING,
  start,
} from './talk.ts';

test("[product.addons-exist] a product's add-ons exist", async () => {
  const talk = start();
  const [one, two] = [await addon(talk), await addon(talk)];
  const id = await product(talk, { price: RECURRING, addons: [two, one] });
  expect((await talk.get(`/products/${id}`)).body['addons']).toEqual([two, one]);
  for (const addons of [['adn_unknown'], [one, 'adn_unknown'], [id]]) {
    const body = productBody({ price: RECURRING, addons });
    expectRefused(await talk.post('/products', body), 422, 'MISSING_ADDON_IDS');
    expectRefused(await patch(talk, `/products/${id}`, { addons }), 422, 'MISSING_ADDON_IDS');
  }
  expectDone(await patch(talk, `/products/${id}`, { addons: [one] }));
  expectDone(await patch(talk, `/products/${id}`, { name: 'Renamed' }));
  expect((await talk.get(`/products/${id}`)).body['addons']).toEqual([one]);
});

test('[product.addon-once] a product names an add-on once', async () => {
  const talk = start();
  const [one, two] = [await addon(talk), await addon(talk)];
  const id = await product(talk, { price: RECURRING, addons: [one, two] });
  for (const addons of [
    [one, one],
    [one, two, one],
  ]) {
    const code = 'DUPLICATE_ADDON_IDS_IN_REQUEST';
    const body = productBody({ price: RECURRING, addons });
    expectRefused(await talk.post('/products', body), 422, code, 'product.addon-once');
    expectRefused(await patch(talk, `/products/${id}`, { addons }), 422, code);
  }
  expect((await talk.get(`/products/${id}`)).body['addons']).toEqual([one, two]);
});

const attach = (...ids: string[]) =>
  ids.map((credit_entitlement_id) => ({ credit_entitlement_id, credits_amount: '500' }));

test("[product.credits-exist] (assumed) a product's credit entitlements exist", async () => {
  const talk = start();
  const credit = await credits(talk);
  for (const credit_entitlements of [attach('cde_unknown'), attach(credit, 'cde_unknown')]) {
    const refused = await talk.post('/products', productBody({ credit_entitlements }));
    expectRefused(refused, 422, 'INVALID_REQUEST_PARAMETERS');
  }
  await product(talk, { credit_entitlements: attach(credit) });
});

test('[product.credits-shown] (assumed) a product shows its credits with their names and units', async () => {
  const talk = start();
  const one = await credits(talk, { overage_enabled: true, overage_behavior: 'carry_deficit' });
  const two = await credits(talk, { name: 'Print credits', unit: 'prints' });
  const id = await product(talk, { credit_entitlements: attach(one, two) });
  const shown = (await talk.get(`/products/${id}`)).body['credit_entitlements'] as Body[];
  expect(shown).toEqual([
    {
      id: expect.stringMatching(/./),
      credit_entitlement_id: one,
      credit_entitlement_name: 'Scan credits',
      credit_entitlement_unit: 'scans',
      credits_amount: '500',
      overage_behavior: 'carry_deficit',
      overage_enabled: true,
      proration_behavior: expect.stringMatching(/^(no_)?prorate$/),
      rollover_enabled: true,
      trial_credits_expire_after_trial: expect.any(Boolean),
    },
    expect.objectContaining({
      credit_entitlement_id: two,
      credit_entitlement_name: 'Print credits',
      credit_entitlement_unit: 'prints',
      overage_behavior: 'forgive_at_reset',
      overage_enabled: false,
    }),
  ]);
  expect(shown[0]?.id).not.toBe(shown[1]?.id);
});

test('an update replaces the whole list of credits; an empty list takes all away, none keeps them', async () => {
  const talk = start();
  const [one, two] = [await credits(talk), await credits(talk, { name: 'Print credits' })];
  const id = await product(talk, { credit_entitlements: attach(one) });
  const attached = async () =>
    ((await talk.get(`/products/${id}`)).body['credit_entitlements'] as Body[]).map(
      (each) => each['credit_entitlement_id'],
    );
  expectDone(await patch(talk, `/products/${id}`, { name: 'Renamed' }));
  expect(await attached()).toEqual([one]);
  expectDone(await patch(talk, `/products/${id}`, { credit_entitlements: attach(two) }));
  expect(await attached()).toEqual([two]);
  expectDone(await patch(talk, `/products/${id}`, { credit_entitlements: [] }));
  expect(await attached()).toEqual([]);
});

test('[product.lists-limited] (assumed) a product has five credit entitlements at most', async () => {
  const talk = start();
  const made: string[] = [];
  for (let n = 0; n < 6; n += 1) made.push(await credits(talk, { name: `Credits ${n}` }));
  const id = await product(talk, { credit_entitlements: attach(...made.slice(1)) });
  const more = { credit_entitlements: attach(...made) };
  for (const refused of [
    await talk.post('/products', productBody(more)),
    await patch(talk, `/products/${id}`, more),
  ]) {
    expectRefused(refused, 422, 'INVALID_REQUEST_PARAMETERS', 'product.lists-limited');
  }
});

test('[product.no-entitlements] (assumed) there are no other entitlements to attach', async () => {
  const talk = start();
  for (const entitlements of [[], null]) {
    const made = await talk.post('/products', productBody({ entitlements }));
    expect(made.status).toBe(200);
    expect(made.body['entitlements']).toEqual([]);
  }
  const entitlements = [{ entitlement_id: 'ent_0aB1cD2eF3gH4iJ5kL6mN' }];
  const body = productBody({ entitlements });
  expectRefused(await talk.post('/products', body), 422, 'INVALID_REQUEST_PARAMETERS');
  const id = await product(talk);
  expectRefused(await patch(talk, `/products/${id}`, { entitlements }), 422);
});
