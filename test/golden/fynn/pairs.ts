// One request that produces each refusal of each operation, by hand: `operation refusal`, where a refusal
// is a rule's id or what any operation may answer. The last request of an entry is the refused one.

import type { Json } from '../../../src/model/json.ts';
import { NO_KEY, STRANGER, UNREADABLE } from '../talk.ts';
import {
  type Answer,
  customer,
  END,
  group,
  NO_CUSTOMER,
  NO_GROUP,
  subscription,
  type Talk,
} from './talk.ts';

type Produce = (talk: Talk) => Promise<Answer>;

const EMAIL = 'someone@mail.example';

/** The smallest group of a new customer, with changes. */
const newGroup = async (talk: Talk, changes: Record<string, Json>) =>
  talk.post('/billing-groups', { customer: await customer(talk), ...END, ...changes });

/** A new subscription's path. */
const aSubscription = async (talk: Talk) =>
  `/subscriptions/${await subscription(talk, await customer(talk))}`;

export const PAIRS: Readonly<Record<string, Produce>> = {
  'createBillingGroup unauthenticated': async (talk) =>
    talk.post('/billing-groups', { customer: await customer(talk), ...END }, NO_KEY),
  'createBillingGroup malformed': (talk) => talk.post('/billing-groups', undefined, UNREADABLE),
  'createBillingGroup invalid': (talk) => newGroup(talk, { name: null }),
  'createBillingGroup wrong-type': (talk) => newGroup(talk, { customDay: '31' }),
  'createBillingGroup group.fields-required': async (talk) =>
    talk.post('/billing-groups', { customer: await customer(talk), type: 'end_of_month' }),
  'createBillingGroup group.name-limit': (talk) => newGroup(talk, { name: 'x'.repeat(256) }),
  'createBillingGroup group.name-not-blank': (talk) => newGroup(talk, { name: ' ' }),
  'createBillingGroup group.type-known': (talk) => newGroup(talk, { type: 'end_of_week' }),
  'createBillingGroup group.custom-day': (talk) =>
    newGroup(talk, { type: 'custom', customDay: 32 }),
  'createBillingGroup group.custom-month': (talk) =>
    newGroup(talk, { type: 'custom', customDay: 31, customMonth: 13 }),
  'createBillingGroup group.custom-needs-day': (talk) =>
    newGroup(talk, { type: 'custom', customMonth: 2 }),
  'createBillingGroup group.customer-exists': (talk) => newGroup(talk, { customer: NO_CUSTOMER }),

  'getBillingGroup unauthenticated': async (talk) =>
    talk.get(`/billing-groups/${await group(talk, await customer(talk))}`, NO_KEY),
  'getBillingGroup not-found': (talk) => talk.get(`/billing-groups/${NO_GROUP}`),
  'getBillingGroup scope.isolated': async (talk) =>
    talk.get(`/billing-groups/${await group(talk, await customer(talk))}`, STRANGER),

  'listBillingGroups unauthenticated': async (talk) =>
    talk.get(`/customers/${await customer(talk)}/billing-groups`, NO_KEY),
  'listBillingGroups parameter': async (talk) =>
    talk.get(`/customers/${await customer(talk)}/billing-groups?page=first`),
  'listBillingGroups scope.isolated': async (talk) =>
    talk.get(`/customers/${await customer(talk)}/billing-groups`, STRANGER),
  'listBillingGroups group.list-customer-exists': (talk) =>
    talk.get(`/customers/${NO_CUSTOMER}/billing-groups`),

  'createCustomer unauthenticated': (talk) => talk.post('/customers', { email: EMAIL }, NO_KEY),
  'createCustomer malformed': (talk) => talk.post('/customers', undefined, UNREADABLE),
  'createCustomer invalid': (talk) => talk.post('/customers', { email: null }),
  'createCustomer wrong-type': (talk) => talk.post('/customers', { email: 7 }),
  'createCustomer customer.email-needed': (talk) => talk.post('/customers', {}),
  'createCustomer customer.email-unique': async (talk) => {
    await customer(talk, { email: EMAIL });
    return talk.post('/customers', { email: EMAIL });
  },

  'listCustomers unauthenticated': (talk) => talk.get('/customers', NO_KEY),
  'listCustomers parameter': (talk) => talk.get('/customers?limit=all'),

  'getCustomer unauthenticated': async (talk) =>
    talk.get(`/customers/${await customer(talk)}`, NO_KEY),
  'getCustomer not-found': (talk) => talk.get(`/customers/${NO_CUSTOMER}`),
  'getCustomer scope.isolated': async (talk) =>
    talk.get(`/customers/${await customer(talk)}`, STRANGER),

  'createSubscription unauthenticated': async (talk) =>
    talk.post('/subscriptions', { customer: await customer(talk) }, NO_KEY),
  'createSubscription malformed': (talk) => talk.post('/subscriptions', undefined, UNREADABLE),
  'createSubscription invalid': (talk) => talk.post('/subscriptions', { customer: null }),
  'createSubscription wrong-type': (talk) => talk.post('/subscriptions', { customer: 7 }),
  'createSubscription subscription.customer-exists': (talk) =>
    talk.post('/subscriptions', { customer: NO_CUSTOMER }),
  'createSubscription subscription.group-of-own-customer': async (talk) => {
    const billingGroup = await group(talk, await customer(talk));
    return talk.post('/subscriptions', { customer: await customer(talk), billingGroup });
  },

  'listSubscriptions unauthenticated': (talk) => talk.get('/subscriptions', NO_KEY),
  'listSubscriptions parameter': (talk) => talk.get('/subscriptions?page=first'),

  'getSubscription unauthenticated': async (talk) => talk.get(await aSubscription(talk), NO_KEY),
  'getSubscription not-found': (talk) => talk.get(`/subscriptions/${NO_CUSTOMER}`),
  'getSubscription scope.isolated': async (talk) => talk.get(await aSubscription(talk), STRANGER),

  'updateSubscription unauthenticated': async (talk) =>
    talk.put(await aSubscription(talk), { billingGroup: null }, NO_KEY),
  'updateSubscription not-found': (talk) =>
    talk.put(`/subscriptions/${NO_CUSTOMER}`, { billingGroup: null }),
  'updateSubscription malformed': async (talk) =>
    talk.put(await aSubscription(talk), undefined, UNREADABLE),
  'updateSubscription invalid': async (talk) =>
    talk.put(await aSubscription(talk), { name: 'x'.repeat(256) }),
  'updateSubscription wrong-type': async (talk) =>
    talk.put(await aSubscription(talk), { billingGroup: 7 }),
  'updateSubscription scope.isolated': async (talk) =>
    talk.put(await aSubscription(talk), { billingGroup: null }, STRANGER),
  'updateSubscription subscription.group-of-own-customer': async (talk) =>
    talk.put(await aSubscription(talk), {
      billingGroup: await group(talk, await customer(talk)),
    }),
};
