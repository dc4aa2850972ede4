// Scenarios around the parts of groups: unknown ones, deletes, and requests at the same time.

import type { Talk } from './talk.ts';
import { partsOf, put, Shop, TWO } from './talk.ts';

const ALL = '/product-collections';
const NOWHERE = '3b1f8c2e-8a52-4d0e-9a67-52b1f0a7c111';

export async function members(talk: Talk): Promise<void> {
  const shop = new Shop(talk);
  const [a = '', b = '', c = '', d = '', e = ''] = await shop.products(5);
  const f = await shop.product('F', {}, TWO);
  const other = await shop.collection('Other', [[d], [e]]);
  const theirs = await shop.collection('Theirs', [[f], []], TWO);
  const id = await shop.collection('C', [[a], [b, c]]);
  const mine = await shop.parts(id);
  const away = await shop.parts(other);
  const [x = '', y = ''] = mine.groups;
  const row = mine.rows[0]?.[0] ?? '';
  const wrong = [
    [`${id}/groups/${NOWHERE}`, `${id}/groups/${NOWHERE}/items/${row}`],
    [`${id}/groups/${away.groups[0]}`, `${id}/groups/${x}/items/${NOWHERE}`],
    [`${NOWHERE}/groups/${x}`, `${id}/groups/${y}/items/${row}`],
    [`${other}/groups/${x}`, `${id}/groups/${x}/items/${a}`],
  ];
  for (const [group, item] of wrong) {
    await talk.say('PATCH', `${ALL}/${group}`, { status: false });
    await talk.say('POST', `${ALL}/${group}/items`, put('pdt_nothing'));
    await talk.say('PATCH', `${ALL}/${item}`, { status: false });
    await talk.say('DELETE', `${ALL}/${item}`);
    await talk.say('DELETE', `${ALL}/${group}`);
    await shop.see(id);
    await shop.see(other);
  }
  for (let n = 0; n < 4; n += 1) {
    const more = await shop.products(2, `M${n}`);
    const made = await talk.say('POST', `${ALL}/${id}/groups`, put(...more));
    const next = await shop.products(2, `N${n}`);
    await talk.say('POST', `${ALL}/${id}/groups/${made.data['group_id']}/items`, put(...next));
    await shop.see(id);
  }
  const now = (await shop.parts(id)).rows[2] ?? [];
  const third = (await shop.parts(id)).groups[2];
  await talk.say('DELETE', `${ALL}/${id}/groups/${third}/items/${now[1]}`);
  await shop.see(id);
  await talk.say('DELETE', `${ALL}/${id}/groups/${y}`);
  for (const each of [id, other]) await shop.see(each);
  await shop.see(theirs, TWO);
  for (const each of [b, c]) await talk.say('GET', `/products/${each}`);
}

export async function races(talk: Talk): Promise<void> {
  const shop = new Shop(talk);
  const [a = '', b = '', c = '', d = ''] = await shop.products(4);
  const [p = '', q = '', r = ''] = await shop.products(3, 'R');
  const id = await shop.collection('C', [[a, b], []]);
  const path = `${ALL}/${id}/groups`;
  const four = (body: unknown): [string, unknown][] =>
    Array.from({ length: 4 }, () => [path, body]);
  await talk.race('POST', four({ group_name: 'Race', products: [] }));
  await talk.race('POST', four(put(c)));
  const create = { name: 'Race', groups: [put(d)] };
  await talk.race(
    'POST',
    four(create).map(() => [ALL, create]),
  );
  const { groups, rows } = await shop.parts(id);
  const [x = '', y = '', z = ''] = groups;
  await talk.race(
    'POST',
    [x, y].map((group) => [`${path}/${group}/items`, put(p)]),
  );
  await talk.race(
    'PATCH',
    [x, y, z].map((group) => [`${path}/${group}`, { group_name: 'Same' }]),
  );
  await lastRaces(talk, [p, q, r]);
  const found = partsOf((await talk.ask('GET', `${ALL}/${id}`)).data['groups']);
  talk.write(`${found.length} groups, ${rows.length}`);
}

async function lastRaces(talk: Talk, [, q = '', r = '']: string[]): Promise<void> {
  const shop = new Shop(talk);
  const two = await shop.collection('Two', [[q, r]]);
  const first = await shop.parts(two);
  const items = `${ALL}/${two}/groups/${first.groups[0]}/items`;
  await talk.race(
    'DELETE',
    (first.rows[0] ?? []).map((row) => [`${items}/${row}`]),
  );
  const [s = '', t = ''] = await shop.products(2, 'L');
  const three = await shop.collection('Three', [[s], [t]]);
  const { groups } = await shop.parts(three);
  await talk.race(
    'DELETE',
    groups.map((group) => [`${ALL}/${three}/groups/${group}`]),
  );
}
