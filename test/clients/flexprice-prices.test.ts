// Prices and the plans that they are of, through Flexprice's official client.

import { expect, test } from 'vitest';
import { flat, group, idOf, tenant } from './flex.ts';
import { served } from './served.ts';

const mock = served('flexprice');

test('prices of every model are made, found, changed in place, replaced and ended', async () => {
  const { flex, wire, refused, refusedAnyway } = tenant(mock.url);
  const { prices } = flex;
  const plan = idOf(await flex.plans.createPlan({ name: 'Pro' }));
  const made = await prices.createPrice(
    flat(plan, { amount: '10.5', lookupKey: 'monthly', metadata: { team: 'ink' } }),
  );
  expect(made).toMatchObject({
    id: expect.stringMatching(/^price_[0-9A-HJKMNP-TV-Z]{26}$/),
    amount: '10.5',
    status: 'published',
    metadata: { team: 'ink' },
    billingPeriodCount: 1,
    entityId: plan,
  });
  const { billingPeriodCount: _, ...uncounted } = flat(plan);
  expect((await prices.createPrice(uncounted)).billingPeriodCount).toBe(1);
  const { amount: __, ...amountless } = flat(plan);
  const tiered = { ...amountless, billingModel: 'TIERED', tierMode: 'SLAB' } as const;
  const tiers = [{ upTo: 100, unitAmount: '1', flatAmount: '5' }, { unitAmount: '0.5' }];
  expect((await prices.createPrice({ ...tiered, tiers })).tiers).toEqual(tiers);
  const packed = {
    billingModel: 'PACKAGE',
    transformQuantity: { divideBy: 10, round: 'up' },
  } as const;
  expect((await prices.createPrice(flat(plan, packed))).transformQuantity).toEqual(
    packed.transformQuantity,
  );

  const adds = (changes: Parameters<typeof flat>[1]) => prices.createPrice(flat(plan, changes));
  await refused(prices.createPrice(amountless), 400, 'validation_error');
  await refused(adds({ amount: '-1' }), 400, 'validation_error');
  await refused(adds({ amount: 'ten' }), 400, 'validation_error');
  await refused(prices.createPrice({ ...tiered, tiers: [] }), 400, 'validation_error');
  await refused(adds({ billingPeriodCount: 0 }), 400, 'validation_error');
  await refused(adds({ type: 'USAGE', invoiceCadence: 'ARREAR' }), 400, 'validation_error');
  await refused(adds({ groupId: 'group_unknown' }), 400, 'validation_error');
  await refusedAnyway(adds({ entityId: 'plan_unknown' }), 404, 'not_found');
  await refusedAnyway(adds({ lookupKey: 'monthly' }), 409, 'already_exists');

  const { items: bulk } = await prices.createPricesBulk({
    items: [flat(plan, { amount: '1' }), flat(plan, { amount: '2', lookupKey: 'second' })],
  });
  expect(bulk?.map(({ amount }) => amount)).toEqual(['1', '2']);
  const half = { items: [flat(plan), flat(plan, { amount: '-2' })] };
  await refused(prices.createPricesBulk(half), 400, 'validation_error');
  const { items, pagination } = await prices.queryPrice({ entityIds: [plan], limit: 4 });
  expect(items).toHaveLength(4);
  expect(pagination).toEqual({ total: 6, limit: 4, offset: 0 });
  const { items: rest } = await prices.queryPrice({ entityIds: [plan], limit: 4, offset: 4 });
  expect(rest?.at(-1)).toEqual(made);
  expect((await prices.queryPrice({ priceIds: [idOf(made)] })).items).toEqual([made]);
  expect(await prices.getPriceByLookupKey('monthly')).toEqual(made);
  await refusedAnyway(prices.getPriceByLookupKey('yearly'), 404, 'not_found');

  const named = await prices.updatePrice(idOf(made), {
    description: 'Monthly',
    metadata: { a: 'b' },
  });
  expect(named).toEqual({
    ...made,
    description: 'Monthly',
    metadata: { a: 'b' },
    updatedAt: named.updatedAt,
  });
  const dearer = await prices.updatePrice(idOf(made), { amount: '12' });
  expect(dearer).toMatchObject({ amount: '12', parentPriceId: made.id, lookupKey: 'monthly' });
  expect(dearer.id).not.toBe(made.id);
  expect(await prices.getPrice(idOf(made))).toMatchObject({
    amount: '10.5',
    endDate: expect.any(String),
  });
  expect((await prices.getPriceByLookupKey('monthly')).id).toBe(dearer.id);
  await refusedAnyway(prices.updatePrice('price_unknown', { description: '' }), 404, 'not_found');

  expect(await prices.deletePrice(idOf(dearer), {})).toEqual({ message: expect.any(String) });
  await refused(prices.deletePrice(idOf(dearer), {}), 400, 'validation_error');
  await refusedAnyway(prices.deletePrice('price_unknown', {}), 404, 'not_found');
  await refusedAnyway(prices.getPriceByLookupKey('monthly'), 404, 'not_found');
  const line = [made, dearer].map(idOf);
  expect((await prices.queryPrice({ priceIds: line })).items).toEqual([]);
  const ended = await prices.queryPrice({ priceIds: line, allowExpiredPrices: true });
  expect(ended.items?.map(idOf).toSorted()).toEqual(line.toSorted());
  expect((await adds({ lookupKey: 'monthly' })).lookupKey).toBe('monthly');
  expect(wire.sent).toHaveLength(33);
});

test('plans are made, listed, changed, cloned with their grouped prices and archived', async () => {
  const { flex, wire, refused, refusedAnyway } = tenant(mock.url);
  const { groups, plans, prices } = flex;
  const pro = await plans.createPlan({
    name: 'Pro',
    lookupKey: 'pro',
    description: 'For teams',
    displayOrder: 2,
    metadata: { tier: 'two' },
  });
  expect(pro).toMatchObject({
    id: expect.stringMatching(/^plan_[0-9A-HJKMNP-TV-Z]{26}$/),
    status: 'published',
    displayOrder: 2,
    metadata: { tier: 'two' },
  });
  const free = await plans.createPlan({ name: 'Free', displayOrder: 1 });
  const plain = await plans.createPlan({ name: 'Free', displayOrder: 3 });
  await refused(plans.createPlan({ name: '' }), 400, 'validation_error');
  await refusedAnyway(plans.createPlan({ name: 'X', lookupKey: 'pro' }), 409, 'already_exists');
  expect((await plans.queryPlan({})).items?.map(idOf)).toEqual([free, pro, plain].map(idOf));
  expect((await plans.queryPlan({ lookupKey: 'pro' })).items?.map(idOf)).toEqual([pro.id]);
  expect((await plans.queryPlan({ planIds: [idOf(plain)] })).items?.map(idOf)).toEqual([plain.id]);
  expect((await plans.queryPlan({ limit: 1, offset: 1 })).items?.map(idOf)).toEqual([pro.id]);
  expect(await plans.getPlan(idOf(pro))).toEqual(pro);
  await refused(plans.getPlan('plan_unknown'), 404, 'not_found');

  const renamed = await plans.updatePlan(idOf(pro), { name: 'Pro 2', displayOrder: 5 });
  expect(renamed).toEqual({ ...pro, name: 'Pro 2', displayOrder: 5, updatedAt: renamed.updatedAt });
  const emptied = await plans.updatePlan(idOf(pro), { description: '' });
  expect(emptied.description ?? '').toBe('');
  const taken = plans.updatePlan(idOf(plain), { lookupKey: 'pro' });
  await refusedAnyway(taken, 409, 'already_exists');
  await refused(plans.updatePlan('plan_unknown', { name: 'X' }), 404, 'not_found');

  const team = await groups.createGroup(group('team'));
  const seat = await prices.createPrice(
    flat(idOf(pro), { groupId: idOf(team), lookupKey: 'seat', amount: '7' }),
  );
  const once = await prices.createPrice(flat(idOf(pro), { amount: '9' }));
  expect((await plans.getPlan(idOf(pro))).prices?.map(({ id }) => id).toSorted()).toEqual(
    [seat.id, once.id].toSorted(),
  );
  const body = { name: 'Pro copy', lookupKey: 'pro-copy', metadata: { tier: 'three' } };
  const copy = await plans.postPlansIdClone(idOf(pro), body);
  expect(copy).toMatchObject({
    name: 'Pro copy',
    lookupKey: 'pro-copy',
    metadata: { tier: 'three', source_plan_id: pro.id },
  });
  const copied = copy.prices?.map((price) => [price.amount, price.groupId, price.lookupKey]);
  expect(copied?.toSorted()).toEqual([
    ['7', team.id, undefined],
    ['9', undefined, undefined],
  ]);
  const { items } = await prices.queryPrice({ entityIds: [idOf(copy)] });
  expect(items?.map(idOf).toSorted()).toEqual(copy.prices?.map(idOf).toSorted());
  const clones = (body: Parameters<typeof plans.postPlansIdClone>[1], id = idOf(pro)) =>
    plans.postPlansIdClone(id, body);
  await refused(clones(body), 409, 'already_exists');
  await refused(clones({ name: 'X', lookupKey: 'pro' }), 409, 'already_exists');
  await refused(clones({ name: 'X' }), 400, 'validation_error');
  await refused(clones({ ...body, lookupKey: 'x' }, 'plan_unknown'), 404, 'not_found');

  expect(await plans.deletePlan(idOf(pro))).toEqual({ message: expect.any(String) });
  expect((await plans.getPlan(idOf(pro))).status).toBe('archived');
  expect((await plans.queryPlan({})).items?.map(idOf)).toEqual([free, plain, copy].map(idOf));
  await refused(plans.deletePlan('plan_unknown'), 404, 'not_found');
  expect((await plans.createPlan({ name: 'Pro', lookupKey: 'pro' })).id).not.toBe(pro.id);
  expect((await prices.getPrice(idOf(seat))).endDate).toBeUndefined();
  expect(wire.sent).toHaveLength(31);
});
