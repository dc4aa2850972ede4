// Scenarios around products and what they refer to.

import type { Fields, Json } from './model.ts';
import type { Talk } from './talk.ts';
import { idIn, oneTime, product, put, recurring, Shop, TWO, usage } from './talk.ts';

const WORDS: Fields = {
  description: 'Words',
  license_key_enabled: true,
  license_key_activations_limit: 3,
  metadata: { tier: 'x' },
};
export const meter = (name: string): Fields => ({
  name,
  event_name: `${name}.used`,
  measurement_unit: 'call',
  aggregation: { type: 'count' },
  description: `About ${name}`,
});
export const credit = (name: string): Fields => ({
  name,
  unit: 'token',
  precision: 2,
  overage_enabled: false,
  rollover_enabled: true,
});
const addon = (name: string): Fields => ({
  name,
  price: 300,
  currency: 'EUR',
  tax_category: 'saas',
});

export async function made(talk: Talk, path: string, body: Fields, key?: string): Promise<string> {
  return idIn(await talk.say('POST', path, body, key === undefined ? {} : { key }));
}

export async function products(talk: Talk): Promise<void> {
  const shop = new Shop(talk);
  const id = await shop.product('A product with a long name, é', WORDS);
  await talk.say('GET', `/products/${id}`);
  const bodies: { [field: string]: Json[] } = {
    name: [null, 7, '', 'x'.repeat(100), 'x'.repeat(101)],
    description: [null, 'x'.repeat(1000), 'x'.repeat(1001)],
    tax_category: [null, 'other', 'edtech', 'Saas'],
    price: [null, 'x', {}],
    license_key_enabled: [null, true, 'true'],
    license_key_activations_limit: [-1, 0],
    addons: [null, 'x', [7]],
    credit_entitlements: [null, [{}], ['x']],
    brand_id: [null, 'brnd_x'],
    metadata: [{ a: 1 }, many(50), many(51), 'x'],
  };
  for (const field of ['name', 'tax_category', 'price']) {
    const { [field]: _, ...rest } = product('P');
    await talk.say('POST', '/products', rest);
  }
  for (const [field, values] of Object.entries(bodies)) {
    for (const value of values)
      await talk.say('POST', '/products', product('P', { [field]: value }));
  }
  await talk.say('GET', '/products?page_size=100');
  for (let n = 0; n < 3; n += 1) await talk.say('GET', `/products/${await shop.product('Q')}`);
  await talk.say('GET', `/products/${id}`);
  await talk.say('GET', '/products/pdt_no');
}

const many = (count: number): Fields =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, 'v']));

// A product in a collection, changed and archived: the row follows.
export async function rows(talk: Talk): Promise<void> {
  const shop = new Shop(talk);
  const points = await made(talk, '/credit-entitlements', credit('Points'));
  const extra = [await made(talk, '/addons', addon('X')), await made(talk, '/addons', addon('Y'))];
  const counted = { meter_id: await made(talk, '/meters', meter('A')), price_per_unit: '1.50' };
  const linked = { addons: extra, credit_entitlements: [{ credit_entitlement_id: points }] };
  const taxed = { tax_inclusive: true, currency: 'EUR', price: 1234 };
  const a = await shop.product('A', { ...WORDS, ...linked, price: oneTime(taxed) });
  const b = await shop.product('B', { price: recurring(), ...linked });
  const c = await shop.product('C', { price: usage({ meters: [counted], tax_inclusive: false }) });
  const id = await shop.collection('C', [[a, b], [c]]);
  const change = async (which: string, body: Fields): Promise<void> => {
    await talk.say('PATCH', `/products/${which}`, body);
    await talk.say('GET', `/products/${which}`);
    await shop.see(id);
  };
  await shop.see(id);
  await change(a, {});
  await change(a, { name: 'New', description: 'New words', tax_category: 'e_book' });
  await change(a, { price: oneTime({ price: 999, currency: 'GBP', discount: 5 }) });
  await change(a, {
    addons: [extra[0] ?? ''],
    credit_entitlements: [],
    license_key_enabled: false,
  });
  await change(a, { name: 'Half', price: recurring() });
  await change(b, { addons: null, credit_entitlements: [{ credit_entitlement_id: points }] });
  const second = await made(talk, '/credit-entitlements', credit('Second'));
  await change(b, { credit_entitlements: [{ credit_entitlement_id: second }] });
  await change(c, { price: usage({ meters: [], fixed_price: 7 }), description: 'D' });
  await change(c, { price: recurring() });
  for (const bad of [{ addons: ['adn_no'] }, { name: null }, { tax_category: 'x' }, { price: 7 }]) {
    await change(a, bad);
  }
  for (let n = 0; n < 2; n += 1) {
    await talk.say('DELETE', `/products/${a}`);
    await talk.say('GET', `/products/${a}`);
    await shop.see(id);
    await talk.say('GET', '/product-collections');
  }
  await talk.say('POST', `/products/${a}/unarchive`);
  await talk.say('GET', `/products/${a}`);
  await shop.see(id);
}

export async function productLists(talk: Talk): Promise<void> {
  const shop = new Shop(talk);
  const [a] = [await shop.product('A', { ...WORDS, price: oneTime({ tax_inclusive: true }) })];
  await shop.product('B', { price: recurring(), brand_id: 'brnd_b' });
  await shop.product('C', { price: usage() });
  await talk.say('DELETE', `/products/${a}`);
  await shop.product('D');
  const queries = ['', '?archived=true', '?archived=false', '?recurring=true', '?recurring=false'];
  for (const query of [
    ...queries,
    '?recurring=x',
    '?recurring=true&page_size=1',
    '?brand_id=brnd_b',
  ]) {
    await talk.say('GET', `/products${query}`);
  }
  await talk.say('GET', '/products', undefined, { key: TWO });
}

const BAD: Json[] = [undefined as unknown as Json, null, 7, 'x', {}];

async function fieldByField(talk: Talk, path: string, body: Fields): Promise<void> {
  for (const field of Object.keys(body)) {
    for (const value of BAD) {
      const name = field === 'name' ? value : `${JSON.stringify(value)} as ${field}`;
      await talk.say('POST', path, { ...body, name, [field]: value });
    }
  }
}

export async function linked(talk: Talk): Promise<void> {
  for (const [path, maker] of [
    ['/meters', meter],
    ['/credit-entitlements', credit],
    ['/addons', addon],
  ] as const) {
    for (const name of ['A', 'B', 'C']) {
      await talk.say('GET', `${path}/${await made(talk, path, maker(name))}`);
    }
    await talk.say('GET', path);
    await talk.say('GET', path, undefined, { key: TWO });
    await talk.say('GET', `${path}/nothing`);
    await fieldByField(talk, path, maker('F'));
  }
  const types: Json[] = ['count', 'sum', 'max', 'last', 'avg', null];
  for (const type of types) {
    for (const key of [undefined, 'bytes']) {
      await talk.say('POST', '/meters', { ...meter('M'), aggregation: { type, key } });
    }
  }
  await talk.say('POST', '/meters', { ...meter('M'), aggregation: { key: 'k' } });
  for (const filter of [
    {},
    { conjunction: 'or', clauses: [] },
    { conjunction: 'x', clauses: [] },
  ]) {
    await talk.say('POST', '/meters', { ...meter('M'), filter });
  }
  await talk.say('POST', '/addons', { ...addon('N'), currency: 'usd' });
  await credits(talk);
}

async function credits(talk: Talk): Promise<void> {
  const path = '/credit-entitlements';
  await talk.say('POST', path, credit('A'));
  await talk.say('POST', path, credit('A'), { key: TWO });
  const tries: Fields[] = [
    { precision: 0 },
    { precision: 10 },
    { precision: 11 },
    { precision: -1 },
    { price_per_unit: '1' },
    { price_per_unit: '1', currency: 'USD' },
    { overage_behavior: 'carry_deficit' },
    { overage_behavior: 'x' },
    { rollover_percentage: 100 },
    { rollover_percentage: 101 },
  ];
  for (const [at, more] of tries.entries()) {
    await talk.say('POST', path, { ...credit(`T${at}`), ...more });
  }
}

export async function references(talk: Talk): Promise<void> {
  const shop = new Shop(talk);
  const ids: string[] = [];
  for (let n = 0; n < 6; n += 1)
    ids.push(await made(talk, '/credit-entitlements', credit(`C${n}`)));
  const theirs = await made(talk, '/credit-entitlements', credit('T'), TWO);
  const list = (...all: string[]): Json => all.map((id) => ({ credit_entitlement_id: id }));
  for (const all of [ids.slice(0, 5), ids, [...ids.slice(0, 1), 'cde_no'], [theirs], []]) {
    await talk.say('POST', '/products', product('P', { credit_entitlements: list(...all) }));
  }
  const x = await made(talk, '/addons', addon('X'));
  const y = await made(talk, '/addons', addon('Y'));
  const foreign = await made(talk, '/addons', addon('F'), TWO);
  for (const addons of [[x, y], [x, x], ['adn_no'], [x, 'adn_no'], [foreign], []]) {
    await talk.say('POST', '/products', product('P', { addons }));
  }
  const id = await shop.product('Z', { addons: [x, y] });
  const home = await shop.collection('Home', [[id]]);
  await shop.see(home);
  await talk.say('POST', `/product-collections/${home}/groups`, put());
}
