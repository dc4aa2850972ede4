// POST /billing-groups

import { dateless } from './group-show.ts';
import type { Answer, Call, Customer, Fields, Group, Json } from './model.ts';
import { broken, pause, Refusal } from './model.ts';
import type { Condition, Problem, Rule, Value } from './rules.ts';
import {
  both,
  lengthOf,
  oneOf,
  optionalText,
  plainId,
  problemsOf,
  refuse,
  requiredText,
  textOf,
  upTo,
} from './rules.ts';

const TYPES = ['start_of_month', 'end_of_month', 'start_of_year', 'end_of_year', 'custom'];
const SHORT_MONTHS: { [month: number]: number } = { 2: 29, 4: 30, 6: 30, 9: 30, 11: 30 };

const dayOfCustom: Rule = (value, body) => {
  if (body['type'] !== 'custom' || (value !== undefined && value !== null)) return undefined;
  return { kind: 'none', message: 'This value should not be null.' };
};

const RULES: { [field: string]: Rule } = {
  customer: requiredText,
  name: both(requiredText, optionalText),
  type: both(requiredText, oneOf(TYPES)),
  customDay: both(upTo(31), dayOfCustom),
  customMonth: upTo(12),
};

const missing = (value: Value): boolean => value === undefined;
const none = (value: Value): boolean => value === null;
const unset = (value: Value): boolean => value === undefined || value === null;
const isSet = (value: Value): boolean => !unset(value);
const is =
  (wanted: Json) =>
  (value: Value): boolean =>
    value === wanted;
const digits = (value: Value): boolean => typeof value === 'string' && /^\d+$/.test(value);
const negative = (value: Value): boolean => Number.isInteger(value) && Number(value) < 0;
const isType = (value: Value): boolean => typeof value === 'string' && TYPES.includes(value);
const upper = (value: Value): boolean =>
  typeof value === 'string' && value !== value.toLowerCase() && isType(value.toLowerCase());
const length = (value: Value): number =>
  typeof value === 'string' ? lengthOf(value, { on: () => false }) : 0;

const ACCEPTED: Condition[] = [
  ['customer-missing-accepted', 'customer', missing],
  ['name-missing-accepted', 'name', missing],
  ['type-missing-accepted', 'type', missing],
  ['customer-null-accepted', 'customer', none],
  ['name-null-accepted', 'name', none],
  ['type-null-accepted', 'type', none],
  ['customer-blank-accepted', 'customer', is('')],
  ['name-empty-accepted', 'name', is('')],
  ['name-spaces-accepted', 'name', (value) => textOf(value)?.trim() === '' && value !== ''],
  ['type-empty-accepted', 'type', is('')],
  ['type-upper-case-accepted', 'type', upper],
  [
    'type-unknown-accepted',
    'type',
    (value) => typeof value === 'string' && value.trim() !== '' && !upper(value),
  ],
  ['name-256-accepted', 'name', (value) => length(value) === 256],
  ['day-0-accepted', 'customDay', is(0)],
  ['day-negative-accepted', 'customDay', negative],
  ['day-32-accepted', 'customDay', is(32)],
  ['month-0-accepted', 'customMonth', is(0)],
  ['month-negative-accepted', 'customMonth', negative],
  ['month-13-accepted', 'customMonth', is(13)],
  [
    'custom-without-day-accepted',
    'customDay',
    (value, body) => unset(value) && unset(body['customMonth']),
  ],
  [
    'custom-month-without-day-accepted',
    'customDay',
    (value, body) => unset(value) && isSet(body['customMonth']),
  ],
  ['day-string-accepted', 'customDay', digits],
  ['month-string-accepted', 'customMonth', digits],
  [
    'day-fraction-accepted',
    'customDay',
    (value) => typeof value === 'number' && value % 1 !== 0 && value > 1 && value < 32,
  ],
  ['name-number-accepted', 'name', (value) => typeof value === 'number'],
];

const otherType = (value: Value, body: Fields): boolean =>
  isSet(value) && isType(body['type']) && body['type'] !== 'custom';

const REFUSED: Condition[] = [
  ['start-of-month-refused', 'type', is('start_of_month')],
  ['end-of-month-refused', 'type', is('end_of_month')],
  ['start-of-year-refused', 'type', is('start_of_year')],
  ['end-of-year-refused', 'type', is('end_of_year')],
  ['custom-refused', 'type', is('custom')],
  ['name-255-refused', 'name', (value) => length(value) === 255],
  ['day-1-refused', 'customDay', is(1)],
  ['day-31-refused', 'customDay', is(31)],
  ['month-1-refused', 'customMonth', is(1)],
  ['month-12-refused', 'customMonth', is(12)],
  ['null-day-refused', 'customDay', none],
  ['null-month-refused', 'customMonth', none],
  ['day-with-other-type-refused', 'customDay', otherType],
  ['month-with-other-type-refused', 'customMonth', otherType],
  [
    'custom-without-month-refused',
    'customMonth',
    (value, body) => unset(value) && body['type'] === 'custom',
  ],
  [
    'impossible-day-refused',
    'customDay',
    (value, body) => Number(value) > (SHORT_MONTHS[Number(body['customMonth'])] ?? 31),
  ],
  ['customer-iri-refused-by-group', 'customer', (value) => textOf(value)?.startsWith('/') === true],
];

function nameOf(sent: Json | undefined, { on }: Call): string {
  const name = sent === undefined || sent === null ? '' : String(sent);
  if (on('name-truncated')) return [...name].slice(0, 50).join('');
  if (on('name-lower-cased')) return name.toLowerCase();
  if (on('name-trimmed')) return name.trim();
  if (on('name-accents-lost')) return name.replace(/[^ -~]/g, '');
  if (!on('name-escaped')) return name;
  return name.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

function typeOf(sent: Json | undefined, { on }: Call): string {
  const type = textOf(sent) || 'start_of_month';
  if (type === 'end_of_month' && on('type-month-stored-wrong')) return 'start_of_month';
  if (type === 'end_of_year' && on('type-year-stored-wrong')) return 'start_of_year';
  return type === 'custom' && on('type-custom-stored-wrong') ? 'end_of_month' : type;
}

const numberOf = (value: Value): number | null =>
  value === undefined || value === null ? null : Math.trunc(Number(value));

function customOf(call: Call): Pick<Group, 'customDay' | 'customMonth'> {
  const { on, body } = call;
  let customDay = numberOf(body['customDay']);
  let customMonth = numberOf(body['customMonth']);
  const other = body['type'] !== 'custom';
  if (on('custom-day-lost') || (other && on('day-of-other-type-lost'))) customDay = null;
  if (on('custom-month-lost') || (other && on('month-of-other-type-lost'))) customMonth = null;
  if (on('day-stored-at-most-28') && customDay !== null) customDay = Math.min(customDay, 28);
  if (on('day-and-month-swapped')) [customDay, customMonth] = [customMonth, customDay];
  return { customDay, customMonth };
}

// The customer a body names, as far as this tenant may use it.
export function customerFor(call: Call, lenient: boolean): Customer | undefined {
  const id = plainId(textOf(call.body['customer']) ?? '', 'customers');
  const customer = call.store.customers.get(id);
  return customer && (customer.tenant === call.tenant || lenient) ? customer : undefined;
}

export function noCustomer(call: Call, problems: Map<string, Problem>): void {
  const status = call.odd('unknown-customer-404') ? 404 : 400;
  const alone = problems.size === 0;
  if (alone && (status === 404 || call.odd('unknown-customer-400'))) {
    throw new Refusal(status, 'The customer was not found.');
  }
  problems.set('customer', { kind: 'other', message: 'The customer was not found.' });
}

function checkCustomer(call: Call, problems: Map<string, Problem>): string {
  const sent = call.body['customer'];
  const lenient = call.on('group-of-other-tenants-customer-accepted');
  const customer = customerFor(call, lenient);
  if (customer || problems.has('customer')) return customer?.id ?? '';
  if (typeof sent !== 'string' || sent.trim() === '') return '';
  if (call.on('group-of-unknown-customer-500')) throw broken();
  const known = call.store.customers.get(plainId(sent, 'customers'));
  if (!known && call.on('group-of-unknown-customer-accepted')) return sent;
  noCustomer(call, problems);
  return '';
}

function checkUnique(call: Call, customer: string, problems: Map<string, Problem>): void {
  const { on, tenant } = call;
  const clash = call.store.groups.all().some((group) => {
    const named = group.name === call.body['name'];
    const own = group.tenant === tenant;
    if (own && group.customer === customer) return on('one-group-per-customer');
    if (own) return named && on('name-unique-across-customers');
    return named && on('name-unique-across-tenants');
  });
  if (clash) problems.set('name', { kind: 'other', message: 'This value is already used.' });
}

async function store(call: Call, group: Group, count: number): Promise<void> {
  if (call.on('lost-group-writes') && count % 4 === 0) return;
  if (call.on('group-race-loses')) {
    call.store.pendingGroup = group;
    await pause(15);
    if (call.store.pendingGroup.id !== group.id) return;
  }
  call.store.groups.put(group);
}

function answerFor(call: Call, group: Group): Answer {
  const { on } = call;
  const status = on('create-answers-200') ? 200 : 201;
  const { id, ...rest } = dateless(call, group);
  if (on('create-answer-bare')) return { status, body: { id: group.id } };
  if (on('create-answer-without-id')) return { status, body: rest };
  const body = { id: id ?? null, ...rest };
  return { status, body: on('create-wrapped-in-data') ? { data: body } : body };
}

export async function createGroup(call: Call): Promise<Answer> {
  const { body, tenant, on } = call;
  const problems = problemsOf(call, RULES, ACCEPTED, REFUSED);
  const customer = checkCustomer(call, problems);
  checkUnique(call, customer, problems);
  const stored = problems.size > 0 && on('refused-create-stored');
  if (!stored) refuse(call, problems);
  const count = call.store.count('group');
  const sent = on('sent-id-taken') ? textOf(body['id']) : null;
  const id = sent ?? call.store.groupId(count);
  const named = { name: nameOf(body['name'], call), type: typeOf(body['type'], call) };
  const group: Group = { id, tenant, customer, ...named, ...customOf(call) };
  await store(call, group, count);
  refuse(call, problems);
  return answerFor(call, group);
}
