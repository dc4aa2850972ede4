// Scenarios around prices; together they make every fault around prices show.

import type { Talk } from './talk.ts';
import { byGroup, group, PAST, price } from './talk.ts';

const NOWHERE = 'group_00000000000000000000000000';

export async function priceGroups(talk: Talk): Promise<void> {
  const [other, far] = [{ key: 'key-two' }, { env: 'env-two' }];
  const plan = await talk.id('/plans', { name: 'P' });
  const good = await talk.id('/groups', group('good'));
  const gone = await talk.id('/groups', group('gone'));
  const theirs = await talk.id('/groups', group('theirs'), other);
  const away = await talk.id('/groups', group('away'), far);
  await talk.say('DELETE', `/groups/${gone}`);
  const own = await talk.id('/prices', price(plan, { group_id: good, description: 'kept' }));
  await talk.say('GET', `/prices/${own}`);
  for (const bad of [NOWHERE, gone, theirs, away]) {
    await talk.say('POST', '/prices', price(plan, { group_id: bad, lookup_key: `key-${bad}` }));
    await talk.say('POST', '/prices', price(plan, { lookup_key: `key-${bad}` }));
    await talk.say('PUT', `/prices/${own}`, { group_id: bad, description: 'changed' });
    await talk.say('GET', `/prices/${own}`);
  }
  await talk.say('POST', '/prices/search', { limit: 50, entity_ids: [plan] });
}

export async function priceUpdates(talk: Talk): Promise<void> {
  const plan = await talk.id('/plans', { name: 'P' });
  const one = await talk.id('/groups', group('one'));
  const two = await talk.id('/groups', group('two'));
  const wording = { description: 'words', metadata: { a: '1' }, lookup_key: 'pk' };
  const id = await talk.id('/prices', price(plan, wording));
  const sibling = await talk.id('/prices', price(plan, { lookup_key: 'sibling' }));
  const steps = [
    { group_id: one },
    { group_id: two },
    { description: 'new words' },
    { metadata: { b: '2' } },
    { group_id: null },
    { display_name: 'Shown' },
    { group_id: '' },
    { group_id: one },
    { lookup_key: 'sibling' },
    { lookup_key: '' },
    { description: 7 },
    { group_id: 7 },
    { metadata: { n: 7 } },
    {},
    { effective_from: '2030-01-01T00:00:00Z' },
  ];
  for (const body of steps) {
    await talk.say('PUT', `/prices/${id}`, body);
    await talk.say('GET', `/prices/${id}`);
  }
  await talk.say('GET', `/prices/${sibling}`);
  await talk.say('PUT', '/prices/price_00000000000000000000000000', { description: 'x' });
}

export async function newAmounts(talk: Talk): Promise<void> {
  const plan = await talk.id('/plans', { name: 'P' });
  const one = await talk.id('/groups', group('one'));
  const two = await talk.id('/groups', group('two'));
  const id = await talk.id('/prices', price(plan, { group_id: one, lookup_key: 'rk' }));
  const second = (await talk.say('PUT', `/prices/${id}`, { amount: '12.50' })).id ?? id;
  const third = (await talk.say('PUT', `/prices/${second}`, { amount: 13, group_id: two })).id;
  await talk.say('PUT', `/prices/${third}`, { amount: '-1' });
  await talk.say('PUT', `/prices/${third}`, { billing_model: 'TIERED' });
  for (const each of [id, second, third]) await talk.say('GET', `/prices/${each}`);
  await talk.say('PUT', `/prices/${id}`, { amount: '1' });
  await talk.say('POST', '/prices/search', { limit: 50, entity_ids: [plan] });
}

export async function expansion(talk: Talk): Promise<void> {
  const plan = await talk.id('/plans', { name: 'P' });
  const one = await talk.id('/groups', group('one'));
  const two = await talk.id('/groups', group('two'));
  const moved = await talk.id('/prices', price(plan, { group_id: one }));
  const joined = await talk.id('/prices', price(plan, { group_id: one }));
  const alone = await talk.id('/prices', price(plan));
  const last = await talk.id('/prices', price(plan, { group_id: two }));
  await talk.id('/groups', group('three'));
  await talk.say('PUT', `/prices/${moved}`, { group_id: two });
  for (const id of [moved, joined, alone, last]) {
    await talk.say('GET', `/prices/${id}`);
    await talk.say('GET', `/prices/${id}?expand=groups`);
    await talk.say('GET', `/prices/${id}`);
  }
  await talk.say('POST', '/prices/search', { limit: 50, expand: 'groups' });
  await talk.say('POST', '/prices/search', { limit: 50 });
  await talk.say('POST', '/prices/search', { limit: 50, ...byGroup(one) });
  await talk.say('POST', '/prices/search', { limit: 50, expand: 'group' });
}

export async function priceSearches(talk: Talk): Promise<void> {
  const [other, far] = [{ key: 'key-two' }, { env: 'env-two' }];
  const plan = await talk.id('/plans', { name: 'P' });
  const theirPlan = await talk.id('/plans', { name: 'P' }, other);
  const farPlan = await talk.id('/plans', { name: 'P' }, far);
  const theirs = await talk.id('/prices', price(theirPlan), other);
  const away = await talk.id('/prices', price(farPlan), far);
  const ids: string[] = [];
  for (let i = 0; i < 7; i += 1) ids.push(await talk.id('/prices', price(plan)));
  await talk.id('/prices', price('addon', { entity_type: 'ADDON' }));
  await talk.id('/prices', price(plan, PAST));
  const bodies = [
    {},
    { price_ids: [ids[0], ids[2]] },
    { entity_ids: ['addon'] },
    { entity_type: 'ADDON' },
    { limit: 3 },
    { limit: 3, offset: 3 },
    { price_ids: ['nothing'] },
    { allow_expired_prices: true },
    { limit: 0 },
  ];
  for (const body of bodies) await talk.say('POST', '/prices/search', { limit: 50, ...body });
  for (const id of [theirs, away, 'price_00000000000000000000000000']) {
    await talk.say('GET', `/prices/${id}`);
    await talk.say('PUT', `/prices/${id}`, { description: 'foreign' });
  }
  await talk.say('GET', `/prices/${theirs}`, undefined, other);
  await talk.say('GET', `/prices/${away}`, undefined, far);
}

const RULES = [
  { amount: undefined },
  { amount: '-1' },
  { amount: 'ten' },
  { billing_model: 'TIERED' },
  { billing_model: 'PACKAGE' },
  { type: 'USAGE', invoice_cadence: 'ARREAR' },
  { type: 'USAGE', meter_id: 'meter_1' },
  { billing_period: 'ONETIME', invoice_cadence: 'ARREAR' },
  { type: 'GIFT' },
  { billing_model: 'FREE' },
  { billing_period: 'HOURLY' },
  { invoice_cadence: 'NEVER' },
  { entity_type: 'plan' },
  { currency: 'dollar' },
  { currency: undefined },
  { billing_period_count: 0 },
  { start_date: PAST.end_date, end_date: PAST.start_date },
  { metadata: { n: 7 } },
  { billing_period_count: undefined, price_unit_type: undefined },
];

export async function priceRules(talk: Talk): Promise<void> {
  const [other, far] = [{ key: 'key-two' }, { env: 'env-two' }];
  const plan = await talk.id('/plans', { name: 'P' });
  const theirs = await talk.id('/plans', { name: 'P' }, other);
  const away = await talk.id('/plans', { name: 'P' }, far);
  await talk.id('/plans', { name: 'Newest' });
  for (const rule of RULES) await talk.say('POST', '/prices', price(plan, rule));
  for (const id of ['plan_0', theirs, away]) await talk.say('POST', '/prices', price(id));
  const tiers = [
    { up_to: 10, unit_amount: '1.5', flat_amount: '2' },
    { up_to: null, unit_amount: '1' },
  ];
  const wording = { metadata: { a: 'b' }, display_name: 'Shown', description: 'Words' };
  const rich = { ...wording, tiers, billing_model: 'TIERED', lookup_key: 'rich', ...PAST };
  const amount = '1234567890.123456789012345';
  const id = await talk.id('/prices', price(plan, { ...rich, amount }));
  await talk.say('GET', `/prices/${id}`);
  const keyed = price(plan, { lookup_key: 'pk' });
  for (let i = 0; i < 2; i += 1) await talk.say('POST', '/prices', keyed);
  await talk.say('POST', '/prices', { ...keyed, entity_id: theirs }, other);
  await talk.say('POST', '/prices', { ...keyed, entity_id: away }, far);
}
