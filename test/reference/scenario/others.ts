// Scenarios around meters, customers, the newer routes without key, and bearer tokens.

import type { Extras, Talk } from './talk.ts';
import { meter, price } from './talk.ts';

const [OTHER, FAR] = [{ key: 'key-two' }, { env: 'env-two' }];

const BAD_METERS = [
  {},
  meter({ name: undefined }),
  meter({ event_name: '' }),
  meter({ aggregation: undefined }),
  meter({ aggregation: { type: 'GUESS', field: 'x' } }),
  meter({ aggregation: { type: 'SUM' } }),
  meter({ reset_usage: 'DAILY' }),
  meter({ aggregation: { type: 'COUNT' }, filters: [{ key: 'region', values: ['eu'] }] }),
];

export async function meters(talk: Talk): Promise<void> {
  const id = await talk.id('/meters', meter());
  await talk.say('GET', `/meters/${id}`);
  const theirs = await talk.id('/meters', meter(), OTHER);
  const away = await talk.id('/meters', meter(), FAR);
  for (const each of [theirs, away, 'meter_00000000000000000000000000']) {
    await talk.say('GET', `/meters/${each}`);
  }
  for (const body of BAD_METERS) await talk.say('POST', '/meters', body);
  const plan = await talk.id('/plans', { name: 'P' });
  const usage = { type: 'USAGE', invoice_cadence: 'ARREAR' };
  for (const meter_id of [id, theirs, away, 'meter_0']) {
    const made = await talk.id('/prices', price(plan, { ...usage, meter_id }));
    await talk.say('GET', `/prices/${made}`);
  }
  await talk.say('POST', '/prices/search', { limit: 50 });
  await talk.say('POST', '/prices/search', { limit: 50, expand: 'meters' });
  await talk.say('GET', `/plans/${plan}`);
}

const ada = { external_id: 'ada', name: 'Ada', email: 'ada@example.com', metadata: { a: 'b' } };

const BAD_CUSTOMERS = [
  {},
  { external_id: 'nameless' },
  { name: 'No id' },
  { external_id: 'mail', name: 'Mail', email: 'nobody' },
  { external_id: 'zone', name: 'Zone', timezone: 'Nowhere/Land' },
  { external_id: 'number', name: 'Number', metadata: { n: 7 } },
];

export async function customers(talk: Talk): Promise<void> {
  const id = await talk.id('/customers', ada);
  await talk.say('POST', '/customers', { ...ada, name: 'Second' });
  await talk.say('GET', `/customers/${id}`);
  await talk.say('GET', '/customers/external/ada');
  const theirs = await talk.id('/customers', { ...ada, name: 'Theirs' }, OTHER);
  const away = await talk.id('/customers', { ...ada, name: 'Away' }, FAR);
  for (const each of [theirs, away, 'cust_00000000000000000000000000']) {
    await talk.say('GET', `/customers/${each}`);
  }
  await talk.id('/customers', { external_id: 'bob', name: 'Bob' }, OTHER);
  await talk.id('/customers', { external_id: 'eve', name: 'Eve' }, FAR);
  for (const key of ['bob', 'eve', 'nobody']) await talk.say('GET', `/customers/external/${key}`);
  for (const body of BAD_CUSTOMERS) await talk.say('POST', '/customers', body);
}

export async function keyless(talk: Talk): Promise<void> {
  const nobody = { key: '' };
  const plan = await talk.id('/plans', { name: 'P' });
  const own = await talk.id('/prices', price(plan, { lookup_key: 'pk' }));
  const counter = await talk.id('/meters', meter());
  const customer = await talk.id('/customers', ada);
  const copy = { name: 'Copy', lookup_key: 'copy' };
  await talk.say('GET', '/plans', undefined, nobody);
  await talk.say('POST', '/plans/search', {}, nobody);
  await talk.say('PUT', `/plans/${plan}`, { name: 'Anonymous' }, nobody);
  await talk.say('POST', `/plans/${plan}/clone`, copy, nobody);
  await talk.say('POST', '/prices/bulk', { items: [price(plan)] }, nobody);
  await talk.say('GET', '/prices/lookup/pk', undefined, nobody);
  await talk.say('POST', '/meters', meter(), nobody);
  await talk.say('GET', `/meters/${counter}`, undefined, nobody);
  await talk.say('POST', '/customers', ada, nobody);
  await talk.say('GET', `/customers/${customer}`, undefined, nobody);
  await talk.say('GET', '/customers/external/ada', undefined, nobody);
  await talk.say('DELETE', `/prices/${own}`, {}, nobody);
  await talk.say('DELETE', `/plans/${plan}`, undefined, nobody);
  await talk.say('GET', `/prices/${own}`);
  await talk.say('GET', `/plans/${plan}`);
}

export async function bearers(talk: Talk): Promise<void> {
  const by = (auth: string, more: Extras = {}): Extras => ({ key: '', auth, ...more });
  const mine = await talk.id('/plans', { name: 'Mine', lookup_key: 'pk' }, by('Bearer key-one'));
  await talk.say('GET', `/plans/${mine}`);
  const headers = ['Bearer key-one', 'bearer key-one', 'Bearer key-two', 'Bearer key-unknown'];
  headers.push('key-one', 'Basic key-one', 'Bearer', 'Bearer ');
  for (const auth of headers) await talk.say('GET', `/plans/${mine}`, undefined, by(auth));
  await talk.say('GET', `/plans/${mine}`, undefined, by('Bearer key-one', FAR));
  await talk.say('GET', `/plans/${mine}`, undefined, by('Bearer key-two', { key: 'key-one' }));
  await talk.say('GET', `/plans/${mine}`, undefined, by('Bearer key-one', { key: 'wrong' }));
  await talk.say('GET', '/groups/nothing', undefined, by('Bearer key-one'));
  await talk.say('PUT', `/plans/${mine}`, { name: 'By token' }, by('Bearer key-one'));
  const copy = { name: 'Copy', lookup_key: 'copy' };
  await talk.say('POST', `/plans/${mine}/clone`, copy, by('Bearer key-one'));
  await talk.say('GET', '/plans', undefined, by('Bearer key-one'));
  await talk.say('DELETE', `/plans/${mine}`, undefined, by('Bearer key-one'));
}
