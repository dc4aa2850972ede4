// Named groups are unique in their collection, by "Create Product Collection Group", group_name.

import { expect, test } from 'vitest';
import {
  collection,
  expectDone,
  expectRefused,
  groupIds,
  groupsOf,
  of,
  patch,
  product,
  products,
  read,
  start,
  type Talk,
} from './talk.ts';

const TAKEN = [422, 'INVALID_REQUEST_PARAMETERS', 'group.name-unique'] as const;

/** A collection with one group of that name, and its path. */
async function named(talk: Talk, group_name: string | null = 'Teams') {
  const made = await collection(talk, [{ group_name, products: of(await product(talk)) }]);
  return { made, groups: `/product-collections/${made.id}/groups` };
}

const names = (body: Parameters<typeof groupsOf>[0]) =>
  groupsOf(body).map((group) => group['group_name']);

test('[group.name-unique] a name is used once in a new collection', async () => {
  const talk = start();
  const [a = '', b = ''] = await products(talk, 2);
  const groups = (first: string | null, second: string | null) => [
    { group_name: first, products: of(a) },
    { group_name: second, products: of(b) },
  ];
  const refused = await talk.post('/product-collections', {
    name: 'Inkwell plans',
    groups: groups('Teams', 'Teams'),
  });
  expectRefused(refused, ...TAKEN);
  expect((await talk.get('/product-collections')).body.items).toEqual([]);
  const made = await collection(talk, groups('Teams', 'Schools'));
  expect(names(made)).toEqual(['Teams', 'Schools']);
});

test('[group.name-unique] a group of a name that is taken is not added, its products stay free', async () => {
  const talk = start();
  const { made, groups } = await named(talk);
  const extra = await product(talk);
  const body = { group_name: 'Teams', products: of(extra) };
  expectRefused(await talk.post(groups, body), ...TAKEN);
  expectRefused(await talk.post(groups, { group_name: 'Teams', products: [] }), ...TAKEN);
  expect(await read(talk, made.id)).toEqual(made);
  expect((await talk.post(groups, { ...body, group_name: 'Schools' })).status).toBe(200);
});

test('[group.name-unique] any number of groups has no name, sent as null or not at all', async () => {
  const talk = start();
  const [a = '', b = ''] = await products(talk, 2);
  const made = await collection(talk, [{ group_name: null, products: of(a) }, { products: of(b) }]);
  const groups = `/product-collections/${made.id}/groups`;
  for (const body of [{ products: [] }, { products: [], group_name: null }]) {
    expect((await talk.post(groups, body)).status).toBe(200);
  }
  expect(names(await read(talk, made.id))).toEqual([null, null, null, null]);
});

test('[group.name-unique] the same name is free in another collection', async () => {
  const talk = start();
  await named(talk);
  const other = await named(talk);
  expect(names(other.made)).toEqual(['Teams']);
  const third = await collection(talk);
  const added = await talk.post(`/product-collections/${third.id}/groups`, {
    group_name: 'Teams',
    products: [],
  });
  expect(added.status).toBe(200);
});

test('[group.name-unique] (assumed) names are compared letter by letter, nothing is trimmed', async () => {
  const talk = start();
  const { made, groups } = await named(talk);
  const others = [
    'teams',
    'TEAMS',
    'Teams ',
    ' Teams',
    'Team',
    'Téams',
    '__proto__',
    'constructor',
  ];
  for (const group_name of others) {
    const added = await talk.post(groups, { group_name, products: [] });
    expect(added.status).toBe(200);
    expect(added.body['group_name']).toBe(group_name);
    expectRefused(await talk.post(groups, { group_name, products: [] }), ...TAKEN);
  }
  expect(names(await read(talk, made.id))).toEqual(['Teams', ...others]);
});

test('[group.name-unique] (assumed) the empty text is a name like any other', async () => {
  const talk = start();
  const { groups } = await named(talk);
  const first = await talk.post(groups, { group_name: '', products: [] });
  expect(first.status).toBe(200);
  expect(first.body['group_name']).toBe('');
  expectRefused(await talk.post(groups, { group_name: '', products: [] }), ...TAKEN);
});

test('[group.name-unique] (assumed) a group that is switched off keeps its name', async () => {
  const talk = start();
  const { made, groups } = await named(talk);
  expectDone(await patch(talk, `${groups}/${groupIds(made)[0]}`, { status: false }));
  expectRefused(await talk.post(groups, { group_name: 'Teams', products: [] }), ...TAKEN);
});

test('[group.name-unique] a group is not renamed to a name that is taken', async () => {
  const talk = start();
  const { made, groups } = await named(talk);
  const added = await talk.post(groups, { group_name: 'Schools', products: [] });
  const second = `${groups}/${added.body['group_id']}`;
  const refused = await patch(talk, second, { group_name: 'Teams', status: false });
  expectRefused(refused, ...TAKEN);
  expect(groupsOf(await read(talk, made.id))[1]).toEqual(added.body);
  expectDone(await patch(talk, second, { group_name: 'Schools' }));
  expectDone(await patch(talk, second, { group_name: 'Clubs' }));
  expect(names(await read(talk, made.id))).toEqual(['Teams', 'Clubs']);
});

test('[group.name-unique] a name is free again when its group is renamed, cleared or deleted', async () => {
  const talk = start();
  const { made, groups } = await named(talk);
  const first = `${groups}/${groupIds(made)[0]}`;
  const add = async () => {
    const added = await talk.post(groups, { group_name: 'Teams', products: [] });
    expect(added.status).toBe(200);
    return `${groups}/${added.body['group_id']}`;
  };
  expectDone(await patch(talk, first, { group_name: 'Desks' }));
  const second = await add();
  expectRefused(await patch(talk, first, { group_name: 'Teams' }), ...TAKEN);
  expectDone(await patch(talk, second, { group_name: null }));
  const third = await add();
  expectDone(await talk.delete(third));
  await add();
  expect(names(await read(talk, made.id))).toEqual(['Desks', null, 'Teams']);
});
