// One request that produces each refusal of each operation, by hand: `operation refusal`, where a refusal
// is a rule's id or what any operation may answer. The last request of an entry is the refused one.

import { type Answer, flat, GPU, group, plan, price, type Talk } from '../talk.ts';

type Produce = (talk: Talk) => Promise<Answer>;

const NO_KEY = { key: null };
const STRANGER = { key: 'key-b' };
const UNREADABLE = { bodyFault: 'malformed' } as const;
const USAGE = { type: 'USAGE', invoice_cadence: 'ARREAR', meter_id: 'meter_1' };

/** The smallest price of a new plan, with changes. */
const newPrice = async (talk: Talk, changes: Record<string, null | string | number | never[]>) =>
  talk.post('/prices', { ...flat(await plan(talk)), ...changes });

export const PAIRS: Readonly<Record<string, Produce>> = {
  'createGroup unauthenticated': (talk) => talk.post('/groups', GPU, NO_KEY),
  'createGroup malformed': (talk) => talk.post('/groups', undefined, UNREADABLE),
  'createGroup invalid': (talk) => talk.post('/groups', { ...GPU, name: 5 }),
  'createGroup group.fields-required': (talk) => talk.post('/groups', { name: 'GPU usage' }),
  'createGroup group.fields-not-empty': (talk) => talk.post('/groups', { ...GPU, name: '' }),
  'createGroup group.entity-type-price': (talk) =>
    talk.post('/groups', { ...GPU, entity_type: 'plan' }),
  'createGroup group.lookup-key-unique': async (talk) => {
    await group(talk, 'gpu-usage');
    return talk.post('/groups', { name: 'Other', lookup_key: 'gpu-usage', entity_type: 'price' });
  },

  'getGroup unauthenticated': (talk) => talk.get('/groups/group_1', NO_KEY),
  'getGroup not-found': (talk) => talk.get('/groups/group_1'),
  'getGroup scope.isolated': async (talk) => talk.get(`/groups/${await group(talk)}`, STRANGER),

  'deleteGroup unauthenticated': async (talk) =>
    talk.delete(`/groups/${await group(talk)}`, NO_KEY),
  'deleteGroup not-found': (talk) => talk.delete('/groups/group_1'),
  'deleteGroup scope.isolated': async (talk) =>
    talk.delete(`/groups/${await group(talk)}`, STRANGER),

  'queryGroup unauthenticated': (talk) => talk.post('/groups/search', {}, NO_KEY),
  'queryGroup malformed': (talk) => talk.post('/groups/search', undefined, UNREADABLE),
  'queryGroup invalid': (talk) => talk.post('/groups/search', { limit: 0 }),

  'createPlan unauthenticated': (talk) => talk.post('/plans', { name: 'Team' }, NO_KEY),
  'createPlan malformed': (talk) => talk.post('/plans', undefined, UNREADABLE),
  'createPlan invalid': (talk) => talk.post('/plans', { name: 'Team', display_order: 'first' }),
  'createPlan plan.name-required': (talk) => talk.post('/plans', { lookup_key: 'team' }),
  'createPlan plan.name-not-empty': (talk) => talk.post('/plans', { name: '' }),
  'createPlan plan.lookup-key-unique': async (talk) => {
    await talk.post('/plans', { name: 'Team', lookup_key: 'team' });
    return talk.post('/plans', { name: 'Other', lookup_key: 'team' });
  },

  'getPlan unauthenticated': (talk) => talk.get('/plans/plan_1', NO_KEY),
  'getPlan not-found': (talk) => talk.get('/plans/plan_1'),
  'getPlan scope.isolated': async (talk) => talk.get(`/plans/${await plan(talk)}`, STRANGER),

  'createPrice unauthenticated': (talk) => talk.post('/prices', flat('plan_1'), NO_KEY),
  'createPrice malformed': (talk) => talk.post('/prices', undefined, UNREADABLE),
  'createPrice invalid': (talk) => newPrice(talk, { currency: 'dollar' }),
  'createPrice price.plan-exists': (talk) => talk.post('/prices', flat('plan_1')),
  'createPrice price.group-exists': (talk) => newPrice(talk, { group_id: 'group_1' }),
  'createPrice price.lookup-key-unique': async (talk) => {
    await price(talk, { lookup_key: 'base' });
    return newPrice(talk, { lookup_key: 'base' });
  },
  'createPrice price.period-count': (talk) => newPrice(talk, { billing_period_count: 0 }),
  'createPrice price.amount-needed': (talk) => newPrice(talk, { amount: null }),
  'createPrice price.amount-not-negative': (talk) => newPrice(talk, { amount: '-1' }),
  'createPrice price.tiers-needed': (talk) =>
    newPrice(talk, { billing_model: 'TIERED', tiers: [] }),
  'createPrice price.usage-needs-meter': (talk) => newPrice(talk, { ...USAGE, meter_id: null }),
  'createPrice price.usage-in-arrear': (talk) =>
    newPrice(talk, { ...USAGE, invoice_cadence: 'ADVANCE' }),

  'getPrice unauthenticated': (talk) => talk.get('/prices/price_1', NO_KEY),
  'getPrice not-found': (talk) => talk.get('/prices/price_1?expand=groups'),
  'getPrice scope.isolated': async (talk) => talk.get(`/prices/${await price(talk)}`, STRANGER),

  'updatePrice unauthenticated': async (talk) =>
    talk.put(`/prices/${await price(talk)}`, { display_name: 'New' }, NO_KEY),
  'updatePrice not-found': (talk) => talk.put('/prices/price_1', { display_name: 'New' }),
  'updatePrice malformed': async (talk) =>
    talk.put(`/prices/${await price(talk)}`, undefined, UNREADABLE),
  'updatePrice invalid': async (talk) =>
    talk.put(`/prices/${await price(talk)}`, { metadata: 'none' }),
  'updatePrice scope.isolated': async (talk) =>
    talk.put(`/prices/${await price(talk)}`, { display_name: 'Mine' }, STRANGER),
  'updatePrice price.group-exists': async (talk) => {
    const deleted = await group(talk);
    await talk.delete(`/groups/${deleted}`);
    return talk.put(`/prices/${await price(talk)}`, { group_id: deleted });
  },
  'updatePrice price.lookup-key-unique': async (talk) => {
    await price(talk, { lookup_key: 'base' });
    return talk.put(`/prices/${await price(talk)}`, { lookup_key: 'base' });
  },

  'queryPrice unauthenticated': (talk) => talk.post('/prices/search', {}, NO_KEY),
  'queryPrice malformed': (talk) => talk.post('/prices/search', undefined, UNREADABLE),
  'queryPrice invalid': (talk) => talk.post('/prices/search', { price_ids: 'price_1' }),
};
