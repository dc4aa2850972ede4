// Scenarios around prices created in bulk, ended, looked up by key, and given a new amount.

import type { Talk } from './talk.ts';
import { group, PAST, price } from './talk.ts';

const [OTHER, FAR] = [{ key: 'key-two' }, { env: 'env-two' }];
const NOWHERE = 'price_00000000000000000000000000';
const SOON = '2090-01-01T00:00:00Z';

export async function bulks(talk: Talk): Promise<void> {
  const bulk = (items: unknown) => talk.say('POST', '/prices/bulk', { items });
  const plan = await talk.id('/plans', { name: 'P' });
  const second = await talk.id('/plans', { name: 'Q' });
  const one = await talk.id('/groups', group('one'));
  const two = await talk.id('/groups', group('two'));
  const good = [
    price(plan, { lookup_key: 'b1', currency: 'EUR', display_name: 'First' }),
    price(plan, { lookup_key: 'b2', group_id: one, amount: '2' }),
    price(second, { lookup_key: 'b3', group_id: two, amount: '3' }),
  ];
  const made = await bulk(good);
  for (const item of made.items ?? []) await talk.say('GET', `/prices/${item.id}`);
  await talk.say('GET', `/groups/${one}`);
  await talk.say('POST', '/prices/search', { limit: 50 });
  const fresh = price(plan, { lookup_key: 'before', group_id: one });
  const after = price(plan, { lookup_key: 'after' });
  const bad = [
    price(plan, { amount: '-1' }),
    price('plan_0'),
    price(await talk.id('/plans', { name: 'P' }, OTHER)),
    price(await talk.id('/plans', { name: 'P' }, FAR)),
    price(plan, { group_id: 'group_0' }),
    price(plan, { lookup_key: 'b1' }),
    price(plan, { lookup_key: 'before' }),
    price(plan, { currency: 'euro' }),
    'price',
  ];
  for (const each of bad) {
    await bulk([fresh, each, after]);
    await talk.say('POST', '/prices/search', { limit: 50 });
  }
  for (const items of [[], undefined, {}]) await bulk(items);
  await talk.say('POST', '/prices', fresh);
  for (const size of [100, 101]) {
    const items = Array.from({ length: size }, () => price(second));
    const reply = await talk.ask('POST', '/prices/bulk', { items });
    talk.lines.push(`${size}: ${reply.status} ${reply.data.items?.length}`);
  }
}

export async function priceEnds(talk: Talk): Promise<void> {
  const plan = await talk.id('/plans', { name: 'P' });
  const one = await talk.id('/groups', group('one'));
  const grouped = { group_id: one, lookup_key: 'pk', description: 'words' };
  const id = await talk.id('/prices', price(plan, grouped));
  const sibling = await talk.id('/prices', price(plan, { group_id: one }));
  const other = await talk.id('/prices', price(plan));
  const future = await talk.id('/prices', price(plan, { start_date: SOON, lookup_key: 'later' }));
  const theirPlan = await talk.id('/plans', { name: 'P' }, OTHER);
  const farPlan = await talk.id('/plans', { name: 'P' }, FAR);
  const theirs = await talk.id('/prices', price(theirPlan), OTHER);
  const away = await talk.id('/prices', price(farPlan), FAR);
  await talk.say('DELETE', '/prices/pk', {});
  await talk.say('DELETE', `/prices/${id}`);
  await talk.say('DELETE', `/prices/${id}`, { end_date: '2001-01-01T00:00:00Z' });
  await talk.say('DELETE', `/prices/${id}`, { end_date: 'soon' });
  await talk.say('DELETE', `/prices/${future}`, {});
  for (const each of [theirs, away, NOWHERE]) await talk.say('DELETE', `/prices/${each}`, {});
  await talk.say('GET', `/prices/${theirs}`, undefined, OTHER);
  await talk.say('GET', `/prices/${away}`, undefined, FAR);
  for (let i = 0; i < 2; i += 1) {
    await talk.say('DELETE', `/prices/${id}`, {});
    await talk.say('GET', `/prices/${id}`);
  }
  await talk.say('DELETE', `/prices/${other}`, { end_date: SOON });
  for (const each of [sibling, other, future]) await talk.say('GET', `/prices/${each}`);
  await talk.say('GET', `/groups/${one}`);
  await talk.say('POST', '/prices/search', { limit: 50 });
  await talk.say('POST', '/prices', price(plan, grouped));
}

export async function lookups(talk: Talk): Promise<void> {
  const lookUp = (key: string, who = {}) =>
    talk.say('GET', `/prices/lookup/${encodeURIComponent(key)}`, undefined, who);
  const plan = await talk.id('/plans', { name: 'P' });
  const one = await talk.id('/groups', group('one'));
  const id = await talk.id('/prices', price(plan, { group_id: one, lookup_key: 'key/a b' }));
  await lookUp('key/a b');
  await lookUp('key');
  await lookUp('KEY/A B');
  await lookUp(id);
  await lookUp('nothing');
  await lookUp('key/a b', OTHER);
  await lookUp('key/a b', FAR);
  await talk.say('PUT', `/prices/${id}`, { lookup_key: 'renamed' });
  await lookUp('key/a b');
  await lookUp('renamed');
  const next = (await talk.say('PUT', `/prices/${id}`, { amount: '12' })).id ?? '';
  await lookUp('renamed');
  await talk.say('DELETE', `/prices/${next}`, {});
  await lookUp('renamed');
  await talk.id('/prices', price(plan, { lookup_key: 'renamed', amount: '77' }));
  await lookUp('renamed');
  await talk.id('/prices', price(plan, { lookup_key: 'limited', end_date: SOON }));
  await lookUp('limited');
  await talk.say('GET', '/prices/lookup/limited?expand=groups');
}

export async function successors(talk: Talk): Promise<void> {
  const plan = await talk.id('/plans', { name: 'P' });
  const one = await talk.id('/groups', group('one'));
  const wording = { description: 'words', metadata: { a: 'b' }, lookup_key: 'rk', group_id: one };
  const id = await talk.id('/prices', price(plan, wording));
  const early = { amount: '3', effective_from: '2001-01-01T00:00:00Z' };
  for (const body of [{ amount: '-1' }, early]) {
    await talk.say('PUT', `/prices/${id}`, body);
    await talk.say('GET', `/prices/${id}`);
  }
  const later = { amount: '15', effective_from: SOON };
  const next = (await talk.say('PUT', `/prices/${id}`, { amount: '12' })).id ?? '';
  const last = (await talk.say('PUT', `/prices/${next}`, later)).id ?? '';
  for (const each of [id, next, last]) await talk.say('GET', `/prices/${each}`);
  await talk.say('PUT', `/prices/${id}`, { amount: '20' });
  await talk.say('POST', '/prices/search', { limit: 50 });
  await talk.say('GET', `/plans/${plan}`);
  const gone = await talk.id('/prices', price(plan, PAST));
  await talk.say('PUT', `/prices/${gone}`, { amount: '20' });
}
