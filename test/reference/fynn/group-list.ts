// GET /customers/{customerId}/billing-groups

import { dateless } from './group-show.ts';
import type { Answer, Call, Fields, Group } from './model.ts';
import { broken, Refusal } from './model.ts';
import { answerPage } from './paging.ts';

function mayRead(call: Call): boolean {
  const customer = call.store.customers.get(call.id);
  return customer?.tenant === call.tenant || call.on('list-readable-by-other-tenants');
}

function isListed(call: Call, group: Group): boolean {
  if (group.customer === call.id) return true;
  const own = group.tenant === call.tenant;
  return own ? call.on('list-leaks-customers') : call.on('list-leaks-tenants');
}

function isUsed(call: Call, group: Group): boolean {
  return call.store.subscriptions.all().some((each) => each.billingGroup === group.id);
}

function rowsOf(call: Call): Group[] {
  const { on, store } = call;
  let rows = store.groups.seen().filter((group) => isListed(call, group));
  if (on('list-misses-newest')) rows = rows.slice(0, -1);
  if (on('list-misses-oldest')) rows = rows.slice(1);
  if (on('list-misses-unused')) rows = rows.filter((group) => isUsed(call, group));
  if (on('list-misses-custom')) rows = rows.filter((group) => group.type !== 'custom');
  if (!on('list-forgets') || rows.length === 0) return rows;
  const again = store.listedOnce.has(call.id);
  store.listedOnce.add(call.id);
  return again ? [] : rows;
}

function show(call: Call, group: Group): Fields {
  const shown = dateless(call, group);
  if (call.on('list-only-ids')) return { id: group.id };
  if (call.on('list-without-custom-fields')) {
    delete shown['customDay'];
    delete shown['customMonth'];
  }
  return shown;
}

export function listGroups(call: Call): Answer {
  const { on, store } = call;
  const known = store.customers.get(call.id) !== undefined && mayRead(call);
  if (!known && on('list-unknown-customer-500')) throw broken();
  if (!known && !on('list-unknown-customer-200')) {
    throw new Refusal(404, 'The customer was not found.');
  }
  const all = store.groups.all().filter((group) => group.tenant === call.tenant).length;
  return answerPage(call, {
    rows: known ? rowsOf(call) : [],
    show: (group: Group) => show(call, group),
    isGroups: true,
    total: on('list-total-of-tenant') ? all : undefined,
  });
}
