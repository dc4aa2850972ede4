// Reading and listing billing groups, by the API reference: get a billing group, billing groups of a
// customer, pagination.

import { expect, test } from 'vitest';
import {
  customer,
  data,
  expectProblem,
  group,
  ids,
  meta,
  NO_CUSTOMER,
  NO_GROUP,
  start,
  subscription,
  type Talk,
} from './talk.ts';

test('[record.kept] a group is read as it was made, without its customer', async () => {
  const talk = start();
  const owner = await customer(talk);
  const body = { customer: owner, name: 'Fiscal year', type: 'custom' };
  const made = await talk.post('/billing-groups', { ...body, customDay: 31, customMonth: 3 });
  expect(made.status).toBe(201);
  const read = await talk.get(`/billing-groups/${made.body.id}`);
  expect(read.status).toBe(200);
  expect(read.headers['content-type']).toBe('application/json; charset=utf-8');
  expect(read.body).toEqual({
    id: made.body.id,
    name: 'Fiscal year',
    type: 'custom',
    customDay: 31,
    customMonth: 3,
    subscriptions: [],
  });
});

test('an unknown group is not found', async () => {
  const talk = start();
  const owner = await customer(talk);
  expectProblem(await talk.get(`/billing-groups/${NO_GROUP}`), 404);
  expectProblem(await talk.get(`/billing-groups/${owner}`), 404);
  expectProblem(await talk.get('/billing-groups/__proto__'), 404);
});

test('[group.shows-subscriptions] a group shows the IRIs of what is in it, now', async () => {
  const talk = start();
  const owner = await customer(talk);
  const one = await group(talk, owner);
  const other = await group(talk, owner);
  const a = await subscription(talk, owner, { billingGroup: one });
  const b = await subscription(talk, owner, { billingGroup: one });
  await subscription(talk, owner);
  const shown = async (id: string) =>
    [...((await talk.get(`/billing-groups/${id}`)).body['subscriptions'] as string[])].sort();
  expect(await shown(one)).toEqual([`/subscriptions/${a}`, `/subscriptions/${b}`].sort());
  expect(await shown(other)).toEqual([]);
  await talk.put(`/subscriptions/${a}`, { billingGroup: other });
  expect(await shown(one)).toEqual([`/subscriptions/${b}`]);
  expect(await shown(other)).toEqual([`/subscriptions/${a}`]);
  await talk.put(`/subscriptions/${b}`, { billingGroup: null });
  expect(await shown(one)).toEqual([]);
});

test('[group.shows-subscriptions] neither a list nor the answer to a create shows them', async () => {
  const talk = start();
  const owner = await customer(talk);
  const id = await group(talk, owner);
  await subscription(talk, owner, { billingGroup: id });
  const listed = await talk.get(`/customers/${owner}/billing-groups`);
  expect(data(listed)).toEqual([
    { id, name: 'Month end', type: 'end_of_month', customDay: null, customMonth: null },
  ]);
  const again = await talk.post('/billing-groups', {
    customer: owner,
    name: 'x',
    type: 'custom',
    customDay: 1,
  });
  expect(again.body).not.toHaveProperty('subscriptions');
});

test("[group.list-by-customer] a customer's list holds its groups and no others", async () => {
  const talk = start();
  const [a, b, c] = [await customer(talk), await customer(talk), await customer(talk)];
  const one = await group(talk, a);
  const two = await group(talk, b);
  const three = await group(talk, a);
  const listed = await talk.get(`/customers/${a}/billing-groups`);
  expect(listed.status).toBe(200);
  expect([...ids(listed)].sort()).toEqual([one, three].sort());
  expect(listed.body['meta']).toEqual(meta(2, 30, 1, 1, 2));
  expect(ids(await talk.get(`/customers/${b}/billing-groups`))).toEqual([two]);
  expect((await talk.get(`/customers/${c}/billing-groups`)).body).toEqual({
    data: [],
    meta: {
      pagination: {
        totalItems: 0,
        itemsPerPage: 30,
        currentPage: 1,
        lastPage: 1,
        pageTotalItems: 0,
      },
    },
  });
});

test('[group.list-customer-exists] the list of an unknown customer is not found', async () => {
  const talk = start();
  const owner = await customer(talk);
  const id = await group(talk, owner);
  expectProblem(await talk.get(`/customers/${NO_CUSTOMER}/billing-groups`), 404);
  expectProblem(await talk.get(`/customers/${id}/billing-groups`), 404);
  expect((await talk.get(`/customers/${owner}/billing-groups`)).status).toBe(200);
});

/** The lists, with how something comes into them. */
type Fill = (talk: Talk, owner: string) => Promise<string>;
const LISTS: readonly [string, (owner: string) => string, Fill][] = [
  ['billing groups', (owner) => `/customers/${owner}/billing-groups?`, group],
  ['subscriptions', (owner) => `/subscriptions?customer=${owner}&`, subscription],
  ['customers', () => '/customers?', (talk) => customer(talk)],
];

for (const [name, pathOf, make] of LISTS) {
  /** Five records, newest first. */
  const five = async () => {
    const talk = start();
    const owner = name === 'customers' ? '' : await customer(talk);
    const made: string[] = [];
    for (let day = 10; day < 15; day++) {
      talk.at(`2026-03-${day}T12:00:00Z`);
      made.unshift(await make(talk, owner));
    }
    return { talk, made, path: pathOf(owner) };
  };

  test(`[list.pages] ${name} come in pages that are numbered from 1`, async () => {
    const { talk, made, path } = await five();
    for (const [query, cut, says] of [
      ['', made, meta(5, 30, 1, 1, 5)],
      ['limit=2', made.slice(0, 2), meta(5, 2, 1, 3, 2)],
      ['limit=2&page=1', made.slice(0, 2), meta(5, 2, 1, 3, 2)],
      ['limit=2&page=2', made.slice(2, 4), meta(5, 2, 2, 3, 2)],
      ['page=3&limit=2', made.slice(4), meta(5, 2, 3, 3, 1)],
      ['limit=1&page=5', made.slice(4), meta(5, 1, 5, 5, 1)],
      ['limit=5', made, meta(5, 5, 1, 1, 5)],
      ['limit=100', made, meta(5, 100, 1, 1, 5)],
      ['limit=2&page=4', [], meta(5, 2, 4, 3, 0)],
      ['page=2', [], meta(5, 30, 2, 1, 0)],
    ] as const) {
      const page = await talk.get(path + query);
      expect([query, page.status, ids(page), page.body['meta']]).toEqual([query, 200, cut, says]);
    }
    const none = await talk.get(`${path}limit=0`);
    expect(none.status).toBe(200);
    expect(data(none)).toEqual([]);
    expect(none.body['meta']).toMatchObject({ pagination: { totalItems: 5, pageTotalItems: 0 } });
  });

  for (const query of ['page=0', 'page=-1', 'page=x', 'page=1.5', 'limit=x', 'limit=-1']) {
    test(`[list.pages] ${name} have no ${query}`, async () => {
      const { talk, path } = await five();
      expectProblem(await talk.get(path + query), 400);
    });
  }

  test(`[list.newest-first] ${name} are newest first`, async () => {
    const { talk, made, path } = await five();
    expect(ids(await talk.get(path.slice(0, -1)))).toEqual(made);
  });
}

test('[list.pages] a page has 30 records unless told, and at most 100', async () => {
  const talk = start();
  const owner = await customer(talk);
  for (let i = 0; i < 101; i++) await group(talk, owner);
  const path = `/customers/${owner}/billing-groups`;
  const first = await talk.get(path);
  expect([ids(first).length, first.body['meta']]).toEqual([30, meta(101, 30, 1, 4, 30)]);
  const last = await talk.get(`${path}?page=4`);
  expect([ids(last).length, last.body['meta']]).toEqual([11, meta(101, 30, 4, 4, 11)]);
  const most = await talk.get(`${path}?limit=100`);
  expect([ids(most).length, most.body['meta']]).toEqual([100, meta(101, 100, 1, 2, 100)]);
});

test('[list.pages] who asks for more than 100 records gets 100', async () => {
  const talk = start();
  const owner = await customer(talk);
  for (let i = 0; i < 101; i++) await group(talk, owner);
  const page = await talk.get(`/customers/${owner}/billing-groups?limit=101`);
  expect(page.status).toBe(200);
  expect([ids(page).length, page.body['meta']]).toEqual([100, meta(101, 100, 1, 2, 100)]);
});
