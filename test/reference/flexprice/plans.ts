// POST /plans, and the rule that published plans do not share a lookup_key.

import { given, integerAt, metadataAt, textAt } from './body.ts';
import type { Answer, Call, Fields, Plan } from './model.ts';
import { duplicate, invalid, pause, Refusal, wrongType } from './model.ts';
import { showPlan } from './plan-show.ts';
import { isGone, sameScope } from './scope.ts';

type Draft = Pick<Plan, 'name' | 'lookupKey' | 'description' | 'displayOrder' | 'metadata'>;

function readName(call: Call): string {
  const raw = given(call.body, 'name');
  const asText = typeof raw === 'number' && call.on('plan-name-number-accepted');
  const name = asText ? String(raw) : textAt(call.body, 'name');
  if (name === undefined && !call.on('plan-name-missing-accepted')) {
    throw invalid('name', 'is required');
  }
  if (name === '' && !call.on('plan-name-empty-accepted')) {
    throw invalid('name', 'must not be empty');
  }
  return (call.on('plan-name-trimmed') ? name?.trim() : name) ?? '';
}

function readOrder(call: Call, lookupKey: string): number {
  const raw = given(call.body, 'display_order');
  if (typeof raw === 'string' && call.on('plan-display-order-text-accepted')) return Number(raw);
  if (typeof raw === 'number' && call.on('plan-display-order-fraction-accepted')) return raw;
  if (raw !== undefined && !Number.isSafeInteger(raw)) {
    if (call.on('plan-refused-create-takes-key'))
      call.store.takenKeys.add(planKeyOf(call, lookupKey));
    throw wrongType('display_order', 'an integer');
  }
  const order = integerAt(call.body, 'display_order') ?? 0;
  return call.on('plan-display-order-lost') ? 0 : order;
}

export const planKeyOf = (call: Call, key: string): string =>
  JSON.stringify(['plan', call.scope.tenant, call.scope.env, key]);

function readMetadata(call: Call): Fields {
  const numbers = call.on('plan-metadata-number-accepted');
  const pairs = Object.entries(metadataAt(call.body, 'metadata', numbers) ?? {});
  if (call.on('plan-metadata-lost')) return {};
  if (call.on('plan-metadata-first-only')) return Object.fromEntries(pairs.slice(0, 1));
  if (call.on('plan-metadata-keys-lower-cased')) {
    return Object.fromEntries(pairs.map(([key, value]) => [key.toLowerCase(), value]));
  }
  return Object.fromEntries(pairs);
}

function readDraft(call: Call): Draft {
  const name = readName(call);
  const lookupKey = textAt(call.body, 'lookup_key') ?? '';
  const description = textAt(call.body, 'description') ?? '';
  if (lookupKey === '' && call.on('plan-key-required')) throw invalid('lookup_key', 'is required');
  return {
    name,
    lookupKey: call.on('plan-key-lost') ? '' : lookupKey,
    description: storedDescription(call, description),
    metadata: readMetadata(call),
    displayOrder: readOrder(call, lookupKey),
  };
}

function storedDescription(call: Call, description: string): string {
  if (call.on('plan-description-lost')) return '';
  return call.on('plan-description-truncated') ? description.slice(0, 100) : description;
}

export function competes(call: Call, plan: Plan): boolean {
  if (call.on('plan-key-unique-across-tenants')) return plan.env === call.scope.env;
  if (call.on('plan-key-unique-across-environments')) return plan.tenant === call.scope.tenant;
  return sameScope(plan, call.scope);
}

function findTwin(call: Call, draft: Draft): Plan | undefined {
  if (call.on('plan-key-duplicate-accepted')) return undefined;
  return call.store.plans.all().find((plan) => {
    const counts = draft.lookupKey !== '' || call.on('plan-key-empty-unique');
    const sameKey = counts && plan.lookupKey === draft.lookupKey;
    const sameName = call.on('plan-names-unique') && plan.name === draft.name;
    if (isGone(plan) && !call.on('plan-delete-keeps-key')) return false;
    return (sameKey || sameName) && competes(call, plan);
  });
}

export function keyTaken(call: Call, key: string, twin: Plan | undefined): Refusal {
  const usual = duplicate(call, 'plan', key);
  if (!twin || !call.odd('plan-duplicate-names-twin')) return usual;
  return new Refusal(usual.status, usual.code, usual.message, {
    plan_id: { given: twin.id },
    plan_name: { given: twin.name },
  });
}

export async function createPlan(call: Call): Promise<Answer> {
  const draft = readDraft(call);
  const twin = findTwin(call, draft);
  if (twin && call.on('plan-duplicate-returns-existing')) {
    return { status: 201, body: showPlan(call, twin) };
  }
  if (twin || call.store.takenKeys.has(planKeyOf(call, draft.lookupKey))) {
    throw keyTaken(call, draft.lookupKey, twin);
  }
  if (call.on('plan-key-race')) await pause(15);
  const now = call.store.now();
  const plan: Plan = {
    ...call.scope,
    ...draft,
    id: call.store.next('plan').id,
    status: call.on('plan-starts-as-draft') ? 'draft' : 'published',
    created: now,
    updated: now,
  };
  if (!call.on('plan-create-lost')) call.store.plans.put(plan);
  const status = call.on('plan-create-answers-200') ? 200 : 201;
  return { status, body: showPlan(call, plan) };
}
