// The rest of the long visit: customers, dates, pages, and the edges of every route.

import type { Visitor } from './visitor.ts';

export async function visitCustomers(v: Visitor): Promise<void> {
  v.as('people');
  const email = 'p@x.test';
  const zone = { timeZone: 'America/New_York', language: 'en', firstName: 'P', companyName: 'C' };
  const id = await v.id('POST', '/customers', { email, ...zone });
  for (const value of [undefined, null, '', ' ', 5, email, 'a@x.test']) {
    await v.ask('POST', '/customers', { email: value });
  }
  await v.ask('POST', '/customers', { email: 'late@x.test', language: 'xx' });
  await v.ask('POST', '/customers', { email: 'late@x.test' });
  await v.ask('POST', '/customers', { email: 'zone@x.test', timeZone: 'Mars/Base' });
  const twins = Array.from({ length: 4 }, () => v.status('POST', '/customers', { email: 't@x' }));
  v.write((await Promise.all(twins)).sort());
  await v.ask('GET', '/customers?limit=2');
  await v.ask('GET', `/customers/${id}`);
  await v.ask('GET', '/customers/nothing');
  await v.as('nobody').ask('GET', `/customers/${id}`);
  await v.ask('GET', '/customers');
}

const GROUPS = [
  { type: 'start_of_month' },
  { type: 'end_of_month' },
  { type: 'start_of_year' },
  { type: 'end_of_year' },
  { type: 'custom', customDay: 31 },
  { type: 'custom', customDay: 15 },
  { type: 'custom', customDay: 29, customMonth: 2 },
  { type: 'custom', customDay: 10, customMonth: 3 },
  { type: 'end_of_month', customDay: 4, customMonth: 9 },
];
const STARTS = [
  '2026-01-15',
  '2026-01-31',
  '2026-02-01',
  '2026-04-02',
  '2026-12-15',
  '2028-02-03',
  '2028-02-29',
  '2026-03-31T22:30:00Z',
  '2026-01-31T23:30:00-05:00',
];

async function dateTable(v: Visitor, zone: string): Promise<void> {
  const customer = await v.id('POST', '/customers', { email: `${zone}@x`, timeZone: zone });
  for (const group of GROUPS) {
    const id = await v.id('POST', '/billing-groups', { customer, name: 'G', ...group });
    for (const startDate of STARTS) {
      await v.ask('POST', '/subscriptions', { customer, billingGroup: id, startDate });
    }
  }
  for (const billingInterval of ['1M', '2W', '1Y', '3M', 'x']) {
    await v.ask('POST', '/subscriptions', { customer, startDate: '2026-01-31', billingInterval });
  }
  await v.ask('POST', '/subscriptions', { customer, startDate: '2026-02-30' });
}

export async function visitDates(v: Visitor): Promise<void> {
  v.as('dates');
  await dateTable(v, 'Europe/Berlin');
  await dateTable(v, 'America/New_York');
  const customer = await v.id('POST', '/customers', { email: 'move@x' });
  const type = 'end_of_year';
  const group = await v.id('POST', '/billing-groups', { customer, name: 'G', type });
  const made = await v.id('POST', '/subscriptions', { customer, startDate: '2026-01-15' });
  for (const change of [
    { billingGroup: group },
    { startDate: '2027-01-15' },
    { billingGroup: null },
  ]) {
    await v.ask('PUT', `/subscriptions/${made}`, change);
    await v.ask('GET', `/subscriptions/${made}`);
  }
}

export async function visitPages(v: Visitor): Promise<void> {
  const customer = await v.as('pages').id('POST', '/customers', { email: 'a@x' });
  const path = `/customers/${customer}/billing-groups`;
  await v.ask('GET', path);
  const body = (n: number) => ({ customer, name: `G${n}`, type: 'start_of_month' });
  for (let n = 0; n < 5; n += 1) await v.ask('POST', '/billing-groups', body(n));
  const queries = ['limit=2', 'limit=2&page=2', 'limit=2&page=3', 'limit=2&page=4', 'limit=0'];
  for (const query of [...queries, 'page=0', 'page=x', 'limit=-1', 'limit=x', 'page=1']) {
    await v.ask('GET', `${path}?${query}`);
  }
  const racing = Array.from({ length: 8 }, () => v.status('POST', '/billing-groups', body(9)));
  v.write((await Promise.all(racing)).sort());
  for (let n = 0; n < 96; n += 1) await v.status('POST', '/billing-groups', body(n));
  for (const query of ['', '?limit=100', '?limit=101', '?limit=100&page=2']) {
    const { data, meta } = await v.ask('GET', path + query);
    v.write([Array.isArray(data) && data.length, meta]);
  }
}

async function nameless(v: Visitor, made: Record<string, string>): Promise<void> {
  const { customer = '', group = '', subscription = '' } = made;
  const bodies = { name: 'X', type: 'start_of_month', email: 'free@x', customer };
  for (const authorization of ['', 'Bearer', 'Bearer ', 'Basic abc']) {
    const headers = { authorization };
    for (const path of ['/billing-groups', '/customers', '/subscriptions']) {
      await v.ask('POST', path, bodies, { headers });
    }
    const lists = [`/customers/${customer}/billing-groups`, '/customers', '/subscriptions'];
    const things = [`/billing-groups/${group}`, `/customers/${customer}`];
    for (const path of [...lists, ...things, `/subscriptions/${subscription}`]) {
      await v.ask('GET', path, undefined, { headers });
    }
    await v.ask('PUT', `/subscriptions/${subscription}`, { name: 'Stolen' }, { headers });
  }
  await v.ask('GET', `/subscriptions/${subscription}`);
}

export async function visitEdges(v: Visitor): Promise<void> {
  const customer = await v.as('edges').id('POST', '/customers', { email: 'a@x' });
  const body = { customer, name: 'G', type: 'start_of_month' };
  const group = await v.id('POST', '/billing-groups', body);
  const subscription = await v.id('POST', '/subscriptions', { customer, name: 'Own' });
  await nameless(v, { customer, group, subscription });
  for (const raw of ['{', '', '[]', '7', 'null', '"x"']) {
    await v.ask('POST', '/billing-groups', undefined, { raw });
  }
  const types = ['text/html', 'application/json; charset=utf-8', 'text/plain', 'application/xml'];
  for (const type of types) {
    await v.ask('POST', '/billing-groups', body, { headers: { 'content-type': type } });
  }
  await v.ask('POST', '/billing-groups', body, { headers: { accept: 'text/html' } });
  await v.ask('GET', '/nothing');
  await v.ask('GET', '/billing-groups');
  await v.ask('PUT', `/billing-groups/${group}`, { name: 'X' });
  await v.ask('DELETE', `/billing-groups/${group}`);
  await v.ask('DELETE', `/subscriptions/${subscription}`);
}
