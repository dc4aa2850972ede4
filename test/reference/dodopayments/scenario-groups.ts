// Scenarios around groups: names, products, the last product, statuses.

import type { Talk } from './talk.ts';
import { put, Shop, TWO } from './talk.ts';

const ALL = '/product-collections';

export async function names(talk: Talk): Promise<void> {
  const shop = new Shop(talk);
  const [a = '', b = '', c = ''] = await shop.products(3);
  const foreign = await shop.product('Foreign', {}, TWO);
  const theirs = await shop.collection('Theirs', [[foreign]], TWO);
  const other = await shop.collection('Other', [[c]]);
  const id = await shop.collection('C', [[a]]);
  const path = `${ALL}/${id}/groups`;
  await talk.say('POST', `${ALL}/${other}/groups`, { group_name: 'Elsewhere', products: [] });
  const there = { group_name: 'Abroad', products: [] };
  await talk.say('POST', `${ALL}/${theirs}/groups`, there, { key: TWO });
  const tries = [
    'Pro',
    'pro',
    ' Pro ',
    'Pro',
    null,
    null,
    undefined,
    '',
    '',
    'Elsewhere',
    'Abroad',
  ];
  for (const group_name of [...tries, 'A', 'An even longer name for a group', 7]) {
    await talk.say('POST', path, { group_name, products: [], status: false });
    await shop.see(id);
  }
  await talk.say('POST', path, { group_name: 'A', ...put(b) });
  await shop.see(id);
  const { groups } = await shop.parts(id);
  const [, pro = '', small = ''] = groups;
  for (const group_name of ['pro', 'Pro', 'New', 'Pro', null, undefined, 'A', 'Elsewhere', 9]) {
    await talk.say('PATCH', `${path}/${pro}`, { group_name });
    await shop.see(id);
  }
  await talk.say('PATCH', `${path}/${pro}`, { group_name: 'Last' });
  await talk.say('POST', path, { group_name: 'New', products: [] });
  await talk.say('DELETE', `${path}/${small}`);
  await talk.say('POST', path, { group_name: 'pro', products: [] });
  await shop.see(id);
}

export async function once(talk: Talk): Promise<void> {
  const shop = new Shop(talk);
  const [a = '', b = '', c = '', d = '', e = '', f = ''] = await shop.products(6);
  const gone = await shop.product('Gone');
  await talk.say('DELETE', `/products/${gone}`);
  const foreign = await shop.product('P1', {}, TWO);
  await shop.collection('Theirs', [[foreign]], TWO);
  const other = await shop.collection('Other', [[b, f]]);
  const id = await shop.collection('C', [[a], [c]]);
  const { groups, rows } = await shop.parts(id);
  const path = `${ALL}/${id}/groups`;
  const items = `${path}/${groups[0]}/items`;
  const loose = await shop.product('Loose', {}, TWO);
  for (const bad of [b, a, c, 'pdt_nothing', gone, foreign, loose]) {
    await talk.say('POST', path, { group_name: 'Bad', ...put(d, bad) });
    await talk.say('POST', items, put(d, bad));
    await talk.say('POST', ALL, { name: 'Bad', groups: [put(d, bad)] });
    await shop.see(id);
    await shop.see(other);
  }
  await talk.say('POST', path, put(e, e));
  await talk.say('POST', items, put(e, e));
  await talk.say('GET', ALL);
  await talk.say('POST', items, put(d, e));
  await shop.see(id);
  await talk.say('GET', `/products/${d}`);
  await freeing(talk, { id, other, group: groups[1] ?? '', row: rows[0]?.[0] ?? '', a, c, b });
  const twin = await shop.product('P3');
  await talk.say('POST', path, put(twin));
}

interface Freed {
  [what: string]: string;
}

async function freeing(talk: Talk, ids: Freed): Promise<void> {
  const shop = new Shop(talk);
  const { id = '', other = '', group = '', row = '', a = '', c = '', b = '' } = ids;
  const path = `${ALL}/${id}/groups`;
  const { groups, rows } = await shop.parts(other);
  await talk.say('PATCH', `${ALL}/${other}/groups/${groups[0]}/items/${rows[0]?.[0]}`, {
    status: false,
  });
  await talk.say('POST', path, put(b));
  await talk.say('PATCH', `${ALL}/${other}/groups/${groups[0]}`, { status: false });
  await talk.say('POST', path, put(b));
  const mine = (await shop.parts(id)).groups[0];
  await talk.say('DELETE', `${path}/${mine}/items/${row}`);
  await talk.say('GET', `/products/${a}`);
  await talk.say('POST', `${ALL}/${other}/groups`, put(a));
  await talk.say('DELETE', `${path}/${group}`);
  await talk.say('POST', `${ALL}/${other}/groups`, put(c));
  await shop.see(id);
  await shop.see(other);
}

export async function last(talk: Talk): Promise<void> {
  const shop = new Shop(talk);
  const [a = '', b = '', c = '', d = '', e = ''] = await shop.products(5);
  await shop.collection('Other', [[e]]);
  const id = await shop.collection('C', [[a, b], [c], [d]]);
  const path = `${ALL}/${id}/groups`;
  const { groups, rows } = await shop.parts(id);
  const [x = '', y = '', z = ''] = groups;
  const [k = '', l = ''] = rows[0] ?? [];
  await talk.say('DELETE', `${path}/${z}`);
  await talk.say('PATCH', `${path}/${x}/items/${l}`, { status: false });
  const steps = [
    `${x}/items/${k}`,
    `${y}/items/${rows[1]?.[0]}`,
    `${x}/items/${l}`,
    x,
    y,
    `${x}/items/${l}`,
  ];
  for (const step of steps) {
    await talk.say('DELETE', `${path}/${step}`);
    await shop.see(id);
  }
  await talk.say('POST', path, put(a));
  await talk.say('DELETE', `${path}/${x}`);
  await shop.see(id);
}

export async function lastOfGroup(talk: Talk): Promise<void> {
  const shop = new Shop(talk);
  const [a = '', b = '', c = ''] = await shop.products(3);
  const id = await shop.collection('C', [[a], [b], []]);
  const path = `${ALL}/${id}/groups`;
  const { groups, rows } = await shop.parts(id);
  await talk.say('DELETE', `${path}/${groups[1]}/items/${rows[1]?.[0]}`);
  await talk.say('POST', `${path}/${groups[2]}/items`, put(c));
  await talk.say('DELETE', `${path}/${groups[0]}`);
  await talk.say('DELETE', `${path}/${groups[2]}`);
  await shop.see(id);
}

const STATUSES = [false, true, null, undefined, 'yes', 1];

export async function statuses(talk: Talk): Promise<void> {
  const shop = new Shop(talk);
  const [a = '', b = '', c = ''] = await shop.products(3);
  const id = await shop.collection('C', [[a, b], [c]]);
  const path = `${ALL}/${id}/groups`;
  for (const status of STATUSES) {
    const one = await shop.product('S');
    await talk.say('POST', path, { status, products: [{ product_id: one, status: false }] });
    const two = await shop.product('T');
    const made = await talk.say('POST', path, { products: [{ product_id: two, status }] });
    const items = `${path}/${made.data['group_id']}/items`;
    const three = await shop.product('U');
    await talk.say('POST', items, { products: [{ product_id: three, status }] });
    await shop.see(id);
  }
  const { groups, rows } = await shop.parts(id);
  for (const status of [false, ...STATUSES, false, undefined, null]) {
    await talk.say('PATCH', `${path}/${groups[0]}`, { status });
    await shop.see(id);
    await talk.say('PATCH', `${path}/${groups[0]}/items/${rows[0]?.[0]}`, { status });
    await shop.see(id);
  }
  const bodies = [{}, { products: null }, { products: [{}] }, { products: 'x' }, { products: [7] }];
  for (const body of bodies) {
    await talk.say('POST', path, body);
    await talk.say('POST', `${path}/${groups[0]}/items`, body);
  }
}
