// POST /prices and GET /prices/{id}.

import { momentAt, neededText, textAt } from './body.ts';
import { checkMeter } from './meters.ts';
import type { Answer, Call, Plan, Price, PriceData } from './model.ts';
import { duplicate, invalid, pause, Refusal } from './model.ts';
import { checkGroup, touch } from './price-group.ts';
import { checkLate, readPriceData } from './price-rules.ts';
import { PLAIN, showPrice } from './price-show.ts';
import { elsewhere, findPrice, isGone, sameScope } from './scope.ts';

interface Draft {
  data: PriceData;
  planId: string;
  lookupKey: string;
  groupId: string;
  start: number | undefined;
  end: number | undefined;
}

function readDraft(call: Call): Draft {
  const planId = neededText(call.body, 'entity_id');
  const data = readPriceData(call);
  const start = momentAt(call.body, 'start_date');
  const end = momentAt(call.body, 'end_date');
  const reversed = start !== undefined && end !== undefined && start > end;
  if (reversed && !call.on('price-dates-reversed-accepted')) {
    throw invalid('end_date', 'lies before start_date');
  }
  const lookupKey = textAt(call.body, 'lookup_key') ?? '';
  const groupId = textAt(call.body, 'group_id') ?? '';
  return { data, planId, lookupKey, groupId, start, end };
}

function checkPlan(call: Call, draft: Draft): Plan | undefined {
  if (draft.data.entity_type !== 'PLAN') return undefined;
  const plan = call.store.plans.get(draft.planId);
  if (plan && sameScope(plan, call.scope)) {
    if (!call.odd('archived-plan-frozen') || !isGone(plan)) return plan;
    throw new Refusal(400, 'invalid_operation', 'An archived plan takes no more prices');
  }
  if (plan) {
    const near = elsewhere(plan, call.scope) ? 'environment' : 'tenant';
    if (call.on(`price-plan-foreign-${near}-accepted`)) return plan;
  }
  if (call.on('price-plan-unknown-accepted') && !plan) return undefined;
  if (call.on('price-plan-unknown-answers-500')) throw new Error('broken on purpose');
  throw new Refusal(404, 'not_found', 'There is no such plan', {
    plan_id: { given: draft.planId },
  });
}

export const keyOf = (call: Call, key: string): string =>
  JSON.stringify(['price', call.scope.tenant, call.scope.env, key]);

function competes(call: Call, price: Price): boolean {
  if (call.on('price-key-unique-across-tenants')) return price.env === call.scope.env;
  if (call.on('price-key-unique-across-environments')) return price.tenant === call.scope.tenant;
  return sameScope(price, call.scope);
}

// A price that has an end_date no longer holds its key.
export function checkKey(call: Call, key: string, self: string): void {
  if (key === '') return;
  const twin = call.store.prices
    .all()
    .find((price) => price.lookupKey === key && price.end === null && competes(call, price));
  const taken = call.store.takenKeys.has(keyOf(call, key));
  if (taken || (twin && twin.id !== self)) throw duplicate(call, 'price', key);
}

function newPrice(call: Call, draft: Draft, plan: Plan | undefined, groupId: string): Price {
  const now = call.store.now();
  const { data } = draft;
  const meter = call.store.meters.get(data.meter_id)?.name ?? data.meter_id;
  const usual = data.type === 'FIXED' ? (plan?.name ?? '') : meter;
  return {
    ...call.scope,
    id: call.store.next('price').id,
    status: 'published',
    created: now,
    updated: now,
    data: {
      ...data,
      display_name: data.display_name || usual,
      meter_id: call.on('price-meter-lost') ? '' : data.meter_id,
    },
    planId: draft.planId,
    lookupKey: draft.lookupKey,
    groupId,
    pastGroups: groupId === '' ? [] : [groupId],
    joined: now,
    movedIn: false,
    start: draft.start ?? Math.min(now, draft.end ?? now),
    end: draft.end ?? null,
    parentId: '',
    copiedFrom: '',
  };
}

// The id of the group the new price gets; throws when the group may not be taken.
function groupFor(call: Call, draft: Draft, plan: Plan | undefined): string {
  if (draft.groupId === '' || call.on('price-create-ignores-group')) return '';
  try {
    checkGroup(call, draft.groupId, 'create');
    return draft.groupId;
  } catch (error) {
    if (call.on('price-create-bad-group-dropped')) return '';
    if (call.on('price-refused-create-stored')) keep(call, newPrice(call, draft, plan, ''));
    if (call.on('price-refused-create-takes-key')) {
      call.store.takenKeys.add(keyOf(call, draft.lookupKey));
    }
    throw error;
  }
}

// All checks of a create, without storing anything: the price as it would be stored.
export function preparePrice(call: Call): Price {
  const draft = readDraft(call);
  const plan = checkPlan(call, draft);
  checkLate(call, draft.data);
  checkMeter(call, draft.data);
  const groupId = groupFor(call, draft, plan);
  if (!call.on('price-key-duplicate-accepted')) checkKey(call, draft.lookupKey, '');
  return newPrice(call, draft, plan, groupId);
}

export function keep(call: Call, price: Price): void {
  if (call.on('price-create-lost')) return;
  const stored = { ...price };
  if (call.on('price-create-group-not-stored')) stored.groupId = '';
  if (call.on('price-entity-swapped')) {
    const plans = call.store.plans.all().filter((plan) => sameScope(plan, price));
    stored.planId = plans.at(-1)?.id ?? price.planId;
  }
  call.store.prices.put(stored);
}

export async function createPrice(call: Call): Promise<Answer> {
  const draft = readDraft(call);
  const plan = checkPlan(call, draft);
  checkLate(call, draft.data);
  checkMeter(call, draft.data);
  let groupId = groupFor(call, draft, plan);
  if (call.on('price-create-group-race')) await pause(25);
  if (!call.on('price-key-duplicate-accepted')) checkKey(call, draft.lookupKey, '');
  if (call.on('price-key-race')) {
    await pause(25);
    groupId = groupFor(call, draft, plan);
  }
  const price = newPrice(call, draft, plan, groupId);
  keep(call, price);
  touch(call, groupId);
  const status = call.on('price-create-answers-200') ? 200 : 201;
  return { status, body: showPrice(call, price, 'write', PLAIN) };
}

export function getPrice(call: Call): Answer {
  const price = findPrice(call, {
    tenant: 'price-read-leak-tenant',
    env: 'price-read-leak-environment',
  });
  const asked = call.query.getAll('expand').flatMap((names) => names.split(','));
  const wants = (what: string): boolean => asked.some((name) => name.trim() === what);
  const expand = { groups: wants('groups'), meters: wants('meters') };
  return { status: 200, body: showPrice(call, price, 'get', expand) };
}
