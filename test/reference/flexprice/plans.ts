// POST /plans and GET /plans/{id}.

import { given, integerAt, metadataAt, textAt } from './body.ts';
import type { Answer, Call, Fields, Plan } from './model.ts';
import { duplicate, invalid, pause, wrongType } from './model.ts';
import { dressUnset, showOwner } from './owner.ts';
import { showPrice } from './price-show.ts';
import { findPlan, sameScope } from './scope.ts';
import { showTime } from './times.ts';

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
    if (call.on('plan-refused-create-takes-key')) call.store.takenKeys.add(keyOf(call, lookupKey));
    throw wrongType('display_order', 'an integer');
  }
  const order = integerAt(call.body, 'display_order') ?? 0;
  return call.on('plan-display-order-lost') ? 0 : order;
}

const keyOf = (call: Call, key: string): string =>
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

function competes(call: Call, plan: Plan): boolean {
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
    return (sameKey || sameName) && competes(call, plan);
  });
}

export async function createPlan(call: Call): Promise<Answer> {
  const draft = readDraft(call);
  const twin = findTwin(call, draft);
  if (twin && call.on('plan-duplicate-returns-existing')) {
    return { status: 201, body: showPlan(call, twin) };
  }
  if (twin || call.store.takenKeys.has(keyOf(call, draft.lookupKey))) {
    throw duplicate(call, 'plan', draft.lookupKey);
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

function spoil(call: Call, plan: Plan, shown: Fields): Fields {
  if (call.on('plan-display-order-as-text')) shown.display_order = String(plan.displayOrder);
  if (call.on('plan-metadata-null')) shown.metadata = null;
  if (call.on('plan-without-tenant-id')) delete shown.tenant_id;
  if (call.on('plan-without-created-by')) delete shown.created_by;
  if (call.on('plan-wrong-environment-id')) shown.environment_id = 'production';
  if (call.on('plan-created-at-moves')) shown.created_at = showTime(call, call.store.now());
  if (call.on('plan-created-at-number')) shown.created_at = Math.floor(plan.created / 1000);
  return shown;
}

function showPlan(call: Call, plan: Plan): Fields {
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

export function getPlan(call: Call): Answer {
  const plan = findPlan(call, {
    tenant: 'plan-read-leak-tenant',
    env: 'plan-read-leak-environment',
  });
  const shown = showPlan(call, plan);
  if (call.odd('plan-shows-prices')) {
    const own = call.store.prices.all().filter((price) => price.planId === plan.id);
    shown.prices = own.map((price) => showPrice(call, price, 'write', false));
  }
  return { status: 200, body: shown };
}
