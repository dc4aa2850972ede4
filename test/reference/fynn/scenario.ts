// A long visit to a reference server, written down line by line. Ids and times are replaced by
// the order they first appear in, so two healthy servers leave the same lines.

import { visitCustomers, visitDates, visitEdges, visitPages } from './scenario-more.ts';
import { Differs, Visitor } from './visitor.ts';

const TYPES = ['start_of_month', 'end_of_month', 'start_of_year', 'end_of_year', 'custom'];

async function makeGroups(v: Visitor, customer: string): Promise<void> {
  for (const type of TYPES) {
    const custom = type === 'custom' ? { customDay: 5, customMonth: 6 } : {};
    const id = await v.id('POST', '/billing-groups', {
      customer,
      name: `Ä ${type}`,
      type,
      ...custom,
    });
    await v.ask('GET', `/billing-groups/${id}`);
  }
  const base = { customer, name: 'N', type: 'custom' };
  for (const field of ['customer', 'name', 'type']) {
    for (const value of [undefined, null, '', '   ', 7, {}]) {
      await v.ask('POST', '/billing-groups', { ...base, customDay: 3, [field]: value });
    }
  }
  await v.ask('POST', '/billing-groups', {});
  for (const type of ['weekly', 'CUSTOM', 'custom ']) {
    await v.ask('POST', '/billing-groups', { ...base, type });
  }
  for (const customDay of [-1, 0, 1, 28.5, 31, 32, null, '31', true, undefined]) {
    await v.ask('POST', '/billing-groups', { ...base, customDay });
    await v.ask('POST', '/billing-groups', { ...base, customDay, customMonth: 4 });
    await v.ask('POST', '/billing-groups', { ...base, customDay, type: 'end_of_month' });
  }
  for (const customMonth of [-1, 0, 1, 12, 13, null, '12', 1.5]) {
    await v.ask('POST', '/billing-groups', { ...base, customDay: 9, customMonth });
    await v.ask('POST', '/billing-groups', { ...base, customMonth, type: 'start_of_year' });
  }
  const names = ['x', 'ä', '🐟'].flatMap((letter) => [letter.repeat(255), letter.repeat(256)]);
  for (const name of [...names, ' Spaces <b>&"Big"</b> ', 'é']) {
    await v.ask('POST', '/billing-groups', { ...base, customDay: 3, name });
  }
  await v.ask('POST', '/billing-groups', { ...base, customDay: 3, id: 'my-own-id', other: 1 });
  await v.ask('GET', '/billing-groups/my-own-id');
  await v.ask('GET', `/customers/${customer}/billing-groups?limit=100`);
}

async function otherCustomers(v: Visitor, customer: string): Promise<void> {
  const strange = await v.as('strange').id('POST', '/customers', { email: 'a@x.test' });
  v.as('main');
  for (const id of ['nothing', strange, `/customers/${customer}`, '/customers/nothing']) {
    const body = { customer: id, name: 'Ä end_of_month', type: 'end_of_month' };
    await v.ask('POST', '/billing-groups', body);
    await v.ask('POST', '/subscriptions', { customer: id, name: 'S' });
  }
  await v.ask('GET', '/customers/nothing/billing-groups');
  await v.ask('GET', `/customers/${strange}/billing-groups`);
  const other = await v.id('POST', '/customers', { email: 'other@x.test' });
  await v.ask('GET', `/customers/${other}/billing-groups`);
  const named = { customer: other, name: 'Ä end_of_month', type: 'end_of_month' };
  const group = await v.id('POST', '/billing-groups', named);
  await v.ask('GET', `/customers/${other}/billing-groups`);
  await v.as('strange').ask('GET', `/billing-groups/${group}`);
  await v.ask('GET', `/customers/${customer}/billing-groups`);
  const far = { ...named, customer: strange };
  const foreign = await v.id('POST', '/billing-groups', far);
  await v.ask('GET', `/customers/${strange}/billing-groups`);
  v.as('main');
  await v.ask('GET', `/customers/${customer}/billing-groups?limit=100`);
  await memberships(v, customer, { other: group, foreign });
}

async function joins(v: Visitor, customer: string, a: string): Promise<string> {
  const made = { customer, billingGroup: a, name: 'One', startDate: '2026-01-15' };
  const one = await v.id('POST', '/subscriptions', { ...made, billingInterval: '3M' });
  const two = await v.id('POST', '/subscriptions', {
    customer,
    billingGroup: `/billing-groups/${a}`,
  });
  const three = await v.id('POST', '/subscriptions', { customer, billingGroup: null });
  await v.ask('PUT', `/subscriptions/${three}`, { billingGroup: a });
  for (const id of [one, two, three]) await v.ask('GET', `/subscriptions/${id}`);
  await v.ask('GET', `/billing-groups/${a}`);
  for (const id of [customer, 'nothing']) await v.ask('GET', `/subscriptions?customer=${id}`);
  await v.ask('PUT', `/subscriptions/${two}`, { billingGroup: null });
  await v.ask('GET', `/subscriptions/${two}`);
  await v.ask('GET', `/billing-groups/${a}`);
  return one;
}

async function memberships(
  v: Visitor,
  customer: string,
  groups: { other: string; foreign: string },
): Promise<void> {
  const group = (type: string) => v.id('POST', '/billing-groups', { customer, name: type, type });
  const [a, b] = [await group('start_of_month'), await group('end_of_year')];
  const one = await joins(v, customer, a);
  for (const body of [{ name: 'New' }, { startDate: '2026-02-10' }, {}, { billingGroup: b }]) {
    await v.ask('PUT', `/subscriptions/${one}`, body);
    await v.ask('GET', `/subscriptions/${one}`);
  }
  for (const id of [a, b]) await v.ask('GET', `/billing-groups/${id}`);
  for (const billingGroup of [groups.other, groups.foreign, 'nothing', '/billing-groups/x', 7]) {
    await v.ask('PUT', `/subscriptions/${one}`, { billingGroup, name: 'Refused' });
    await v.ask('GET', `/subscriptions/${one}`);
    await v.ask('POST', '/subscriptions', { customer, billingGroup, name: 'Refused' });
  }
  await v.ask('POST', '/subscriptions', { name: 'S' });
  await v.ask('GET', '/subscriptions');
  await v.ask('GET', '/subscriptions/nothing');
  await v.ask('PUT', '/subscriptions/nothing', { name: 'X' });
  v.as('strange');
  await v.ask('GET', `/subscriptions/${one}`);
  await v.ask('PUT', `/subscriptions/${one}`, { name: 'Stolen' });
  await v.ask('GET', '/subscriptions');
  v.as('main');
  const racing = [{ name: 'Race' }, { startDate: '2026-07-07' }].map((body) =>
    v.status('PUT', `/subscriptions/${one}`, body),
  );
  await Promise.all(racing);
  await v.ask('GET', `/subscriptions/${one}`);
}

export async function transcript(url: string, expected?: string[]): Promise<string[]> {
  const v = new Visitor(url, expected);
  const customer = await v.id('POST', '/customers', { email: 'a@x.test' });
  await v.ask('GET', `/customers/${customer}/billing-groups`);
  await makeGroups(v, customer);
  await otherCustomers(v, customer);
  await visitCustomers(v);
  await visitDates(v);
  await visitPages(v);
  await visitEdges(v);
  return v.lines;
}

// What the server at the url answers first that is not as expected: both lines.
export async function firstDifference(
  url: string,
  expected: string[],
): Promise<string | undefined> {
  try {
    await transcript(url, expected);
    return undefined;
  } catch (error) {
    if (error instanceof Differs) return error.message;
    throw error;
  }
}
