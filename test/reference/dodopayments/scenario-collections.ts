// Scenarios around collections as a whole.

import type { Fields } from './model.ts';
import { PLAN_FIELDS } from './names.ts';
import type { Talk } from './talk.ts';
import { CAPITALS, idIn, put, recurring, Shop, TWO } from './talk.ts';

const ALL = '/product-collections';
const PLAN = Object.keys(PLAN_FIELDS);
const first = Object.fromEntries(PLAN.map((field) => [field, PLAN_FIELDS[field]?.[0] ?? '']));
const second = Object.fromEntries(PLAN.map((field) => [field, PLAN_FIELDS[field]?.[1] ?? '']));
const IMAGE = '3b1f8c2e-8a52-4d0e-9a67-52b1f0a7c111';

export async function creating(talk: Talk): Promise<void> {
  const shop = new Shop(talk);
  const [a = '', b = '', c = '', d = '', e = '', f = ''] = await shop.products(6);
  const groups = [
    {
      group_name: 'One',
      status: false,
      products: [{ product_id: a, status: false }, { product_id: b }],
    },
    { group_name: null, products: [{ product_id: c, status: null }] },
    { status: null, products: [], group_name: ' A longer Name for this group ' },
  ];
  const words = { name: 'A long name for a collection: Ü', description: 'D', ...first };
  const made = await talk.say('POST', ALL, { ...words, brand_id: null, groups, extra: 1 });
  await shop.see(idIn(made));
  await talk.say('GET', `/products/${a}`);
  for (const name of [undefined, null, '', 7, 'x'.repeat(100), 'x'.repeat(101)]) {
    const id = await shop.product('Q');
    await talk.say('POST', ALL, { name, groups: [put(id)] });
  }
  for (const bad of [undefined, null, [], [{ products: [] }], [{}], 'x', [7], [put('pdt_no')]]) {
    await talk.say('POST', ALL, { name: 'N', groups: bad });
  }
  for (const field of PLAN)
    await talk.say('POST', ALL, {
      name: 'N',
      groups: [put(await shop.product('R'))],
      [field]: 'x',
    });
  await talk.say('POST', ALL, { name: 'N', groups: [put(d), put(d)] });
  await talk.say('POST', ALL, { name: 'N', groups: [put(d, d)] });
  await talk.say('POST', ALL, { name: 'N', groups: [put(d), put(a)] });
  await talk.say('GET', `${ALL}?page_size=100`);
  const twice = [{ ...put(d), group_name: 'X' }, put(e), { ...put(), group_name: 'X' }];
  await talk.say('POST', ALL, { name: 'N', groups: twice });
  await talk.say('POST', ALL, { name: 'N', groups: [put(d), put(), put(e), put(f)] });
  await talk.say('GET', `${ALL}?page_size=100`);
}

export async function patching(talk: Talk): Promise<void> {
  const shop = new Shop(talk);
  const [a = '', b = '', z = ''] = await shop.products(3);
  await shop.collection('Sibling', [[z]]);
  const foreign = await shop.product('Foreign', {}, TWO);
  const theirs = await shop.collection('Theirs', [[foreign]], TWO);
  const id = await shop.collection('C', [[a], [b]]);
  const { groups } = await shop.parts(id);
  const full = { description: 'D', image_id: IMAGE, name: 'Named', brand_id: 'brnd_mine' };
  const empty = Object.fromEntries(['description', 'image_id', ...PLAN].map((key) => [key, null]));
  const steps: unknown[] = [
    { ...full, ...first },
    {},
    { name: null },
    { brand_id: null },
    { group_order: null },
    { description: null },
    ...PLAN.map((field) => ({ [field]: null })),
    { ...full, description: 'Other', ...second },
    empty,
    { ...full, ...second },
    { name: 'Again', group_order: [groups[0]] },
    { name: '' },
    { description: 7 },
    { image_id: 'no' },
    ...PLAN.map((field) => ({ [field]: 'x' })),
  ];
  for (const body of steps) {
    await talk.say('PATCH', `${ALL}/${id}`, body);
    await shop.see(id);
  }
  await talk.say('GET', ALL);
  await talk.say('GET', `${ALL}/${theirs}`, undefined, { key: TWO });
}

export async function ordering(talk: Talk): Promise<void> {
  const shop = new Shop(talk);
  const [a = '', b = '', c = '', d = ''] = await shop.products(4);
  const id = await shop.collection('C', [[a, b], [c], [d]]);
  const { groups, rows } = await shop.parts(id);
  const [x = '', y = '', z = ''] = groups;
  const [k = '', l = ''] = rows[0] ?? [];
  for (const order of [[z, x, y], [x], [x, x, y, z], [x, y, z, IMAGE], [x, y, IMAGE], [], [7]]) {
    await talk.say('PATCH', `${ALL}/${id}`, { group_order: order });
    await shop.see(id);
  }
  for (const order of [[l, k], [k], [k, k, l], [k, l, IMAGE], [a, b], [], null]) {
    await talk.say('PATCH', `${ALL}/${id}/groups/${x}`, { product_order: order, group_name: 'R' });
    await shop.see(id);
    await talk.say('PATCH', `${ALL}/${id}/groups/${x}`, { group_name: 'A' });
  }
}

export async function archiving(talk: Talk): Promise<void> {
  const shop = new Shop(talk);
  const [a = '', b = '', c = '', d = '', e = '', f = ''] = await shop.products(6);
  const foreign = await shop.product('Foreign', {}, TWO);
  const theirs = await shop.collection('Theirs', [[foreign]], TWO);
  const other = await shop.collection('Other', [[d]]);
  const id = await shop.collection('C', [[a, b], [c]]);
  const { groups, rows } = await shop.parts(id);
  const path = `${ALL}/${id}`;
  const group = `${path}/groups/${groups[0]}`;
  const item = `${group}/items/${rows[0]?.[0]}`;
  const lists = async (): Promise<void> => {
    for (const query of ['', '?archived=true', '?archived=false']) {
      await talk.say('GET', ALL + query);
    }
  };
  await talk.say('PATCH', `${group}/items/${rows[0]?.[1]}`, { status: false });
  await talk.say('POST', `${path}/unarchive`);
  await talk.say('DELETE', path);
  await shop.see(id);
  await lists();
  const writes: [string, string, Fields?][] = [
    ['PATCH', path, { name: 'New' }],
    ['PUT', `${path}/images`],
    ['POST', `${path}/groups`, { ...put(e), group_name: 'E' }],
    ['PATCH', group, { group_name: 'G' }],
    ['POST', `${group}/items`, put(f)],
    ['PATCH', item, { status: false }],
    ['DELETE', item],
    ['DELETE', `${path}/groups/${groups[1]}`],
    ['DELETE', path],
  ];
  for (const [method, where, body] of writes) {
    await talk.say(method, where, body);
    await shop.see(id);
  }
  for (const each of [a, c]) {
    await talk.say('DELETE', `/products/${each}`);
    await talk.say('GET', `/products/${each}`);
    await shop.see(id);
  }
  await talk.say('DELETE', `${ALL}/${other}`);
  await talk.say('POST', `${path}/unarchive`);
  await shop.see(id);
  await lists();
  for (const each of [a, b, c]) await talk.say('GET', `/products/${each}`);
  await shop.see(other);
  await shop.see(theirs, TWO);
  for (const query of ['', '?force_update=true', '?force_update=maybe']) {
    await talk.say('PUT', `${path}/images${query}`);
    await shop.see(id);
  }
  await talk.say('PUT', `${path}/images`, {}, { raw: 'not read' });
}

export async function collectionLists(talk: Talk): Promise<void> {
  const shop = new Shop(talk);
  await talk.say('GET', ALL);
  const [a = '', b = '', c = ''] = await shop.products(3);
  const d = await shop.product('D', { brand_id: 'brnd_two', price: recurring() });
  await shop.collection('One', [[a, b], [c]]);
  const body = { name: 'Two', brand_id: 'brnd_two', description: 'D', groups: [put(d)] };
  const two = idIn(await talk.say('POST', ALL, body));
  for (const query of ['', '?brand_id=brnd_two', '?brand_id=none', '?archived=perhaps']) {
    await talk.say('GET', ALL + query);
    await talk.say('GET', `/products${query}`);
  }
  await talk.say('POST', `${ALL}/${two}/groups`, put(a));
  const more = await shop.product('E', { brand_id: 'brnd_two' });
  await talk.say('POST', `${ALL}/${two}/groups`, put(more));
  await talk.say('PATCH', `${ALL}/${two}`, { name: 'Renamed' });
  await talk.say('GET', ALL);
  await talk.say('GET', ALL, undefined, { key: TWO });
  await talk.say('GET', ALL, undefined, { key: CAPITALS });
}
