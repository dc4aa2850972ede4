// How a subscription is shown, GET /subscriptions and GET /subscriptions/{id}

import type { Answer, Call, Fields, Group, Json, Subscription } from './model.ts';
import { broken, Refusal } from './model.ts';
import { answerPage } from './paging.ts';
import { plainId } from './rules.ts';

type Place = 'create' | 'update' | 'get' | 'list';

function groupShown(call: Call, group: Group): Json {
  const { on, odd } = call;
  if (on('group-shown-as-id')) return group.id;
  if (on('group-shown-as-iri')) return `/billing-groups/${group.id}`;
  const { id, name, type, customDay, customMonth } = group;
  const shown: Fields = { id, name, type, customDay, customMonth };
  if (on('group-shown-without-type')) delete shown['type'];
  if (on('group-shown-without-day')) {
    delete shown['customDay'];
    delete shown['customMonth'];
  }
  if (odd('extra-fields')) shown['color'] = '#336699';
  return shown;
}

function groupOf(call: Call, subscription: Subscription, place: Place): Json {
  const { on, store } = call;
  const id = subscription.billingGroup;
  const group = id === null ? undefined : store.groups.get(id);
  if (!group) return null;
  if (place === 'list' && on('group-missing-in-list')) return null;
  const written = place === 'create' || place === 'update';
  return written && on('group-shown-on-get-only') ? null : groupShown(call, group);
}

function billingOf(call: Call, subscription: Subscription): Fields {
  const { on } = call;
  const { next, billingInterval, billingGroup } = subscription;
  let shown: Json = on('date-with-time') ? `${next}T00:00:00+01:00` : next;
  if (on('date-missing')) shown = null;
  if (on('date-null-in-group') && billingGroup !== null) shown = null;
  return { nextBillingAt: shown, billingInterval };
}

export function showSubscription(call: Call, subscription: Subscription, place: Place): Fields {
  const { on, odd } = call;
  const { id, name, startDate, createdAt, customer } = subscription;
  const billingGroup = groupOf(call, subscription, place);
  const shown: Fields = {
    id: place === 'update' && on('update-new-id') ? call.store.id() : id,
    customer: odd('iri-customers') ? `/customers/${customer}` : customer,
    status: on('subscription-status-active') ? 'active' : 'draft',
    name,
    startDate,
    createdAt,
    billingGroup,
    billing: billingOf(call, subscription),
  };
  if (billingGroup === null && odd('no-group-key-when-none')) delete shown['billingGroup'];
  if (odd('extra-fields')) Object.assign(shown, { number: 'S-1', periods: [], customFields: {} });
  return shown;
}

export function findSubscription(
  call: Call,
  leak: 'subscription-get-leaks' | 'subscription-update-leaks',
): Subscription | undefined {
  const found = call.store.subscriptions.get(call.id);
  return found && (found.tenant === call.tenant || call.on(leak)) ? found : undefined;
}

export function getSubscription(call: Call): Answer {
  const found = findSubscription(call, 'subscription-get-leaks');
  if (found) return { status: 200, body: showSubscription(call, found, 'get') };
  if (call.on('subscription-unknown-500')) throw broken();
  if (call.on('subscription-unknown-200')) return { status: 200, body: {} };
  throw new Refusal(404, 'The subscription was not found.');
}

export function listSubscriptions(call: Call): Answer {
  const { on, store, tenant, query } = call;
  const customer = plainId(query.get('customer') ?? '', 'customers');
  const all = customer === '' || on('subscription-filter-ignored');
  const [id, status] = [query.get('id'), query.get('status')];
  const rows = store.subscriptions
    .seen()
    .filter((each) => each.tenant === tenant || on('subscription-list-leaks'))
    .filter((each) => all || each.customer === customer)
    .filter((each) => (id === null || each.id === id) && (status === null || status === 'draft'));
  return answerPage(call, {
    rows,
    show: (each: Subscription) => showSubscription(call, each, 'list'),
  });
}
