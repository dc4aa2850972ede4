// Scenarios around cloned plans: what is copied, what is refused, and that nothing is shared.

import type { Talk } from './talk.ts';
import { group, PAST, price } from './talk.ts';

const [OTHER, FAR] = [{ key: 'key-two' }, { env: 'env-two' }];
const NOWHERE = 'plan_00000000000000000000000000';
const FUTURE = { start_date: '2020-01-01T00:00:00Z', end_date: '2090-01-01T00:00:00Z' };

async function source(talk: Talk) {
  const plan = await talk.id('/plans', {
    name: 'Source',
    lookup_key: 'source',
    description: 'words',
    display_order: 4,
    metadata: { tier: 'pro', region: 'eu' },
  });
  const one = await talk.id('/groups', group('one'));
  const two = await talk.id('/groups', group('two'));
  const wording = { description: 'kept', display_name: 'Shown', metadata: { a: 'b' } };
  const tiers = [{ up_to: null, unit_amount: '1.5' }];
  const tiered = { billing_model: 'TIERED', tiers };
  const first = await talk.id('/prices', price(plan, { group_id: one, lookup_key: 'first' }));
  await talk.id('/prices', price(plan, { group_id: two, ...wording, ...tiered, ...FUTURE }));
  const plain = await talk.id('/prices', price(plan));
  await talk.id('/prices', price(plan, { group_id: two, ...PAST }));
  await talk.say('PUT', `/prices/${first}`, { amount: '12' });
  return { plan, one, two, plain };
}

export async function clones(talk: Talk): Promise<void> {
  const { plan, one, two, plain } = await source(talk);
  const over = { description: 'new', display_order: 0, metadata: { tier: 'max', more: 'x' } };
  const bodies = [
    { name: 'Copy', lookup_key: 'copy' },
    { name: 'Source', lookup_key: 'over', ...over },
    { name: 'Third', lookup_key: 'third' },
  ];
  const copies: string[] = [];
  for (const body of bodies) {
    const copy = await talk.id(`/plans/${plan}/clone`, body);
    copies.push(copy);
    await talk.say('GET', `/plans/${copy}`);
  }
  await talk.say('GET', `/plans/${plan}`);
  await talk.say('POST', '/prices/search', { limit: 100, expand: 'groups' });
  await talk.say('POST', '/groups/search', { limit: 50 });
  await talk.say('PUT', `/prices/${plain}`, { group_id: one, description: 'only here' });
  await talk.say('DELETE', `/prices/${plain}`, {});
  await talk.say('GET', `/plans/${copies[0]}`);
  await talk.say('DELETE', `/groups/${two}`);
  await talk.say('DELETE', `/plans/${plan}`);
  for (const copy of copies) await talk.say('GET', `/plans/${copy}`);
  const late = await talk.id(`/plans/${plan}/clone`, { name: 'Late', lookup_key: 'source' });
  await talk.say('GET', `/plans/${late}`);
}

const REFUSED = [
  {},
  { name: 'Nameless key' },
  { lookup_key: 'nameless' },
  { name: '', lookup_key: 'empty-name' },
  { name: 'Empty key', lookup_key: '' },
  { name: 7, lookup_key: 'seven' },
  { name: 'Own', lookup_key: 'source' },
  { name: 'Taken', lookup_key: 'taken' },
  { name: 'Order', lookup_key: 'order', display_order: '1' },
  { name: 'Metadata', lookup_key: 'metadata', metadata: { n: 7 } },
];

export async function refusedClones(talk: Talk): Promise<void> {
  const { plan } = await source(talk);
  await talk.id('/plans', { name: 'Taken', lookup_key: 'taken' });
  const theirs = await talk.id('/plans', { name: 'Theirs', lookup_key: 'theirs' }, OTHER);
  const away = await talk.id('/plans', { name: 'Away', lookup_key: 'away' }, FAR);
  for (const body of REFUSED) await talk.say('POST', `/plans/${plan}/clone`, body);
  const fine = { name: 'Fine', lookup_key: 'fine' };
  for (const id of [theirs, away, NOWHERE]) await talk.say('POST', `/plans/${id}/clone`, fine);
  await talk.say('POST', `/plans/${plan}/clone`, { name: 'Away too', lookup_key: 'away' });
  await talk.say('POST', `/plans/${plan}/clone`, { name: 'Theirs too', lookup_key: 'theirs' });
  await talk.say('GET', '/plans?limit=100');
  await talk.say('POST', '/prices/search', { limit: 100 });
}

export async function bigClones(talk: Talk): Promise<void> {
  const plan = await talk.id('/plans', { name: 'Big' });
  const items = Array.from({ length: 23 }, (_, i) => price(plan, { amount: `${i + 1}` }));
  await talk.ask('POST', '/prices/bulk', { items });
  const copy = await talk.id(`/plans/${plan}/clone`, { name: 'Big copy', lookup_key: 'big' });
  await talk.say('GET', `/plans/${copy}`);
  const race = { name: 'Race', lookup_key: 'race' };
  const all = [1, 2, 3].map(() => talk.ask('POST', `/plans/${plan}/clone`, race));
  const statuses = (await Promise.all(all)).map((reply) => reply.status);
  talk.lines.push(statuses.sort().join(' '));
}
