// What Flexprice computes: the copy of a plan with its prices, and what becomes of a price when what it costs is
// changed. By the service's behaviour (facts 3.5 and 4.4); "Groups guide, Validation" for the groups of a copy.

import type { Resource } from '../src/contract/contract.ts';
import type { Json, JsonObject } from '../src/model/json.ts';
import type { Context } from '../src/rules/kind.ts';
import type { Row } from '../src/state/state.ts';

/** A plan like the source, with prices of its own: each keeps its group and its dates, none its lookup key. */
export function clonePlan(context: Context, source: Row): Json {
  const { contract, view, input, now } = context;
  const plan = contract.resource('plan');
  const price = contract.resource('price');
  const copy = context.make(plan, {
    ...pick(source.data, ['description', 'display_order']),
    ...pick(input, ['name', 'lookup_key', 'description', 'display_order']),
    metadata: {
      ...(source.data['metadata'] as JsonObject | null),
      ...(input['metadata'] as JsonObject | null | undefined),
      source_plan_id: source.id,
    },
  });
  const prices = view
    .find('price', 'entity_id', source.id)
    .filter(({ data }) => data['entity_type'] === 'PLAN' && runs(data, now));
  for (const { data } of prices) {
    context.make(price, {
      ...own(price, data),
      entity_id: copy.id,
      lookup_key: null,
      parent_price_id: null,
    });
  }
  return context.show(plan, copy);
}

/** The fields that say what a price costs; the rule `price.ended-keeps-price` names them too. */
const PRICING = [
  'amount',
  'billing_model',
  'tier_mode',
  'tiers',
  'transform_quantity',
  'price_unit_amount',
  'price_unit_tiers',
];

/**
 * Ends the price and begins another where what it costs is sent, and shows that one; undefined where only
 * descriptions are, which are changed in place. Whether the price may end is for rules to say.
 */
export function reprice(context: Context, old: Row): Json | undefined {
  const { contract, input, now } = context;
  const price = contract.resource('price');
  const sent = PRICING.filter((field) => (input[field] ?? null) !== null);
  if (sent.length === 0) return undefined;
  const from = (input['effective_from'] ?? now) as string;
  const group = input['group_id'] ?? null;
  const joins = group === null ? {} : { group_id: group === '' ? null : group };
  context.change(price, old, { end_date: from, ...joins });
  const next = context.make(price, {
    ...own(price, old.data),
    ...described(input),
    ...pick(input, sent),
    ...amountOf(input),
    ...joins,
    start_date: from,
    end_date: null,
    parent_price_id: old.data['parent_price_id'] ?? old.id,
  });
  return context.show(price, next);
}

/** An amount sent as a number is kept as the decimal text that answers hold. */
function amountOf({ amount }: JsonObject): JsonObject {
  return typeof amount === 'number' ? { amount: String(amount) } : {};
}

/** Texts that were sent and are not empty, and the metadata. */
function described(input: JsonObject): JsonObject {
  const texts = ['lookup_key', 'description', 'display_name', 'metadata'];
  return pick(
    input,
    texts.filter((field) => (input[field] ?? '') !== ''),
  );
}

function runs(data: JsonObject, now: string): boolean {
  const end = data['end_date'];
  return (
    data['status'] === 'published' && (typeof end !== 'string' || Date.parse(end) > Date.parse(now))
  );
}

/** What a copy takes over: all but what each record has for itself. */
function own(resource: Resource, data: JsonObject): JsonObject {
  const kept = ['created_at', 'updated_at', 'created_by', 'updated_by', resource.key];
  return pick(
    data,
    Object.keys(data).filter((field) => !kept.includes(field)),
  );
}

function pick(from: JsonObject, fields: readonly string[]): JsonObject {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value = Object.hasOwn(from, field) ? from[field] : undefined;
      return value === undefined ? [] : [[field, value]];
    }),
  );
}
