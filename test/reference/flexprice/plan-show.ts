// How a plan is written in answers, and GET /plans/{id} with all prices of the plan.

import type { Answer, Call, Fields, Json, Plan, Price } from './model.ts';
import { dressUnset, showOwner } from './owner.ts';
import type { Expand } from './price-show.ts';
import { PLAIN, showPrice } from './price-show.ts';
import { findPlan, sameScope } from './scope.ts';
import { showTime } from './times.ts';

function spoil(call: Call, plan: Plan, shown: Fields): Fields {
  if (call.on('plan-display-order-as-text')) shown.display_order = String(plan.displayOrder);
  if (call.on('plan-metadata-null')) shown.metadata = null;
  if (call.on('plan-without-tenant-id')) delete shown.tenant_id;
  if (call.on('plan-without-environment-id')) delete shown.environment_id;
  if (call.on('plan-without-created-by')) delete shown.created_by;
  if (call.on('plan-without-updated-by')) delete shown.updated_by;
  if (call.on('plan-tenant-id-shared')) shown.tenant_id = 'tenant_123';
  if (call.on('plan-wrong-environment-id')) shown.environment_id = 'production';
  if (call.on('plan-created-at-moves')) shown.created_at = showTime(call, call.store.now());
  if (call.on('plan-created-at-number')) shown.created_at = Math.floor(plan.created / 1000);
  return shown;
}

export function showPlan(call: Call, plan: Plan): Fields {
  const shown = {
    id: plan.id,
    name: plan.name,
    lookup_key: plan.lookupKey,
    description: plan.description,
    display_order: plan.displayOrder,
    metadata: plan.metadata,
    ...showOwner(call, plan),
  };
  return spoil(call, plan, dressUnset(call, shown, ['lookup_key', 'description']));
}

export function pricesOf(call: Call, plan: Plan): Price[] {
  const source = call.on('clone-shares-prices') ? plan.metadata.source_plan_id : undefined;
  const id = source ?? plan.id;
  return call.store.prices.all().filter((price) => price.planId === id);
}

function shownPrices(call: Call, plan: Plan): Price[] {
  const own = pricesOf(call, plan);
  const now = call.store.now();
  if (call.on('plan-read-shows-all-prices')) {
    return call.store.prices.all().filter((price) => sameScope(price, plan));
  }
  if (call.on('plan-read-misses-ended')) {
    return own.filter((price) => price.end === null || price.end > now);
  }
  if (call.on('plan-read-misses-successors')) return own.filter((price) => price.parentId === '');
  if (call.on('plan-read-misses-grouped')) return own.filter((price) => price.groupId === '');
  if (call.on('plan-read-first-20-prices')) return own.slice(0, 20);
  if (call.on('plan-read-prices-repeated')) return [...own, ...own];
  return call.odd('plan-prices-reversed') ? own.reverse() : own;
}

function groupAsShown(call: Call, price: Price): Price {
  if (call.on('plan-read-prices-lose-group')) return { ...price, groupId: '' };
  if (!call.on('plan-read-prices-old-group')) return price;
  return { ...price, groupId: price.pastGroups[0] ?? '' };
}

export function showPrices(call: Call, plan: Plan, expand: Expand): Json[] {
  return shownPrices(call, plan).map((price) =>
    showPrice(call, groupAsShown(call, price), 'plan', expand),
  );
}

// Facts 4.1 and 4.3: every price, ended ones too, each with its group and meter; no key when
// there are none.
export function getPlan(call: Call): Answer {
  const plan = findPlan(call, {
    tenant: 'plan-read-leak-tenant',
    env: 'plan-read-leak-environment',
  });
  const shown = showPlan(call, plan);
  if (call.odd('plan-hides-prices')) return { status: 200, body: shown };
  const plainly = call.odd('plan-shows-prices');
  const expand = plainly ? PLAIN : { groups: true, meters: true };
  const prices = showPrices(call, plan, expand);
  if (prices.length > 0 || plainly) shown.prices = prices;
  return { status: 200, body: shown };
}
