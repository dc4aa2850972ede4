// How a billing group is shown, and GET /billing-groups/{id}

import type { Answer, Call, Fields, Group, Json, Subscription } from './model.ts';
import { broken, Refusal } from './model.ts';

// A group as the create and the lists show it: without its subscriptions.
export function dateless(call: Call, group: Group): Fields {
  const { on, odd } = call;
  const shown: Fields = {
    id: group.id,
    name: group.name,
    type: group.type,
    customDay: group.customDay,
    customMonth: group.customMonth,
  };
  if (on('day-shown-as-string') && group.customDay !== null) {
    shown['customDay'] = String(group.customDay);
  }
  if (on('customer-in-group')) shown['customer'] = group.customer;
  if (odd('extra-fields')) Object.assign(shown, { color: '#336699', position: 1, tags: [] });
  return shown;
}

function belongs(call: Call, group: Group, subscription: Subscription): boolean {
  const { on } = call;
  const { billingGroup, formerGroups, joinedBy, customer } = subscription;
  if (on('subscriptions-of-all')) return customer === group.customer;
  if (billingGroup === group.id) {
    return !on(
      joinedBy === 'create' ? 'subscriptions-created-missing' : 'subscriptions-updated-missing',
    );
  }
  const left = billingGroup === null;
  const stale = on(left ? 'subscriptions-stale-after-leaving' : 'subscriptions-stale-after-moving');
  return stale && formerGroups.includes(group.id);
}

function subscriptionsOf(call: Call, group: Group): Json[] {
  const { on, store } = call;
  if (on('subscriptions-empty')) return [];
  const own = store.subscriptions.all().filter((each) => belongs(call, group, each));
  const ids = own.map(({ id }) => (on('subscriptions-plain-ids') ? id : `/subscriptions/${id}`));
  if (on('subscriptions-first-only')) return ids.slice(0, 1);
  return on('subscriptions-doubled') ? [...ids, ...ids] : ids;
}

function find(call: Call): Group | undefined {
  const { on, store, tenant } = call;
  if (on('group-get-any')) {
    return store.groups
      .all()
      .filter((each) => each.tenant === tenant)
      .at(-1);
  }
  const group = store.groups.get(call.id);
  return group && (group.tenant === tenant || on('group-get-leaks-tenants')) ? group : undefined;
}

export function getGroup(call: Call): Answer {
  const { on } = call;
  const group = find(call);
  if (!group) {
    if (on('unknown-group-answers-500')) throw broken();
    if (on('unknown-group-answers-200')) return { status: 200, body: {} };
    throw new Refusal(404, 'The billing group was not found.');
  }
  const shown = dateless(call, group);
  if (on('group-get-without-day')) delete shown['customDay'];
  if (on('group-get-without-month')) delete shown['customMonth'];
  if (!on('subscriptions-missing')) shown['subscriptions'] = subscriptionsOf(call, group);
  return { status: 200, body: on('group-get-wrapped') ? { data: shown } : shown };
}
