// POST /plans/{id}/clone: a new plan of its own with copies of the running prices.

import { integerAt, metadataAt, neededText, textAt } from './body.ts';
import { clonedPrices, spoilSourcePrices } from './clone-prices.ts';
import type { Answer, Call, Fields, Plan } from './model.ts';
import { pause, Refusal } from './model.ts';
import { showPlan, showPrices } from './plan-show.ts';
import { keyTaken, planKeyOf } from './plans.ts';
import { PLAIN, showPrice } from './price-show.ts';
import { findPlan, isGone, sameScope } from './scope.ts';

function textOf(call: Call, key: string, optional: boolean): string {
  return optional ? (textAt(call.body, key) ?? '') : neededText(call.body, key);
}

// The pairs of the source, those of the request over them, and where the copy comes from.
function metadataFor(call: Call, source: Plan): Fields {
  const sent = metadataAt(call.body, 'metadata', false) ?? {};
  const old = call.on('clone-drops-source-metadata') ? {} : source.metadata;
  const over = call.on('clone-ignores-metadata') ? {} : sent;
  const both = call.on('clone-source-metadata-wins') ? { ...over, ...old } : { ...old, ...over };
  if (!call.on('clone-without-source-id')) return { ...both, source_plan_id: source.id };
  return Object.fromEntries(Object.entries(both).filter(([key]) => key !== 'source_plan_id'));
}

type Words = Pick<Plan, 'name' | 'lookupKey' | 'description' | 'displayOrder' | 'metadata'>;

// Facts 4.4 are silent on what is not sent: it is taken over from the source.
function readWords(call: Call, source: Plan): Words {
  const name = textOf(call, 'name', call.on('clone-without-name-accepted'));
  const lookupKey = textOf(call, 'lookup_key', call.on('clone-without-key-accepted'));
  const description = textAt(call.body, 'description');
  const order = integerAt(call.body, 'display_order');
  const own = call.odd('clone-starts-without-words');
  const oldText = own ? '' : source.description;
  const oldOrder = own ? 0 : source.displayOrder;
  return {
    name: call.on('clone-name-of-source') ? source.name : name,
    lookupKey,
    description: call.on('clone-ignores-description') ? oldText : (description ?? oldText),
    displayOrder: call.on('clone-ignores-display-order') ? oldOrder : (order ?? oldOrder),
    metadata: metadataFor(call, source),
  };
}

function findTwin(call: Call, source: Plan, key: string): Plan | undefined {
  if (call.on('clone-key-taken-accepted')) return undefined;
  const wide = call.on('clone-key-unique-across-environments');
  return call.store.plans.all().find((plan) => {
    if (plan.lookupKey !== key || key === '' || isGone(plan)) return false;
    if (plan.id === source.id && call.on('clone-key-of-source-accepted')) return false;
    return wide ? plan.tenant === call.scope.tenant : sameScope(plan, call.scope);
  });
}

function newPlan(call: Call, source: Plan, words: Words): Plan {
  const now = call.store.now();
  const archived = isGone(source) && call.on('clone-of-archived-is-archived');
  return {
    ...call.scope,
    ...words,
    lookupKey: call.on('clone-key-lost') ? '' : words.lookupKey,
    id: call.store.next('plan').id,
    status: archived ? 'archived' : 'published',
    created: call.on('clone-keeps-created-at') ? source.created : now,
    updated: now,
  };
}

// What only faults do to the plan that is cloned.
function spoilSource(call: Call, source: Plan, plan: Plan): void {
  const { plans } = call.store;
  const now = call.store.now();
  if (call.on('clone-renames-source')) plans.put({ ...source, name: plan.name });
  if (call.on('clone-archives-source')) plans.put({ ...source, status: 'archived' });
  if (call.on('clone-touches-source')) plans.put({ ...source, updated: now });
  spoilSourcePrices(call, source, plan);
}

function store(call: Call, source: Plan, words: Words): { plan: Plan; prices: Fields[] } {
  const plan = newPlan(call, source, words);
  const copies = clonedPrices(call, source, plan);
  const prices = copies.map((price) => showPrice(call, price, 'write', PLAIN));
  if (call.on('clone-lost')) return { plan, prices };
  call.store.plans.put(plan);
  for (const price of copies) {
    const ungrouped = call.on('clone-groups-not-stored') ? { ...price, groupId: '' } : price;
    if (!call.on('clone-prices-not-stored')) call.store.prices.put(ungrouped);
  }
  spoilSource(call, source, plan);
  return { plan, prices };
}

export async function clonePlan(call: Call): Promise<Answer> {
  const source = findPlan(call, {
    tenant: 'clone-foreign-tenant',
    env: 'clone-foreign-environment',
  });
  const words = readWords(call, source);
  if (isGone(source) && call.on('clone-of-archived-refused')) {
    throw new Refusal(400, 'invalid_operation', 'An archived plan cannot be cloned');
  }
  const twin = findTwin(call, source, words.lookupKey);
  if (twin || call.store.takenKeys.has(planKeyOf(call, words.lookupKey))) {
    if (call.on('clone-refused-but-stored')) store(call, source, words);
    throw keyTaken(call, words.lookupKey, twin);
  }
  if (call.on('clone-key-race')) await pause(15);
  const { plan, prices } = store(call, source, words);
  const shown: Fields = showPlan(call, plan);
  const shared = call.on('clone-shares-prices') ? showPrices(call, plan, PLAIN) : prices;
  if (shared.length > 0) shown.prices = shared;
  return { status: call.on('clone-answers-200') ? 200 : 201, body: shown };
}
