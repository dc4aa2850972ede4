// The next billing date: the first date of the group on or after the start of a subscription,
// or the start plus one interval when there is no group.

import type { Call, Customer, Group, Subscription } from './model.ts';

export interface Day {
  year: number;
  month: number;
  day: number;
}

const PLAIN = /^(\d{4})-(\d{2})-(\d{2})$/;
const LOCAL = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/;
const EXACT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

const two = (value: number): string => String(value).padStart(2, '0');
export const dayText = ({ year, month, day }: Day): string => `${year}-${two(month)}-${two(day)}`;

const realLastDay = (year: number, month: number): number =>
  new Date(Date.UTC(year, month, 0)).getUTCDate();

function fromUtc(date: Date): Day {
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + 1];
  return { year, month, day: date.getUTCDate() };
}

const overflow = (year: number, month: number, day: number): Day =>
  fromUtc(new Date(Date.UTC(year, month - 1, day)));

function plainDay(text: string): Day | undefined {
  const parts = PLAIN.exec(text)?.slice(1).map(Number) ?? [];
  const [year = 0, month = 0, day = 0] = parts;
  const real = month >= 1 && month <= 12 && day >= 1 && day <= realLastDay(year, month);
  return real ? { year, month, day } : undefined;
}

export function dayIn(zone: string, date: Date): Day {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  });
  const parts = format.formatToParts(date);
  const part = (type: string): number => Number(parts.find((each) => each.type === type)?.value);
  return { year: part('year'), month: part('month'), day: part('day') };
}

export function parseDay(text: string, zone: string): Day | undefined {
  if (PLAIN.test(text)) return plainDay(text);
  const local = LOCAL.exec(text)?.[1];
  if (local !== undefined) return plainDay(local);
  if (!EXACT.test(text) || !plainDay(text.slice(0, 10))) return undefined;
  const date = new Date(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(date.getTime()) ? undefined : dayIn(zone, date);
}

interface Wish {
  day: number;
  month: number | null;
}

function customWish({ customDay, customMonth }: Group, { on }: Call): Wish {
  const [day, month] = [customDay ?? 1, customMonth];
  if (on('date-day-and-month-swapped') && month !== null && day <= 12) {
    return { day: month, month: day };
  }
  const yearly = month === null && on('date-custom-month-only') ? 1 : month;
  return {
    day: on('date-day-ignored') ? 1 : day,
    month: on('date-month-ignored') ? null : yearly,
  };
}

function wishOf(group: Group, call: Call): Wish {
  const { on } = call;
  if (group.type === 'custom') return customWish(group, call);
  if (group.type === 'start_of_year') return { day: 1, month: 1 };
  if (group.type === 'end_of_year') return { day: on('date-end-of-year-30') ? 30 : 31, month: 12 };
  const last = on('date-end-of-month-30') ? 30 : 31;
  const usual = group.type === 'end_of_month' ? last : 1;
  return {
    day: on('date-sticky-day') ? (group.customDay ?? usual) : usual,
    month: on('date-sticky-month') ? group.customMonth : null,
  };
}

function lastDay(year: number, month: number, { on }: Call): number {
  const real = realLastDay(year, month);
  if (month === 2 && on('date-february-not-clamped')) return 31;
  if (month === 2 && on('date-leap-day-ignored')) return 28;
  if (month === 2 && on('date-leap-day-always')) return 29;
  return real === 30 && on('date-short-months-not-clamped') ? 31 : real;
}

function dateIn(year: number, month: number, wish: number, call: Call): Day {
  if (call.on('date-overflows')) return overflow(year, month, wish);
  return { year, month, day: Math.min(wish, lastDay(year, month, call)) };
}

function pastAllowed(group: Group, wish: Wish, { on }: Call): boolean {
  if (group.type === 'start_of_month') return on('date-start-of-month-past');
  if (group.type === 'start_of_year') return on('date-start-of-year-past');
  if (group.type !== 'custom') return false;
  return on(wish.month === null ? 'date-custom-past' : 'date-custom-year-past');
}

function monthAfter({ year, month }: Day, call: Call): { year: number; month: number } {
  if (month < 12) return { year, month: month + 1 };
  return { year: call.on('date-december-stays') ? year : year + 1, month: 1 };
}

function groupDate(group: Group, start: Day, call: Call): Day {
  const wish = wishOf(group, call);
  const first = dateIn(start.year, wish.month ?? start.month, wish.day, call);
  const [at, from] = [dayText(first), dayText(start)];
  const fits = call.on('date-on-start-skipped') ? at > from : at >= from;
  if (fits || pastAllowed(group, wish, call)) return first;
  if (wish.month !== null) return dateIn(start.year + 1, wish.month, wish.day, call);
  const next = monthAfter(start, call);
  return dateIn(next.year, next.month, wish.day, call);
}

function shifted(group: Group, date: Day, { on }: Call): Day {
  const { type } = group;
  if (type === 'start_of_month' && on('date-start-of-month-two-months')) {
    return overflow(date.year, date.month + 1, 1);
  }
  if (type === 'start_of_year' && on('date-start-of-year-late')) {
    return { ...date, year: date.year + 1 };
  }
  if (type !== 'end_of_year') return date;
  const years = Number(on('date-end-of-year-late')) - Number(on('date-end-of-year-early'));
  return { ...date, year: date.year + years };
}

function afterInterval(start: Day, interval: string, call: Call): Day {
  const text = call.on('date-interval-ignored') ? '1M' : interval;
  const [count, unit] = [Number.parseInt(text, 10), text.slice(-1)];
  if (call.on('date-no-group-is-start')) return start;
  if (unit === 'D' || unit === 'W') {
    return overflow(start.year, start.month, start.day + count * (unit === 'W' ? 7 : 1));
  }
  const months = start.month - 1 + count * (unit === 'Y' ? 12 : 1);
  const [year, month] = [start.year + Math.floor(months / 12), (months % 12) + 1];
  if (call.on('date-no-group-overflows')) return overflow(year, month, start.day);
  return { year, month, day: Math.min(start.day, realLastDay(year, month)) };
}

function startOf(call: Call, subscription: Subscription, customer: Customer | undefined): Day {
  let zone = customer?.timeZone ?? 'Europe/Berlin';
  if (call.on('date-utc')) zone = 'UTC';
  if (call.on('date-berlin')) zone = 'Europe/Berlin';
  const ignored = call.on('date-start-ignored');
  const text = (ignored ? null : subscription.startDate) ?? subscription.createdAt;
  return parseDay(text, zone) ?? dayIn(zone, new Date());
}

export function nextDate(call: Call, subscription: Subscription): string {
  const { store, on } = call;
  const start = startOf(call, subscription, store.customers.get(subscription.customer));
  const id = on('date-group-ignored') ? null : subscription.billingGroup;
  const group = id === null ? undefined : store.groups.get(id);
  if (!group) return dayText(afterInterval(start, subscription.billingInterval, call));
  return dayText(shifted(group, groupDate(group, start, call), call));
}
