// POST /customers, GET /customers, GET /customers/{id}

import { dayIn } from './dates.ts';
import type { Answer, Call, Customer, Fields, Json } from './model.ts';
import { broken, pause, Refusal } from './model.ts';
import { answerPage } from './paging.ts';
import type { Condition, Problem, Rule } from './rules.ts';
import { both, oneOf, optionalText, problemsOf, refuse, requiredText, textOf } from './rules.ts';

const NAMES = ['firstName', 'lastName', 'companyName'];
const TEXTS = [
  'customerNumber currencyCode phone vatId datevId street houseNumber zip city addition',
  'invoiceEmail countryCode',
].flatMap((line) => line.split(' '));

const timeZone: Rule = (value) => {
  if (typeof value !== 'string') return undefined;
  try {
    dayIn(value, new Date());
    return undefined;
  } catch {
    return { kind: 'choice', message: 'This value is not a valid timezone.' };
  }
};

const RULES: { [field: string]: Rule } = {
  email: both(requiredText, optionalText),
  language: oneOf(['de', 'en']),
  gender: oneOf(['male', 'female', 'diverse']),
  timeZone: both(optionalText, timeZone),
  ...Object.fromEntries([...NAMES, ...TEXTS].map((name) => [name, optionalText])),
};

const ACCEPTED: Condition[] = [
  ['email-missing-accepted', 'email', (value) => value === undefined],
  ['email-null-accepted', 'email', (value) => value === null],
  ['email-blank-accepted', 'email', (value) => value === ''],
];

async function checkEmail(call: Call, problems: Map<string, Problem>): Promise<void> {
  const { on, store, tenant } = call;
  const email = textOf(call.body['email']);
  if (email === null || email === '' || problems.has('email')) return;
  const taken = store.customers.all().some((customer) => {
    const reach = customer.tenant === tenant || on('email-unique-across-tenants');
    return reach && customer.email === email;
  });
  const key = JSON.stringify([tenant, email]);
  const held = store.takenEmails.has(key) && on('email-taken-by-refused');
  if (on('email-race')) await pause(15);
  if (held || (taken && !on('email-duplicate-accepted'))) {
    problems.set('email', { kind: 'other', message: 'This value is already used.' });
  }
  if (problems.size > 0) store.takenEmails.add(key);
}

function shownOf(call: Call, id: string, count: number): Fields {
  const { on, body } = call;
  const text = (name: string, usual: Json): Json => textOf(body[name]) ?? usual;
  const email = text('email', '');
  const shown: Fields = { id, email, customerNumber: `K-${10_000 + count}` };
  for (const name of NAMES) shown[name] = on('names-lost') ? null : text(name, null);
  for (const name of TEXTS) shown[name] = text(name, shown[name] ?? null);
  shown['countryCode'] = text('countryCode', on('country-default-missing') ? null : 'DE');
  shown['currencyCode'] = text('currencyCode', 'EUR');
  const language = on('language-default-en') ? 'en' : 'de';
  shown['language'] = on('language-lost') ? 'de' : text('language', language);
  const zone = on('time-zone-default-utc') ? 'UTC' : 'Europe/Berlin';
  shown['timeZone'] = on('time-zone-lost') ? 'Europe/Berlin' : text('timeZone', zone);
  shown['status'] = 'STATUS_ACTIVE';
  shown['createdAt'] = call.store.now();
  shown['defaultEmailAddress'] = { email };
  if (on('email-lost')) {
    delete shown['email'];
    delete shown['defaultEmailAddress'];
  }
  if (call.odd('extra-fields')) Object.assign(shown, { isPartner: false, childrenCount: 0 });
  return shown;
}

export async function createCustomer(call: Call): Promise<Answer> {
  const { on, store, tenant } = call;
  const problems = problemsOf(call, RULES, ACCEPTED);
  await checkEmail(call, problems);
  refuse(call, problems);
  const count = store.count('customer');
  const id = store.id();
  const shown = shownOf(call, id, count);
  const zone = textOf(shown['timeZone']) ?? 'Europe/Berlin';
  const email = textOf(call.body['email']) ?? '';
  const customer: Customer = { id, tenant, email, timeZone: zone, shown };
  if (!on('customer-writes-lost') || count % 3 !== 0) store.customers.put(customer);
  return { status: on('customer-create-200') ? 200 : 201, body: shown };
}

const FILTERS: { [name: string]: string } = {
  'emailAddresses.email': 'email',
  companyName: 'companyName',
  customerNumber: 'customerNumber',
  firstName: 'firstName',
  lastName: 'lastName',
};

function passes(call: Call, customer: Customer): boolean {
  return Object.entries(FILTERS).every(([name, field]) => {
    const wanted = call.query.get(name);
    return wanted === null || customer.shown[field] === wanted;
  });
}

export function listCustomers(call: Call): Answer {
  const { on, store, tenant } = call;
  const mine = (each: Customer): boolean => each.tenant === tenant || on('customer-list-leaks');
  let rows = store.customers.seen().filter((each) => mine(each) && passes(call, each));
  if (on('customer-list-misses-newest')) rows = rows.slice(0, -1);
  return answerPage(call, { rows, show: (each: Customer) => each.shown });
}

export function getCustomer(call: Call): Answer {
  const { on, store, tenant } = call;
  const customer = store.customers.get(call.id);
  if (customer && (customer.tenant === tenant || on('customer-get-leaks'))) {
    return { status: 200, body: customer.shown };
  }
  if (on('customer-unknown-500')) throw broken();
  if (on('customer-unknown-200')) return { status: 200, body: {} };
  throw new Refusal(404, 'The customer was not found.');
}
