// Groups and who sees them, through Flexprice's official client, which checks each answer against its types.

import { Flexprice, SDKError, SDKValidationError } from '@flexprice/sdk';
import { expect, test } from 'vitest';
import { flat, group, idOf, tenant } from './flex.ts';
import { served } from './served.ts';

const mock = served('flexprice');

test('groups are made, found, filled with prices and deleted', async () => {
  const { flex, wire, refused } = tenant(mock.url);
  const { groups, prices } = flex;
  const gpu = await groups.createGroup(group('gpu'));
  expect(gpu).toEqual({
    id: expect.stringMatching(/^group_[0-9A-HJKMNP-TV-Z]{26}$/),
    name: 'Group gpu',
    lookupKey: 'gpu',
    entityType: 'price',
    entityIds: [],
    metadata: {},
    status: 'published',
    createdAt: gpu.createdAt,
    updatedAt: gpu.createdAt,
  });
  const disk = await groups.createGroup(group('disk'));
  expect(await groups.getGroup(idOf(gpu))).toEqual(gpu);
  expect(await groups.queryGroup({ limit: 10 })).toEqual({
    items: [disk, gpu],
    pagination: { total: 2, limit: 10, offset: 0 },
  });
  expect((await groups.queryGroup({ limit: 1, offset: 1 })).items).toEqual([gpu]);
  expect((await groups.queryGroup({ lookupKey: 'gpu' })).items).toEqual([gpu]);
  expect((await groups.queryGroup({ name: 'disk', entityType: 'price' })).items).toEqual([disk]);
  expect((await groups.queryGroup({ groupIds: [idOf(disk)] })).items).toEqual([disk]);

  await refused(groups.createGroup(group('gpu')), 400, 'already_exists');
  await refused(groups.createGroup({ ...group('x'), name: '' }), 400, 'validation_error');
  await refused(groups.createGroup({ ...group('x'), entityType: 'plan' }), 400, 'validation_error');
  await refused(groups.queryGroup({ limit: 0 }), 400, 'validation_error');
  await refused(groups.getGroup('group_unknown'), 404, 'not_found');
  await refused(groups.deleteGroup('group_unknown'), 404, 'not_found');
  const { name, entityType } = group('x');
  const keyless = groups.createGroup({ name, entityType } as never);
  await expect(keyless).rejects.toThrow(SDKValidationError);
  expect((await groups.queryGroup({})).items).toEqual([disk, gpu]);

  const plan = idOf(await flex.plans.createPlan({ name: 'Pro' }));
  const hour = await prices.createPrice(flat(plan, { groupId: idOf(gpu) }));
  const month = await prices.createPrice(flat(plan, { groupId: idOf(gpu), amount: '20' }));
  expect([hour.groupId, hour.group]).toEqual([gpu.id, undefined]);
  expect((await groups.getGroup(idOf(gpu))).entityIds?.toSorted()).toEqual(
    [hour.id, month.id].toSorted(),
  );
  const { items: shown } = await prices.queryPrice({ entityIds: [plan], expand: 'groups' });
  expect(shown?.map((price) => [price.id, price.group?.lookupKey])).toEqual([
    [month.id, 'gpu'],
    [hour.id, 'gpu'],
  ]);
  await prices.updatePrice(idOf(month), { description: 'Still there' });
  await prices.updatePrice(idOf(month), { groupId: idOf(disk) });
  expect((await prices.getPrice(idOf(month))).groupId).toBe(disk.id);
  const nowhere = prices.updatePrice(idOf(month), { groupId: 'group_unknown' });
  await refused(nowhere, 400, 'validation_error');
  expect((await prices.updatePrice(idOf(month), { groupId: '' })).groupId).toBeUndefined();
  expect((await groups.getGroup(idOf(disk))).entityIds).toEqual([]);

  expect(await groups.deleteGroup(idOf(gpu))).toBeUndefined();
  expect((await groups.getGroup(idOf(gpu))).status).toBe('archived');
  expect((await prices.getPrice(idOf(hour))).groupId).toBeUndefined();
  expect((await groups.queryGroup({})).items).toEqual([disk]);
  const archived = prices.createPrice(flat(plan, { groupId: idOf(gpu) }));
  await refused(archived, 400, 'validation_error');
  expect((await groups.createGroup(group('gpu'))).id).not.toBe(gpu.id);
  expect(wire.sent).toHaveLength(32);
});

test('an environment, and another tenant, see nothing of what is made here', async () => {
  const { flex, wire, refused, refusedAnyway } = tenant(mock.url);
  const { groups, plans, prices, customers } = flex;
  const there = { headers: { 'X-Environment-ID': 'env_second' } };
  const here = await groups.createGroup(group('same'));
  const theirs = await groups.createGroup(group('same'), there);
  expect(theirs.id).not.toBe(here.id);
  await refused(groups.createGroup(group('same'), there), 400, 'already_exists');
  const plan = await plans.createPlan({ name: 'Pro', lookupKey: 'pro' });
  const second = await plans.createPlan({ name: 'Pro', lookupKey: 'pro' }, there);
  expect([plan.environmentId, second.environmentId]).toEqual(['default', 'env_second']);
  const price = await prices.createPrice(
    flat(idOf(plan), { lookupKey: 'monthly', groupId: idOf(here) }),
  );

  await refused(groups.getGroup(idOf(here), there), 404, 'not_found');
  await refused(groups.deleteGroup(idOf(here), there), 404, 'not_found');
  await refused(plans.getPlan(idOf(plan), there), 404, 'not_found');
  await refusedAnyway(prices.getPrice(idOf(price), there), 404, 'not_found');
  await refusedAnyway(prices.getPriceByLookupKey('monthly', there), 404, 'not_found');
  await refusedAnyway(prices.createPrice(flat(idOf(plan)), there), 404, 'not_found');
  const across = flat(idOf(second), { groupId: idOf(here) });
  await refused(prices.createPrice(across, there), 400, 'validation_error');
  const ids = async (options?: typeof there) => [
    (await groups.queryGroup({}, options)).items?.map(({ id }) => id),
    (await plans.queryPlan({}, options)).items?.map(({ id }) => id),
    (await prices.queryPrice({}, options)).items?.map(({ id }) => id),
  ];
  expect(await ids()).toEqual([[here.id], [plan.id], [price.id]]);
  expect(await ids(there)).toEqual([[theirs.id], [second.id], []]);

  const ada = await customers.createCustomer({ externalId: 'ada', name: 'Ada' });
  expect((await customers.getCustomer(idOf(ada))).externalId).toBe('ada');
  const again = customers.createCustomer({ externalId: 'ada', name: 'Ada' });
  await refusedAnyway(again, 409, 'already_exists');
  await customers.createCustomer({ externalId: 'ada', name: 'Ada' }, there);
  await refusedAnyway(customers.getCustomer('cust_unknown'), 404, 'not_found');
  await groups.deleteGroup(idOf(theirs), there);
  expect((await groups.getGroup(idOf(here))).status).toBe('published');
  expect(wire.sent).toHaveLength(26);

  const other = tenant(mock.url);
  await other.refused(other.flex.groups.getGroup(idOf(here)), 404, 'not_found');
  expect((await other.flex.groups.queryGroup({})).items).toEqual([]);
  const keyless = new Flexprice({ serverURL: mock.url }).groups.getGroup(idOf(here));
  await expect(keyless).rejects.toThrow(SDKError);
  await expect(keyless).rejects.toMatchObject({ statusCode: 401 });
});
