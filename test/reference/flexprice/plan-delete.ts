// DELETE /plans/{id}: archives the plan and leaves its prices alone.

import type { Answer, Call, Plan, Price } from './model.ts';
import { Refusal } from './model.ts';
import { deleted } from './owner.ts';
import { findPlan, isGone, sameScope } from './scope.ts';

function archive(call: Call, plan: Plan): void {
  const { plans } = call.store;
  const now = call.store.now();
  if (call.on('plan-delete-hard')) {
    plans.drop(plan.id);
    return;
  }
  call.store.hiddenPlans.add(plan.id);
  const status = call.on('plan-delete-says-deleted') ? 'deleted' : 'archived';
  plans.put({
    ...plan,
    status: call.on('plan-delete-leaves-published') ? plan.status : status,
    lookupKey: call.on('plan-delete-empties-key') ? '' : plan.lookupKey,
    created: call.on('plan-delete-moves-created-at') ? now : plan.created,
    updated: call.on('plan-delete-freezes-updated-at') ? plan.updated : now,
  });
}

// Only faults touch the prices of a deleted plan.
function spoilPrice(call: Call, price: Price): void {
  const { prices, groups } = call.store;
  const now = call.store.now();
  const group = groups.get(price.groupId);
  if (call.on('plan-delete-removes-prices')) prices.drop(price.id);
  if (call.on('plan-delete-ends-prices')) prices.put({ ...price, end: price.end ?? now });
  if (call.on('plan-delete-ungroups-prices')) prices.put({ ...price, groupId: '' });
  if (group && call.on('plan-delete-archives-groups')) groups.put({ ...group, status: 'archived' });
}

// Other plans that a fault takes along.
function takenAlong(call: Call, plan: Plan): Plan[] {
  return call.store.plans.all().filter((other) => {
    if (other.id === plan.id) return false;
    const own = sameScope(other, plan);
    const twin = other.lookupKey !== '' && other.lookupKey === plan.lookupKey;
    if (call.on('plan-delete-crosses-environments')) {
      return twin && !own && other.tenant === plan.tenant;
    }
    if (call.on('clone-linked-plan-delete')) return other.metadata.source_plan_id === plan.id;
    return call.on('plan-delete-archives-namesakes') && own && other.name === plan.name;
  });
}

function remove(call: Call, plan: Plan): void {
  if (call.on('plan-delete-lost')) return;
  for (const price of call.store.prices.all()) {
    if (price.planId === plan.id) spoilPrice(call, price);
  }
  for (const each of [...takenAlong(call, plan), plan]) archive(call, each);
}

function target(call: Call): Plan {
  const { plans } = call.store;
  const byKey = plans.all().find((plan) => plan.lookupKey === call.id);
  if (byKey && sameScope(byKey, call.scope) && call.on('plan-delete-by-key')) return byKey;
  const any = plans.get(call.id);
  if (any && !sameScope(any, call.scope) && call.on('plan-delete-foreign-404-but-done')) {
    remove(call, any);
  }
  return findPlan(call, {
    tenant: 'plan-delete-foreign-tenant',
    env: 'plan-delete-foreign-environment',
  });
}

function removeAgain(call: Call, plan: Plan): void {
  if (call.on('plan-delete-second-answers-500')) throw new Error('broken on purpose');
  if (call.odd('second-plan-delete-404')) {
    throw new Refusal(404, 'not_found', 'This plan has been deleted before');
  }
  if (call.odd('second-plan-delete-touches')) archive(call, plan);
}

export function deletePlan(call: Call): Answer {
  const unknown = call.store.plans.get(call.id) === undefined;
  if (unknown && call.on('plan-delete-unknown-200')) return deleted(call, 'plan', call.id);
  const plan = target(call);
  if (isGone(plan)) removeAgain(call, plan);
  else remove(call, plan);
  if (call.on('plan-delete-answers-204')) return { status: 204 };
  const done = deleted(call, 'plan', plan.id);
  return call.on('plan-delete-answers-201') ? { ...done, status: 201 } : done;
}
