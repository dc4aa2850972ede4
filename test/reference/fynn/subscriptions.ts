// POST /subscriptions and PUT /subscriptions/{id}

import { nextDate, parseDay } from './dates.ts';
import { customerFor, noCustomer } from './group-create.ts';
import type { Answer, Call, Subscription } from './model.ts';
import { broken, pause, Refusal } from './model.ts';
import type { Condition, Problem, Rule } from './rules.ts';
import { optionalText, plainId, problemsOf, refuse, requiredText, textOf } from './rules.ts';
import { findSubscription, showSubscription } from './subscription-show.ts';

type Problems = Map<string, Problem>;

const startDate: Rule = (value, body, call) => {
  const wrong = optionalText(value, body, call);
  if (wrong || typeof value !== 'string' || parseDay(value, 'UTC')) return wrong;
  return { kind: 'other', message: 'This value is not a valid date.' };
};

const interval: Rule = (value, body, call) => {
  const wrong = optionalText(value, body, call);
  if (wrong || typeof value !== 'string' || /^[1-9]\d{0,2}[DWMY]$/.test(value)) return wrong;
  return { kind: 'other', message: 'This value is not a valid interval.' };
};

const UPDATE_RULES = { name: optionalText, startDate, billingGroup: optionalText };
const CREATE_RULES = { customer: requiredText, ...UPDATE_RULES, billingInterval: interval };
const ACCEPTED: Condition[] = [
  ['subscription-customer-missing-accepted', 'customer', (value) => value === undefined],
];
const REFUSED: Condition[] = [
  ['group-iri-refused', 'billingGroup', (value) => textOf(value)?.startsWith('/') === true],
  ['group-plain-id-refused', 'billingGroup', (value) => textOf(value)?.startsWith('/') === false],
  ['group-null-refused', 'billingGroup', (value) => value === null],
];

// The id of the group a body names, or null; what is wrong with it goes into the problems.
function groupFor(
  call: Call,
  customer: string,
  place: 'create' | 'update',
  problems: Problems,
): string | null {
  const sent = textOf(call.body['billingGroup']);
  if (sent === null || problems.has('billingGroup')) return null;
  const { on, store, tenant } = call;
  const group = store.groups.get(plainId(sent, 'billing-groups'));
  if (!group && on('unknown-group-500')) throw broken();
  if (!group && on(`unknown-group-accepted-on-${place}`)) return null;
  const foreign = group !== undefined && group.tenant !== tenant;
  const known = group && (!foreign || on(`other-tenants-group-accepted-on-${place}`));
  if (!known) {
    problems.set('billingGroup', { kind: 'other', message: 'The billing group was not found.' });
    return null;
  }
  const own = foreign || group.customer === customer || customer === '';
  if (!own && !on(`foreign-group-accepted-on-${place}`)) {
    const message = 'The billing group belongs to another customer.';
    problems.set('billingGroup', { kind: 'other', message });
  }
  return group.id;
}

function customerIn(call: Call, problems: Problems): string {
  const sent = call.body['customer'];
  const { on } = call;
  const customer = customerFor(call, on('subscription-other-tenants-customer'));
  if (customer || problems.has('customer')) return customer?.id ?? '';
  if (typeof sent !== 'string') return '';
  const known = call.store.customers.get(plainId(sent, 'customers'));
  if (!known && on('subscription-unknown-customer-accepted')) return sent;
  noCustomer(call, problems);
  return '';
}

function newSubscription(call: Call, customer: string, group: string | null): Subscription {
  const { on, body, store, tenant } = call;
  const made: Subscription = {
    id: store.id(),
    tenant,
    customer,
    name: on('subscription-name-lost') ? null : textOf(body['name']),
    startDate: on('start-date-lost') ? null : textOf(body['startDate']),
    createdAt: store.now(),
    billingInterval: on('interval-lost') ? '1M' : (textOf(body['billingInterval']) ?? '1M'),
    billingGroup: on('group-lost-on-create') ? null : group,
    joinedBy: 'create',
    formerGroups: [],
    next: '',
  };
  return { ...made, next: nextDate(call, made) };
}

export function createSubscription(call: Call): Answer {
  const { on, store } = call;
  const problems = problemsOf(call, CREATE_RULES, ACCEPTED, REFUSED);
  const customer = customerIn(call, problems);
  const group = groupFor(call, customer, 'create', problems);
  const bad = problems.has('billingGroup') && problems.size === 1;
  if (bad && on('refused-subscription-stored')) {
    store.subscriptions.put(newSubscription(call, customer, null));
  }
  refuse(call, problems);
  const made = newSubscription(call, customer, group);
  const kept = !on('subscription-writes-lost') || store.count('subscription') % 3 !== 0;
  if (kept) store.subscriptions.put(made);
  const status = on('subscription-create-200') ? 200 : 201;
  return { status, body: showSubscription(call, made, 'create') };
}

function nextGroup(call: Call, old: Subscription, group: string | null): string | null {
  const { on, body } = call;
  const sent = body['billingGroup'];
  if (sent === undefined) return on('absent-takes-out') ? null : old.billingGroup;
  if (sent === null) return on('null-keeps-group') ? old.billingGroup : null;
  if (on('group-lost-on-update')) return old.billingGroup;
  const moves = old.billingGroup !== null && old.billingGroup !== group;
  return moves && on('move-ignored') ? old.billingGroup : group;
}

function kept(call: Call, old: Subscription): Pick<Subscription, 'name' | 'startDate'> {
  const { on, body } = call;
  const oldName = on('update-loses-name') ? null : old.name;
  const oldStart = on('update-loses-start-date') ? null : old.startDate;
  const name = body['name'] === undefined ? oldName : textOf(body['name']);
  const start = body['startDate'] === undefined ? oldStart : textOf(body['startDate']);
  return {
    name: on('update-name-ignored') ? old.name : name,
    startDate: on('update-start-date-ignored') ? old.startDate : start,
  };
}

function isStale(call: Call, old: Subscription, made: Subscription): boolean {
  const { on } = call;
  if (old.billingGroup !== made.billingGroup) {
    return on(made.billingGroup === null ? 'date-stale-on-leave' : 'date-stale-on-join');
  }
  return old.startDate !== made.startDate && on('date-stale-on-start');
}

function changed(call: Call, old: Subscription, group: string | null): Subscription {
  const { on, store } = call;
  const billingGroup = nextGroup(call, old, group);
  const moved = billingGroup !== old.billingGroup;
  const left = moved && old.billingGroup !== null ? [old.billingGroup] : [];
  const made: Subscription = {
    ...old,
    ...kept(call, old),
    billingGroup,
    billingInterval: on('update-loses-interval') ? '1M' : old.billingInterval,
    createdAt: on('update-moves-created-at') ? store.now() : old.createdAt,
    joinedBy: moved ? 'update' : old.joinedBy,
    formerGroups: [...old.formerGroups, ...left],
  };
  return isStale(call, old, made) ? made : { ...made, next: nextDate(call, made) };
}

function moveAll(call: Call, made: Subscription): void {
  if (!call.on('update-changes-all') || call.body['billingGroup'] === undefined) return;
  for (const each of call.store.subscriptions.all()) {
    if (each.customer !== made.customer || each.tenant !== made.tenant) continue;
    call.store.subscriptions.put({ ...each, billingGroup: made.billingGroup });
  }
}

function checkUpdate(call: Call, old: Subscription): string | null {
  const { on, store } = call;
  const problems = problemsOf(call, UPDATE_RULES, [], REFUSED);
  const group = groupFor(call, old.customer, 'update', problems);
  const moves = group !== null && old.billingGroup !== null && group !== old.billingGroup;
  if (moves && on('move-refused')) {
    problems.set('billingGroup', { kind: 'other', message: 'This value cannot be changed.' });
  }
  if (problems.has('billingGroup') && on('refused-update-stored')) {
    store.subscriptions.put({ ...old, ...kept(call, old) });
  }
  refuse(call, problems);
  return group;
}

export async function updateSubscription(call: Call): Promise<Answer> {
  const { on, store } = call;
  const old = findSubscription(call, 'subscription-update-leaks');
  if (!old) {
    if (on('subscription-update-unknown-200')) return { status: 200, body: {} };
    throw new Refusal(404, 'The subscription was not found.');
  }
  const group = checkUpdate(call, old);
  if (on('update-race')) await pause(15);
  const made = changed(call, old, group);
  if (!on('update-not-stored')) store.subscriptions.put(made);
  moveAll(call, made);
  if (on('subscription-update-204')) return { status: 204, body: undefined };
  return { status: 200, body: showSubscription(call, made, 'update') };
}
