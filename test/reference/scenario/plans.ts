// Scenarios around plans: lists, reads, updates and deletes.

import type { Talk } from './talk.ts';
import { group, PAST, price } from './talk.ts';

const [OTHER, FAR] = [{ key: 'key-two' }, { env: 'env-two' }];
const NOWHERE = 'plan_00000000000000000000000000';

async function somePlans(talk: Talk): Promise<string[]> {
  const ids: string[] = [];
  const orders = [10, 9, 2, 2, 0, -1, 9];
  for (const [i, display_order] of orders.entries()) {
    const metadata = { tier: `t${i % 2}`, region: `r${i % 3}` };
    const body = { name: `Plan ${i % 3}`, lookup_key: `p${i}`, display_order, metadata };
    ids.push(await talk.id('/plans', body));
  }
  ids.push(await talk.id('/plans', { name: 'Key', lookup_key: 'p1-more' }));
  return ids;
}

const isText = { operator: 'eq', data_type: 'string' };

export async function planLists(talk: Talk): Promise<void> {
  const search = (body: unknown) => talk.say('POST', '/plans/search', body);
  await search({});
  await talk.say('GET', '/plans');
  const ids = await somePlans(talk);
  await talk.id('/plans', { name: 'Theirs' }, OTHER);
  await talk.id('/plans', { name: 'Away', lookup_key: 'p1' }, FAR);
  await talk.id('/prices', price(ids[2] ?? ''));
  await talk.id('/prices', price(ids[3] ?? ''));
  const bodies = [
    {},
    { plan_ids: [ids[1], ids[4]] },
    { lookup_key: 'p1' },
    { metadata: { tier: 't1', region: 'r1' } },
    { filters: [{ ...isText, field: 'name', value: { string: 'Plan 1' } }] },
    { sort: [{ field: 'lookup_key', direction: 'asc' }] },
    { sort: [{ field: 'nothing', direction: 'asc' }] },
    { order: 'asc' },
    { order: 'up' },
    { expand: 'prices,meters,nothing' },
    { start_time: '2000-01-01T00:00:00Z', end_time: '2001-01-01T00:00:00Z' },
    { start_time: '2001-01-01T00:00:00Z', end_time: '2000-01-01T00:00:00Z' },
    { limit: 3 },
    { limit: 3, offset: 3 },
    { limit: 0 },
    { limit: 1001 },
    { offset: -1 },
    { lookup_key: 'nothing' },
  ];
  for (const body of bodies) await search(body);
  await talk.say('DELETE', `/plans/${ids[1]}`);
  await search({});
  await search({ status: 'archived' });
  const queries = ['', '?limit=3', '?limit=3&offset=3', '?status=archived', '?lookup_key=p2'];
  queries.push('?order=asc', '?limit=x', '?limit=0', `?plan_ids=${ids[0]},${ids[2]}`);
  for (const query of queries) await talk.say('GET', `/plans${query}`);
  for (const who of [OTHER, FAR]) {
    await talk.say('GET', '/plans', undefined, who);
    await talk.say('POST', '/plans/search', {}, who);
  }
}

export async function planReads(talk: Talk): Promise<void> {
  const plan = await talk.id('/plans', { name: 'P' });
  const second = await talk.id('/plans', { name: 'Q' });
  const one = await talk.id('/groups', group('one'));
  const two = await talk.id('/groups', group('two'));
  await talk.say('GET', `/plans/${plan}`);
  const moved = await talk.id('/prices', price(plan, { group_id: one }));
  await talk.id('/prices', price(plan, { group_id: one, ...PAST }));
  await talk.id('/prices', price(second));
  await talk.say('PUT', `/prices/${moved}`, { group_id: two });
  await talk.say('PUT', `/prices/${moved}`, { amount: '11' });
  await talk.say('GET', `/plans/${plan}`);
  for (let i = 0; i < 20; i += 1) await talk.ask('POST', '/prices', price(plan));
  await talk.say('GET', `/plans/${plan}`);
  await talk.say('GET', `/plans/${second}`);
}

const STEPS = [
  { description: 'new words' },
  { name: 'New name' },
  { display_order: 5 },
  { metadata: { b: '2' } },
  { lookup_key: 'fresh' },
  { lookup_key: 'fresh', name: 'Again' },
  { name: null, lookup_key: null, description: null, display_order: null, metadata: null },
  { lookup_key: 'taken', description: 'refused' },
  { name: '' },
  { name: 7 },
  { display_order: '3' },
  { metadata: { n: 7 } },
  {},
  { description: '' },
  { display_order: 0 },
  { lookup_key: '' },
];

export async function planUpdates(talk: Talk): Promise<void> {
  const rich = { name: 'P', lookup_key: 'pk', description: 'words', display_order: 3 };
  const id = await talk.id('/plans', { ...rich, metadata: { a: '1' } });
  const namesake = await talk.id('/plans', { name: 'P', lookup_key: 'taken' });
  const grouped = await talk.id('/groups', group('one'));
  const own = await talk.id('/prices', price(id, { group_id: grouped }));
  for (const body of STEPS) {
    await talk.say('PUT', `/plans/${id}`, body);
    await talk.say('GET', `/plans/${id}`);
  }
  await talk.say('GET', `/plans/${namesake}`);
  await talk.say('GET', `/prices/${own}`);
  await talk.id('/plans', { name: 'Key', lookup_key: 'pk' });
  const theirs = await talk.id('/plans', { name: 'Theirs', lookup_key: 'shared' }, OTHER);
  const away = await talk.id('/plans', { name: 'Away', lookup_key: 'shared' }, FAR);
  for (const each of [theirs, away, NOWHERE]) {
    await talk.say('PUT', `/plans/${each}`, { description: 'foreign' });
  }
  await talk.say('PUT', `/plans/${id}`, { lookup_key: 'shared' });
  await talk.say('GET', `/plans/${theirs}`, undefined, OTHER);
  await talk.say('GET', `/plans/${away}`, undefined, FAR);
  await talk.say('DELETE', `/plans/${id}`);
  await talk.say('PUT', `/plans/${id}`, { description: 'after' });
  await talk.say('GET', `/plans/${id}`);
  const name = talk.ask('PUT', `/plans/${namesake}`, { name: 'Both' });
  const text = talk.ask('PUT', `/plans/${namesake}`, { description: 'both' });
  await Promise.all([name, text]);
  const after = (await talk.ask('GET', `/plans/${namesake}`)).text;
  talk.lines.push(`${after.includes('"Both"')} ${after.includes('"both"')}`);
}

export async function planDeletes(talk: Talk): Promise<void> {
  const keyed = { name: 'P', lookup_key: 'pk' };
  const id = await talk.id('/plans', keyed);
  const namesake = await talk.id('/plans', { name: 'P' });
  const theirs = await talk.id('/plans', keyed, OTHER);
  const away = await talk.id('/plans', keyed, FAR);
  const grouped = await talk.id('/groups', group('one'));
  const own = await talk.id('/prices', price(id, { group_id: grouped }));
  await talk.say('DELETE', '/plans/pk');
  await talk.say('GET', `/plans/${id}`);
  for (const each of [theirs, away, NOWHERE]) await talk.say('DELETE', `/plans/${each}`);
  await talk.say('GET', `/plans/${theirs}`, undefined, OTHER);
  await talk.say('GET', `/plans/${away}`, undefined, FAR);
  for (let i = 0; i < 2; i += 1) {
    await talk.say('DELETE', `/plans/${id}`);
    await talk.say('GET', `/plans/${id}`);
  }
  await talk.say('GET', `/plans/${namesake}`);
  await talk.say('GET', `/plans/${theirs}`, undefined, OTHER);
  await talk.say('GET', `/plans/${away}`, undefined, FAR);
  await talk.say('GET', `/prices/${own}`);
  await talk.say('GET', `/groups/${grouped}`);
  await talk.say('POST', '/prices/search', { limit: 50, entity_ids: [id] });
  await talk.say('POST', '/prices', price(id));
  for (let i = 0; i < 2; i += 1) await talk.say('POST', '/plans', keyed);
}
