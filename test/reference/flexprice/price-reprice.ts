// The second path of PUT /prices/{id}: a new amount ends the price and starts its successor.

import { given } from './body.ts';
import type { Call, Fields, Price, PriceData } from './model.ts';
import { invalid } from './model.ts';
import { withGroup } from './price-group.ts';
import {
  checkAmount,
  checkModel,
  readAmount,
  readTierMode,
  readTiers,
  readTransform,
} from './price-rules.ts';

const PRICING = [
  'amount',
  'billing_model',
  'tier_mode',
  'tiers',
  'transform_quantity',
  'price_unit_amount',
  'price_unit_tiers',
];

const DAY = 86_400_000_000;

const MODELS = ['FLAT_FEE', 'PACKAGE', 'TIERED'];

export interface Reprice {
  before: Price;
  worded: Price;
  priced: PriceData;
  from: number | undefined;
  groupId: string;
  sent: boolean;
}

function readModel(body: Fields, usual: string): string {
  const model = given(body, 'billing_model') ?? usual;
  if (typeof model === 'string' && MODELS.includes(model)) return model;
  throw invalid('billing_model', 'is not one of the allowed values', { allowed: MODELS });
}

// The new pricing, or undefined when the body only has descriptive fields.
export function readChange(call: Call, price: Price): PriceData | undefined {
  const { body } = call;
  if (!PRICING.some((key) => given(body, key) !== undefined)) return undefined;
  for (const key of ['price_unit_amount', 'price_unit_tiers']) {
    if (given(body, key) !== undefined) throw invalid(key, 'is not for prices in real money');
  }
  const old = price.data;
  const amount = readAmount(call) ?? old.amount;
  const tiers = readTiers(call) ?? old.tiers;
  const transform = readTransform(call) ?? old.transform_quantity;
  const tierMode = readTierMode(call) ?? old.tier_mode;
  const model = readModel(body, old.billing_model);
  try {
    checkModel(call, { billing_model: model, amount, tiers, transform });
    checkAmount(call, amount);
  } catch (error) {
    const end = call.store.now();
    if (call.on('price-reprice-refused-ends-old')) call.store.prices.put({ ...price, end });
    throw error;
  }
  if (price.end !== null && !call.on('price-reprice-of-ended-accepted')) {
    throw invalid('price_id', 'names a price that has ended', price.id);
  }
  return {
    ...old,
    billing_model: model,
    amount,
    tiers,
    tier_mode: tierMode,
    transform_quantity: transform,
  };
}

function parentOf(call: Call, before: Price): string {
  if (call.on('price-reprice-without-parent')) return '';
  if (call.on('price-reprice-parent-is-previous')) return before.id;
  return before.parentId || before.id;
}

function successor(call: Call, step: Reprice, start: number): Price {
  const { worded, before, priced } = step;
  const now = call.store.now();
  const { display_name } = worded.data;
  const description = call.on('price-reprice-loses-wording') ? '' : worded.data.description;
  const metadata = call.on('price-reprice-loses-metadata') ? {} : worded.data.metadata;
  const next = {
    ...worded,
    id: call.store.next('price').id,
    lookupKey: call.on('price-reprice-loses-key') ? '' : worded.lookupKey,
    planId: call.on('price-reprice-loses-plan') ? '' : worded.planId,
    data: { ...priced, description, display_name, metadata },
    start: call.on('price-reprice-leaves-gap') ? start + DAY : start,
    end: call.on('price-reprice-successor-ended') ? start : null,
    parentId: parentOf(call, before),
    created: now,
    updated: now,
  };
  return withGroup(call, next, call.on('price-reprice-loses-group') ? '' : step.groupId);
}

// The row that ends; faults do more to it than that.
function ended(call: Call, step: Reprice, end: number, now: number): Price {
  const { before, priced } = step;
  const keepsGroup = !step.sent || call.on('price-reprice-old-keeps-group');
  const grouped = keepsGroup ? before : withGroup(call, before, step.groupId);
  return {
    ...grouped,
    groupId: call.on('price-reprice-ungroups-old') ? '' : grouped.groupId,
    data: call.on('price-reprice-rewrites-old') ? priced : grouped.data,
    status: call.on('price-reprice-archives-old') ? 'archived' : grouped.status,
    end: call.on('price-reprice-keeps-old-open') ? null : end,
    updated: now,
  };
}

export function reprice(call: Call, step: Reprice): Price {
  const { before, worded, priced } = step;
  const { prices } = call.store;
  const early = step.from !== undefined && step.from < before.start;
  if (early && !call.on('price-reprice-before-start-accepted')) {
    throw invalid('effective_from', 'lies before the start of the price');
  }
  if (call.on('price-reprice-ignored') || call.on('price-reprice-in-place')) {
    const { description, display_name, metadata } = worded.data;
    const pricing = call.on('price-reprice-in-place') ? priced : before.data;
    const data = { ...pricing, description, display_name, metadata };
    const kept = withGroup(call, { ...worded, data }, step.groupId);
    prices.put(kept);
    return kept;
  }
  const now = call.store.now();
  const from = call.on('price-reprice-ignores-effective-from') ? undefined : step.from;
  const start = from ?? Math.max(now, before.start);
  const old = ended(call, step, start, now);
  prices.put(old);
  if (call.on('price-reprice-drops-old')) prices.drop(old.id);
  const next = successor(call, step, start);
  prices.put(next);
  return call.on('price-reprice-answers-old') ? old : next;
}
