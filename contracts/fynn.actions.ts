// What Fynn computes: when a subscription is billed next. Sources: the descriptions in "Create a billing
// group" (which days the types mean), and the facts' proposals for what no document says (clamping, what
// customMonth means, the customer's time zone).

interface Subscription {
  readonly startDate: string | null;
  readonly createdAt: string;
  readonly billingInterval: string | null;
}
interface Group {
  readonly type: string;
  readonly customDay: number | null;
  readonly customMonth: number | null;
}
interface Customer {
  readonly timeZone: string | null;
}
/** A calendar day; months from 1. */
interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/**
 * The day, as YYYY-MM-DD: the group's first date on or after the start, or one interval after the start when
 * there is no group. The start is `startDate`, else the day of creation in the customer's time zone.
 */
export function nextBillingDate(
  subscription: Subscription,
  group: Group | null,
  customer: Customer | null,
): string {
  const start = startOf(subscription, customer?.timeZone ?? 'UTC');
  return text(
    group === null
      ? afterInterval(start, subscription.billingInterval ?? '1M')
      : groupDate(start, group),
  );
}

function startOf({ startDate, createdAt }: Subscription, timeZone: string): Day {
  if (startDate !== null) return parse(startDate);
  return parse(dayIn(timeZone, new Date(createdAt)));
}

/** The calendar day there; in UTC when nobody knows the zone. */
function dayIn(timeZone: string, time: Date): string {
  const style = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  try {
    return new Intl.DateTimeFormat('en-CA', { ...style, timeZone }).format(time);
  } catch {
    return time.toISOString();
  }
}

/** The group's date in the start's month or year, or in the next one when that is before the start. */
function groupDate(start: Day, group: Group): Day {
  const wish = wishOf(group);
  const step = wish.month === undefined ? 1 : 12;
  const first = clamp(start.year, wish.month ?? start.month, wish.day);
  if (compare(first, start) >= 0) return first;
  const months = first.year * 12 + first.month - 1 + step;
  return clamp(Math.floor(months / 12), (months % 12) + 1, wish.day);
}

function wishOf({ type, customDay, customMonth }: Group): { day: number; month?: number } {
  switch (type) {
    case 'start_of_month':
      return { day: 1 };
    case 'end_of_month':
      return { day: 31 };
    case 'start_of_year':
      return { day: 1, month: 1 };
    case 'end_of_year':
      return { day: 31, month: 12 };
    default:
      return { day: customDay ?? 1, ...(customMonth === null ? {} : { month: customMonth }) };
  }
}

/** `1M` is a month, `2W` two weeks, `1Y` a year, `10D` ten days. */
function afterInterval(start: Day, interval: string): Day {
  const [, count = '1', unit = 'M'] = /^P?(\d+)([DWMY])$/.exec(interval) ?? [];
  if (unit === 'D' || unit === 'W') {
    const days = Number(count) * (unit === 'W' ? 7 : 1);
    return parse(new Date(Date.UTC(start.year, start.month - 1, start.day + days)).toISOString());
  }
  const months = start.year * 12 + start.month - 1 + Number(count) * (unit === 'Y' ? 12 : 1);
  return clamp(Math.floor(months / 12), (months % 12) + 1, start.day);
}

/** The day in that month, or its last day when it is shorter. */
function clamp(year: number, month: number, day: number): Day {
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return { year, month, day: Math.min(day, last) };
}

function compare(a: Day, b: Day): number {
  return a.year - b.year || a.month - b.month || a.day - b.day;
}

function parse(date: string): Day {
  const [year = 1970, month = 1, day = 1] = date.slice(0, 10).split('-').map(Number);
  return { year, month, day };
}

function text({ year, month, day }: Day): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)}`;
}
