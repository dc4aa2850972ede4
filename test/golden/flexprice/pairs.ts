// One request that produces each refusal of each operation, by hand: `operation refusal`, where a refusal
// is a rule's id or what any operation may answer. The last request of an entry is the refused one.

import { NO_KEY, STRANGER, UNREADABLE } from '../talk.ts';
import { PRICE_PAIRS } from './pairs-prices.ts';
import { ACME, type Answer, customer, GPU, group, METER, meter, plan, type Talk } from './talk.ts';

type Produce = (talk: Talk) => Promise<Answer>;

const COPY = { name: 'Copy', lookup_key: 'copy' };
/** A new plan with a lookup key; its id. */
const keyed = async (talk: Talk, lookup_key: string) =>
  (await talk.post('/plans', { name: 'Team', lookup_key })).body.id;

export const PAIRS: Readonly<Record<string, Produce>> = {
  ...PRICE_PAIRS,

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

  'listPlans unauthenticated': (talk) => talk.get('/plans', NO_KEY),
  'listPlans parameter': (talk) => talk.get('/plans?limit=many'),

  'queryPlan unauthenticated': (talk) => talk.post('/plans/search', {}, NO_KEY),
  'queryPlan malformed': (talk) => talk.post('/plans/search', undefined, UNREADABLE),
  'queryPlan invalid': (talk) => talk.post('/plans/search', { plan_ids: 'plan_1' }),

  'updatePlan unauthenticated': async (talk) =>
    talk.put(`/plans/${await plan(talk)}`, { name: 'New' }, NO_KEY),
  'updatePlan not-found': (talk) => talk.put('/plans/plan_1', { name: 'New' }),
  'updatePlan scope.isolated': async (talk) =>
    talk.put(`/plans/${await plan(talk)}`, { name: 'Mine' }, STRANGER),
  'updatePlan malformed': async (talk) =>
    talk.put(`/plans/${await plan(talk)}`, undefined, UNREADABLE),
  'updatePlan invalid': async (talk) =>
    talk.put(`/plans/${await plan(talk)}`, { metadata: { seats: 5 } }),
  'updatePlan plan.name-not-empty': async (talk) =>
    talk.put(`/plans/${await plan(talk)}`, { name: '' }),
  'updatePlan plan.lookup-key-unique': async (talk) => {
    await keyed(talk, 'team');
    return talk.put(`/plans/${await plan(talk)}`, { lookup_key: 'team' });
  },

  'deletePlan unauthenticated': async (talk) => talk.delete(`/plans/${await plan(talk)}`, NO_KEY),
  'deletePlan not-found': (talk) => talk.delete('/plans/plan_1'),
  'deletePlan scope.isolated': async (talk) => talk.delete(`/plans/${await plan(talk)}`, STRANGER),

  'clonePlan unauthenticated': async (talk) =>
    talk.post(`/plans/${await plan(talk)}/clone`, COPY, NO_KEY),
  'clonePlan not-found': (talk) => talk.post('/plans/plan_1/clone', COPY),
  'clonePlan scope.isolated': async (talk) =>
    talk.post(`/plans/${await plan(talk)}/clone`, COPY, STRANGER),
  'clonePlan malformed': async (talk) =>
    talk.post(`/plans/${await plan(talk)}/clone`, undefined, UNREADABLE),
  'clonePlan invalid': async (talk) =>
    talk.post(`/plans/${await plan(talk)}/clone`, { name: 'Copy' }),
  'clonePlan plan.clone-needs-both': async (talk) =>
    talk.post(`/plans/${await plan(talk)}/clone`, { ...COPY, lookup_key: '' }),
  'clonePlan plan.lookup-key-unique': async (talk) =>
    talk.post(`/plans/${await keyed(talk, 'copy')}/clone`, COPY),

  'createMeter unauthenticated': (talk) => talk.post('/meters', METER, NO_KEY),
  'createMeter malformed': (talk) => talk.post('/meters', undefined, UNREADABLE),
  'createMeter invalid': (talk) => talk.post('/meters', { ...METER, name: 5 }),
  'createMeter meter.fields-required': (talk) => talk.post('/meters', { name: 'GPU hours' }),
  'createMeter meter.field-unless-count': (talk) =>
    talk.post('/meters', { ...METER, aggregation: { type: 'SUM' } }),

  'getMeter unauthenticated': async (talk) => talk.get(`/meters/${await meter(talk)}`, NO_KEY),
  'getMeter not-found': (talk) => talk.get('/meters/meter_1'),
  'getMeter scope.isolated': async (talk) => talk.get(`/meters/${await meter(talk)}`, STRANGER),

  'createCustomer unauthenticated': (talk) => talk.post('/customers', ACME, NO_KEY),
  'createCustomer malformed': (talk) => talk.post('/customers', undefined, UNREADABLE),
  'createCustomer invalid': (talk) => talk.post('/customers', { ...ACME, name: [] }),
  'createCustomer customer.fields-required': (talk) => talk.post('/customers', { name: 'Acme' }),
  'createCustomer customer.id-unique': async (talk) => {
    await customer(talk);
    return talk.post('/customers', { ...ACME, name: 'Other' });
  },
  'createCustomer customer.email-form': (talk) =>
    talk.post('/customers', { ...ACME, email: 'nobody' }),
  'createCustomer customer.timezone-form': (talk) =>
    talk.post('/customers', { ...ACME, timezone: 'nowhere' }),

  'getCustomer unauthenticated': async (talk) =>
    talk.get(`/customers/${await customer(talk)}`, NO_KEY),
  'getCustomer not-found': (talk) => talk.get('/customers/cust_1'),
  'getCustomer scope.isolated': async (talk) =>
    talk.get(`/customers/${await customer(talk)}`, STRANGER),
};
