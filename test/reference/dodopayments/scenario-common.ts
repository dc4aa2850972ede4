// Scenarios around every request: callers, other businesses, bodies, errors, pages.

import type { Fields } from './model.ts';
import type { Talk } from './talk.ts';
import { CAPITALS, idIn, ONE, product, put, Shop, TWO } from './talk.ts';

const ALL = '/product-collections';

interface Things {
  [kind: string]: string;
}

const METER: Fields = {
  name: 'M',
  event_name: 'e',
  measurement_unit: 'u',
  aggregation: { type: 'count' },
};
const CREDIT: Fields = {
  name: 'C',
  unit: 'u',
  precision: 0,
  overage_enabled: false,
  rollover_enabled: false,
};
const ADDON: Fields = { name: 'A', price: 1, currency: 'USD', tax_category: 'saas' };

async function things(talk: Talk): Promise<Things> {
  const shop = new Shop(talk);
  const [a = '', b = '', c = '', spare = ''] = await shop.products(4);
  const collection = await shop.collection('C', [[a, b], [c]]);
  const { groups, rows } = await shop.parts(collection);
  const made = async (path: string, body: Fields) => idIn(await talk.say('POST', path, body));
  return {
    collection: `${ALL}/${collection}`,
    group: `${ALL}/${collection}/groups/${groups[0]}`,
    lastGroup: `${ALL}/${collection}/groups/${groups[1]}`,
    item: `${ALL}/${collection}/groups/${groups[0]}/items/${rows[0]?.[0]}`,
    product: `/products/${spare}`,
    spare,
    meter: `/meters/${await made('/meters', METER)}`,
    credit: `/credit-entitlements/${await made('/credit-entitlements', CREDIT)}`,
    addon: `/addons/${await made('/addons', ADDON)}`,
  };
}

// Every operation once, the ones that change most last.
function operations(of: Things, id: string): [string, string, Fields?][] {
  const { collection, group, item, lastGroup, meter, credit, addon } = of;
  return [
    ['GET', ALL],
    ['GET', `${collection}`],
    ['GET', '/products'],
    ['GET', `${of['product']}`],
    ['GET', '/meters'],
    ['GET', `${meter}`],
    ['GET', '/credit-entitlements'],
    ['GET', `${credit}`],
    ['GET', '/addons'],
    ['GET', `${addon}`],
    ['POST', '/products', product('New')],
    ['POST', '/meters', METER],
    ['POST', '/credit-entitlements', { ...CREDIT, name: 'Other' }],
    ['POST', '/addons', ADDON],
    ['POST', ALL, { name: 'New', groups: [put(id)] }],
    ['PATCH', `${of['product']}`, { name: 'Taken over' }],
    ['DELETE', `${of['product']}`],
    ['POST', `${of['product']}/unarchive`],
    ['PATCH', `${collection}`, { name: 'Taken over' }],
    ['PUT', `${collection}/images`],
    ['POST', `${collection}/groups`, { ...put(), group_name: 'Taken over' }],
    ['PATCH', `${group}`, { group_name: 'Taken over' }],
    ['POST', `${group}/items`, put()],
    ['PATCH', `${item}`, { status: false }],
    ['DELETE', `${item}`],
    ['DELETE', `${lastGroup}`],
    ['DELETE', `${collection}`],
    ['POST', `${collection}/unarchive`],
  ];
}

export async function nameless(talk: Talk): Promise<void> {
  const mine = await things(talk);
  for (const [method, path, body] of operations(mine, mine['spare'] ?? '')) {
    await talk.say(method, path, body, { key: '' });
    if (method !== 'GET') await talk.say('GET', mine['collection'] ?? '');
  }
  await talk.say('GET', mine['product'] ?? '');
  for (const authorization of ['Bearer', 'Bearer ', `Basic ${ONE}`, ONE, 'Bearer wrong-key']) {
    await talk.say('GET', ALL, undefined, { key: '', headers: { authorization } });
  }
  const small = { key: '', headers: { authorization: `bearer ${ONE}` } };
  await talk.say('GET', mine['collection'] ?? '', undefined, small);
  const lists = [ALL, '/products', '/meters', '/credit-entitlements', '/addons'];
  for (const path of lists) await talk.say('GET', path);
}

export async function tenants(talk: Talk): Promise<void> {
  const mine = await things(talk);
  for (const key of [TWO, CAPITALS]) {
    const own = idIn(await talk.say('POST', '/products', product('Own'), { key }));
    for (const [method, path, body] of operations(mine, own)) {
      await talk.say(method, path, body, { key });
    }
  }
  await talk.say('GET', mine['collection'] ?? '');
  await talk.say('GET', mine['product'] ?? '');
  await talk.say('GET', ALL);
  await talk.say('DELETE', mine['collection'] ?? '');
  await talk.say('POST', `${mine['collection']}/unarchive`, undefined, { key: TWO });
  await talk.say('GET', ALL);
}

// What an archive, an unarchive and a delete must not reach.
export async function reach(talk: Talk): Promise<void> {
  const shop = new Shop(talk);
  const ids = await shop.products(5);
  const [a = '', b = '', c = '', d = '', e = ''] = ids;
  const foreign = await shop.product('Foreign', {}, TWO);
  const theirs = await shop.collection('Theirs', [[foreign], []], TWO);
  const mine = [
    await shop.collection('One', [[a], [b]]),
    await shop.collection('Two', [[c]]),
    await shop.collection('Three', [[d], [e]]),
  ];
  const look = async (): Promise<void> => {
    for (const id of mine) await shop.see(id);
    await shop.see(theirs, TWO);
    for (const id of ids) await talk.say('GET', `/products/${id}`);
    await talk.say('GET', ALL);
    await talk.say('GET', `${ALL}?archived=true`);
    await talk.say('GET', ALL, undefined, { key: TWO });
  };
  for (const id of mine) {
    await talk.say('DELETE', `${ALL}/${id}`);
    await look();
  }
  await talk.say('POST', `${ALL}/${mine[0]}/unarchive`);
  await look();
  await talk.say('POST', `${ALL}/${mine[2]}/unarchive`);
  const { groups } = await shop.parts(mine[0] ?? '');
  await talk.say('DELETE', `${ALL}/${mine[0]}/groups/${groups[0]}`);
  await look();
  const { rows, groups: more } = await shop.parts(mine[2] ?? '');
  await talk.say('DELETE', `${ALL}/${mine[2]}/groups/${more[0]}/items/${rows[0]?.[0]}`);
  await look();
}

const RAW = ['{', '', '[]', '7', 'null', '"x"', '{"name": "\u00e9"'];

export async function bodies(talk: Talk): Promise<void> {
  const mine = await things(talk);
  const { collection = '', group = '', item = '' } = mine;
  for (const raw of RAW) {
    await talk.say('POST', '/products', undefined, { raw });
    await talk.say('POST', `${collection}/groups`, undefined, { raw });
    await talk.say('PATCH', item, undefined, { raw });
    await talk.say('PATCH', group, undefined, { raw });
  }
  const types = ['application/json; charset=utf-8', 'Application/JSON', 'text/plain', 'text/html'];
  for (const type of types) {
    const headers = { 'content-type': type };
    await talk.say('POST', '/products', product('T'), { headers });
    await talk.say('PATCH', collection, { name: type }, { headers });
  }
  await talk.say('POST', '/products', { ...product('T'), unknown: { a: [1] } });
  await talk.say('POST', `${collection}/groups`, { products: [], unknown: 7 });
  for (const path of ['/nothing', `${ALL}/`, `${collection}/nothing`, `${group}/items/`]) {
    await talk.say('GET', path);
    await talk.say('POST', path, {});
  }
  await talk.say('PUT', ALL, {});
  await talk.say('GET', group);
  await talk.say('POST', item, {});
  await talk.say('GET', `${ALL}/pdc_%2Fx`);
  await talk.say('GET', `${ALL}/pdc_nothing`);
  await talk.say('POST', `${ALL}/pdc_nothing/groups`, put());
  await talk.say('POST', `${collection}/unarchive`);
  await talk.say('PUT', `${collection}/images?force_update=true`);
}

export async function pages(talk: Talk): Promise<void> {
  const path = '/addons';
  await talk.say('GET', path);
  for (let n = 0; n < 25; n += 1) await talk.ask('POST', path, { ...ADDON, name: `N${n}` });
  const queries = [
    ...['', '?page_number=0', '?page_number=1', '?page_number=2', '?page_number=3'],
    ...['?page_size=3', '?page_size=3&page_number=1', '?page_size=3&page_number=9', '?page_size=0'],
    ...['?page_size=x', '?page_size=-1', '?page_number=x', '?page_number=-1', '?page_size=1.5'],
  ];
  for (const query of queries) await talk.say('GET', path + query);
  for (let n = 25; n < 103; n += 1) await talk.ask('POST', path, { ...ADDON, name: `N${n}` });
  for (const size of [60, 100, 101, 1000]) {
    const reply = await talk.say('GET', `${path}?page_size=${size}`);
    talk.write(String(Array.isArray(reply.data['items']) && reply.data['items'].length));
  }
}
