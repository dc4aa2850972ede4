// How a price is written in answers, with its whole group or meter where they belong.

import { showGroup } from './group-show.ts';
import { showMeter } from './meters.ts';
import type { Call, Fields, Group, Price } from './model.ts';
import { dressUnset, showOwner } from './owner.ts';
import { sameScope } from './scope.ts';
import { showTime } from './times.ts';

export type Place = 'write' | 'get' | 'search' | 'plan';

// What is shown as a whole instead of as an id only.
export interface Expand {
  groups: boolean;
  meters: boolean;
}

export const PLAIN: Expand = { groups: false, meters: false };

const SIGNS: { [currency: string]: string } = { usd: '$', eur: '€', gbp: '£', inr: '₹', jpy: '¥' };

function wantsGroup(call: Call, price: Price, place: Place, asked: boolean): boolean {
  if (place === 'plan') return asked;
  if (call.on('price-expand-sticks') && call.store.expandedOnce.has(price.id)) return true;
  if (place === 'write') return false;
  if (asked) return !call.on(`price-expand-missing-on-${place}`);
  return call.on(`price-expand-always-on-${place}`);
}

// The group that expand shows; `lead` is the group of the first item of a search.
function groupIdFor(call: Call, price: Price, lead: string): string {
  if (call.on('price-expand-same-for-all') && lead !== '' && price.groupId !== '') return lead;
  if (price.groupId === '') return call.on('price-expand-leaks-to-ungrouped') ? lead : '';
  if (call.on('price-expand-shows-first-group')) return price.pastGroups[0] ?? '';
  if (call.on('price-expand-wrong-group')) {
    const all = call.store.groups.all().filter((group) => sameScope(group, price));
    return all.at(-1)?.id ?? '';
  }
  return price.groupId;
}

function expanded(call: Call, price: Price, group: Group, prices: Price[]): Fields | string {
  const stale = call.on('price-expand-stale-members');
  const members = stale ? prices.filter((other) => other.joined <= price.joined) : prices;
  const shown = showGroup(call, group, 'price', members);
  if (call.on('price-expand-as-text')) return group.id;
  if (call.on('price-expand-partial')) return { id: group.id, name: group.name };
  if (call.on('price-expand-archived')) shown.status = 'archived';
  return shown;
}

function attachGroup(call: Call, shown: Fields, price: Price, lead: string, prices: Price[]): void {
  call.store.expandedOnce.add(price.id);
  const id = groupIdFor(call, price, lead);
  const seen = call.store.groups.seen().find((group) => group.id === id);
  const group = seen ?? call.store.groups.get(id);
  if (group) shown.group = expanded(call, price, group, prices);
  if (!group && call.odd('ungrouped-expands-to-null')) shown.group = null;
  if (call.on('price-expand-drops-group-id')) delete shown.group_id;
}

// Reading a price shows its meter without being asked, a search only when asked.
function wantsMeter(call: Call, place: Place, asked: boolean): boolean {
  if (place === 'write') return false;
  return asked || (place === 'get' && !call.odd('meters-only-when-asked'));
}

// Facts 3.3: columns with defaults that reads show even for prices in real money.
function showColumns(call: Call, place: Place): Fields {
  if (place === 'write' || !call.odd('price-unit-columns')) return {};
  return { sequence: 1, price_unit_amount: '0', conversion_rate: '1' };
}

// Fields that are only there when set.
function showLinks(call: Call, price: Price): Fields {
  const { data } = price;
  const links: Fields = { start_date: showTime(call, price.start) };
  if (price.groupId !== '') links.group_id = price.groupId;
  else if (call.odd('cleared-group-id-empty')) links.group_id = '';
  if (price.end !== null && !call.on('price-end-date-lost')) {
    links.end_date = showTime(call, price.end);
  }
  if (data.min_quantity !== null) links.min_quantity = data.min_quantity;
  if (data.tier_mode !== '') links.tier_mode = data.tier_mode;
  if (data.tiers.length > 0) {
    const closed = call.on('price-tier-open-end-lost');
    links.tiers = data.tiers.map((tier) => ({
      ...tier,
      up_to: closed ? (tier.up_to ?? 0) : (tier.up_to ?? null),
    }));
  }
  if (price.parentId !== '') links.parent_price_id = price.parentId;
  return links;
}

function base(call: Call, price: Price): Fields {
  const { data } = price;
  const sign = SIGNS[data.currency] ?? data.currency.toUpperCase();
  return {
    id: price.id,
    entity_type: data.entity_type,
    entity_id: price.planId,
    amount: call.on('price-amount-as-number') ? Number(data.amount) : data.amount,
    display_amount: `${sign}${data.amount}`,
    currency: data.currency,
    price_unit_type: data.price_unit_type,
    type: data.type,
    billing_model: data.billing_model,
    billing_period: data.billing_period,
    billing_period_count: data.billing_period_count,
    billing_cadence: 'RECURRING',
    invoice_cadence: data.invoice_cadence,
    trial_period_days: data.trial_period_days,
    meter_id: data.meter_id,
    lookup_key: price.lookupKey,
    display_name: data.display_name,
    description: data.description,
    transform_quantity: data.transform_quantity,
    metadata: data.metadata,
  };
}

const OPTIONAL = [
  'lookup_key',
  'description',
  'display_name',
  'meter_id',
  'tier_mode',
  'end_date',
  'group_id',
  'parent_price_id',
];

export function showPrice(
  call: Call,
  price: Price,
  place: Place,
  expand: Expand,
  lead = '',
  prices: Price[] = call.store.prices.all(),
): Fields {
  const links = showLinks(call, price);
  const shown = dressUnset(
    call,
    { ...base(call, price), ...links, ...showColumns(call, place), ...showOwner(call, price) },
    call.odd('cleared-group-id-empty') ? [] : OPTIONAL,
  );
  if (wantsGroup(call, price, place, expand.groups)) attachGroup(call, shown, price, lead, prices);
  const meter = call.store.meters.get(price.data.meter_id);
  if (meter && wantsMeter(call, place, expand.meters)) shown.meter = showMeter(call, meter);
  return shown;
}
