// PUT /plans/{id}: what is left out stays, "" empties, metadata is replaced as a whole.

import { integerAt, metadataAt, textAt } from './body.ts';
import type { Answer, Call, Fields, Plan } from './model.ts';
import { invalid, pause, Refusal } from './model.ts';
import { showPlan } from './plan-show.ts';
import { competes, keyTaken, planKeyOf } from './plans.ts';
import { findPlan, isGone, missing, sameScope } from './scope.ts';

interface Patch {
  name: string | undefined;
  lookupKey: string | undefined;
  description: string | undefined;
  displayOrder: number | undefined;
  metadata: Fields | undefined;
}

const TEXTS = ['name', 'lookup_key', 'description'];

// The body as the faults see it: without what has the wrong type, or with null as "".
function bodyFor(call: Call): Fields {
  const entries = Object.entries(call.body);
  if (call.on('plan-put-wrong-types-ignored')) {
    return Object.fromEntries(
      entries.filter(([key, value]) => {
        if (TEXTS.includes(key)) return typeof value === 'string';
        return key === 'display_order' ? Number.isSafeInteger(value) : key !== 'metadata';
      }),
    );
  }
  if (!call.on('plan-put-null-clears')) return call.body;
  return Object.fromEntries(
    entries.map(([key, value]) => [key, TEXTS.includes(key) && value === null ? '' : value]),
  );
}

function readPatch(call: Call): Patch {
  const body = bodyFor(call);
  const name = textAt(body, 'name');
  const openName = call.on('plan-put-name-empty-accepted') || call.on('plan-put-null-clears');
  if (name === '' && !openName) throw invalid('name', 'must not be empty');
  return {
    name,
    lookupKey: textAt(body, 'lookup_key'),
    description: textAt(body, 'description'),
    displayOrder: integerAt(body, 'display_order'),
    metadata: metadataAt(body, 'metadata', false),
  };
}

function nextMetadata(call: Call, old: Fields, sent: Fields | undefined): Fields {
  if (sent === undefined) return call.on('plan-put-loses-metadata') ? {} : old;
  if (call.on('plan-put-metadata-ignored')) return old;
  return call.on('plan-put-metadata-merged') ? { ...old, ...sent } : sent;
}

function nextTexts(call: Call, plan: Plan, patch: Patch): Partial<Plan> {
  const oldKey = call.on('plan-put-loses-lookup-key') ? '' : plan.lookupKey;
  const oldText = call.on('plan-put-loses-description') ? '' : plan.description;
  const keptKey = patch.lookupKey === '' && call.on('plan-put-empty-key-ignored');
  const keptText = patch.description === '' && call.on('plan-put-empty-description-ignored');
  return {
    name: patch.name ?? (call.on('plan-put-loses-name') ? '' : plan.name),
    lookupKey: keptKey ? plan.lookupKey : (patch.lookupKey ?? oldKey),
    description: keptText ? plan.description : (patch.description ?? oldText),
  };
}

function nextOrder(call: Call, plan: Plan, patch: Patch): number {
  const old = call.on('plan-put-resets-display-order') ? 0 : plan.displayOrder;
  if (patch.displayOrder === 0 && call.on('plan-put-zero-order-ignored')) return old;
  return patch.displayOrder ?? old;
}

function changed(call: Call, plan: Plan, patch: Patch): Plan {
  const now = call.store.now();
  return {
    ...plan,
    ...nextTexts(call, plan, patch),
    displayOrder: nextOrder(call, plan, patch),
    metadata: nextMetadata(call, plan.metadata, patch.metadata),
    status: call.on('plan-put-revives-archived') ? 'published' : plan.status,
    created: call.on('plan-put-moves-created-at') ? now : plan.created,
    updated: call.on('plan-put-freezes-updated-at') ? plan.updated : now,
  };
}

// An archived plan holds no key, so it cannot collide either.
function checkKey(call: Call, plan: Plan, patch: Patch): void {
  const key = patch.lookupKey ?? '';
  if (key === '' || isGone(plan) || call.on('plan-put-key-duplicate-accepted')) return;
  const selfToo = call.on('plan-put-own-key-refused');
  const twin = call.store.plans.all().find((other) => {
    const counts = (selfToo || other.id !== plan.id) && !isGone(other);
    return counts && other.lookupKey === key && competes(call, other);
  });
  if (!twin && !call.store.takenKeys.has(planKeyOf(call, key))) return;
  if (call.on('plan-put-refused-applies-rest')) {
    call.store.plans.put(changed(call, plan, { ...patch, lookupKey: undefined }));
  }
  throw keyTaken(call, key, twin);
}

function sideEffects(call: Call, before: Plan, after: Plan): void {
  const { plans, prices, takenKeys } = call.store;
  if (call.on('plan-put-old-key-stays-taken') && before.lookupKey !== after.lookupKey) {
    takenKeys.add(planKeyOf(call, before.lookupKey));
  }
  if (call.on('plan-put-touches-namesakes')) {
    for (const other of plans.all()) {
      const namesake = other.name === before.name && sameScope(other, before);
      if (namesake) plans.put({ ...other, description: after.description });
    }
  }
  if (!call.on('plan-put-ungroups-prices')) return;
  for (const price of prices.all()) {
    if (price.planId === before.id) prices.put({ ...price, groupId: '' });
  }
}

function keep(call: Call, before: Plan, after: Plan): Plan {
  const { plans } = call.store;
  if (call.on('plan-put-ignored')) return before;
  if (call.on('plan-put-lost')) return after;
  sideEffects(call, before, after);
  if (!call.on('plan-put-changes-id')) {
    plans.put(after);
    return after;
  }
  const renamed = { ...after, id: call.store.next('plan').id };
  plans.drop(before.id);
  plans.put(renamed);
  return renamed;
}

async function change(call: Call, plan: Plan): Promise<Plan> {
  if (isGone(plan) && call.odd('archived-plan-frozen')) {
    throw new Refusal(400, 'invalid_operation', 'An archived plan cannot be changed');
  }
  const patch = readPatch(call);
  checkKey(call, plan, patch);
  const after = changed(call, plan, patch);
  if (call.on('plan-put-lost-update')) await pause(15);
  return keep(call, plan, after);
}

async function target(call: Call): Promise<Plan> {
  const any = call.store.plans.get(call.id);
  if (!any && call.on('plan-put-unknown-creates')) {
    const pattern = call.store.plans.all().at(-1);
    if (pattern === undefined) throw missing(call, 'plan', call.id);
    return { ...pattern, id: call.id };
  }
  if (any && !sameScope(any, call.scope) && call.on('plan-put-foreign-404-but-done')) {
    await change(call, any);
  }
  return findPlan(call, {
    tenant: 'plan-put-foreign-tenant',
    env: 'plan-put-foreign-environment',
  });
}

export async function updatePlan(call: Call): Promise<Answer> {
  const plan = await change(call, await target(call));
  const status = call.on('plan-put-answers-201') ? 201 : 200;
  return { status, body: showPlan(call, plan) };
}
