// A short visit that any right server has to pass, however unusual its answers look.

import type { Extras, Reply } from './talk.ts';
import { group, meter, price, Talk } from './talk.ts';

const LAG_MS = 350;

type Send = (method: string, path: string, body?: unknown, extras?: Extras) => Promise<Reply>;
type Expect = (fine: boolean, what: string) => void;

async function patiently(talk: Talk, ...request: Parameters<Send>): Promise<Reply> {
  for (let tries = 0; tries < 3; tries += 1) {
    const reply = await talk.ask(...request);
    if (reply.status !== 429) return reply;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('only 429 answers');
}

const at = (...parts: string[]): string => `/${parts.map(encodeURIComponent).join('/')}`;

async function visitPlans(send: Send, expect: Expect, plan: string, group: string): Promise<void> {
  const changed = await send('PUT', at('plans', plan), { name: 'Renamed' });
  expect(changed.status === 200 && changed.text.includes('Renamed'), 'update plan');
  expect((await send('PUT', at('plans', 'nothing'), {})).status === 404, 'unknown plan');
  const keyless = await send('POST', at('plans', plan, 'clone'), { name: 'Copy' });
  expect(keyless.status === 400, 'a clone needs a key');
  const wanted = { name: 'Copy', lookup_key: 'copy' };
  const copy = await send('POST', at('plans', plan, 'clone'), wanted);
  expect(copy.status === 201 && copy.text.includes(group), 'a clone keeps groups');
  expect((await send('POST', at('plans', plan, 'clone'), wanted)).status >= 400, 'key taken');
  const token = { key: '', auth: 'Bearer key-one' };
  const read = await send('GET', at('plans', copy.data.id ?? ''), undefined, token);
  expect(read.status === 200 && read.text.includes('Copy'), 'a bearer token is a key');
  await new Promise((resolve) => setTimeout(resolve, LAG_MS));
  const found = await send('POST', '/plans/search', { lookup_key: 'copy' });
  expect(found.data.items?.[0]?.id === copy.data.id, 'search finds the clone');
  expect((await send('GET', '/plans')).data.items?.length === 2, 'list of plans');
  const [path, moved] = [at('plans', copy.data.id ?? ''), { lookup_key: 'moved' }];
  expect((await send('PUT', path, moved)).text.includes('moved'), 'new key');
  expect((await send('DELETE', path)).status === 200, 'delete plan');
  const gone = await send('GET', path);
  expect(gone.status === 200 && gone.text.includes('archived'), 'a deleted plan is archived');
  const next = await send('POST', '/plans', { name: 'Next', ...moved });
  expect(next.status === 201, 'the key of a deleted plan is free');
}

async function visitPrices(send: Send, expect: Expect, plan: string): Promise<void> {
  const items = ['one', 'two'].map((lookup_key) => price(plan, { lookup_key }));
  const made = await send('POST', '/prices/bulk', { items });
  expect(made.status === 201 && made.data.items?.length === 2, 'bulk create');
  const bad = [price(plan, { lookup_key: 'three' }), price(plan, { amount: '-1' })];
  expect((await send('POST', '/prices/bulk', { items: bad })).status === 400, 'bad bulk create');
  expect((await send('GET', '/prices/lookup/three')).status === 404, 'nothing of it is stored');
  const found = await send('GET', '/prices/lookup/two');
  expect(found.status === 200 && found.data.id === made.data.items?.[1]?.id, 'look-up by key');
  const path = at('prices', found.data.id ?? '');
  expect((await send('DELETE', path, {})).status === 200, 'delete price');
  expect((await send('DELETE', path, {})).status === 400, 'delete price again');
  expect((await send('GET', path)).text.includes('end_date'), 'a deleted price has an end');
  expect((await send('GET', '/prices/lookup/two')).status === 404, 'its key is free');
  const first = at('prices', made.data.items?.[0]?.id ?? '');
  const next = await send('PUT', first, { amount: '12' });
  expect(next.data.id !== made.data.items?.[0]?.id, 'a new amount makes a new price');
  expect(next.text.includes('parent_price_id'), 'that names the old one');
}

async function visitOthers(send: Send, expect: Expect): Promise<void> {
  const counter = await send('POST', '/meters', meter());
  expect(counter.status === 201, 'create meter');
  const shown = await send('GET', at('meters', counter.data.id ?? ''));
  expect(shown.text.includes('api_call'), 'read meter');
  const ada = { external_id: 'ada', name: 'Ada' };
  const customer = await send('POST', '/customers', ada);
  expect(customer.status === 201, 'create customer');
  expect((await send('POST', '/customers', ada)).status >= 400, 'external_id taken');
  const path = at('customers', customer.data.id ?? '');
  expect((await send('GET', path)).text.includes('Ada'), 'read customer');
  const found = await send('GET', '/customers/external/ada');
  expect(found.data.id === customer.data.id, 'customer by external_id');
}

// The words for what went wrong; an empty list when all went well.
export async function visit(base: string): Promise<string[]> {
  const talk = new Talk(base);
  const wrong: string[] = [];
  const expect: Expect = (fine, what) => {
    if (!fine) wrong.push(what);
  };
  const send: Send = (...request) => patiently(talk, ...request);
  const made = await send('POST', '/groups', group('visit', 'A Größe <1>'));
  expect(made.status === 201 && made.text !== '', 'create group');
  const id = made.data.id ?? '';
  expect((await send('POST', '/groups', group('visit'))).status >= 400, 'duplicate key refused');
  const plan = (await send('POST', '/plans', { name: 'P' })).data.id ?? '';
  const own = (await send('POST', '/prices', price(plan, { group_id: id }))).data.id ?? '';
  const path = `/prices/${encodeURIComponent(own)}`;
  const shown = await send('GET', `${path}?expand=groups`);
  expect(shown.text.includes('"group"') && shown.text.includes(id), 'expand shows the group');
  const read = await send('GET', `/groups/${encodeURIComponent(id)}`);
  expect(read.status === 200 && read.text.includes(own), 'group names its price');
  await visitPlans(send, expect, plan, id);
  await visitPrices(send, expect, plan);
  await visitOthers(send, expect);
  await new Promise((resolve) => setTimeout(resolve, LAG_MS));
  const found = await send('POST', '/groups/search', { lookup_key: 'visit', limit: 50 });
  expect(found.data.items?.[0]?.id === id, 'search finds the group');
  expect((await send('DELETE', `/groups/${encodeURIComponent(id)}`)).status === 204, 'delete');
  const cleared = await send('GET', path);
  expect(cleared.status === 200 && !cleared.text.includes(id), 'delete clears the price');
  expect((await send('GET', '/groups/nothing')).status === 404, 'unknown id');
  const denied = await talk.ask('GET', '/groups/nothing', undefined, { key: '' });
  expect([401, 403, 429].includes(denied.status), 'no key');
  return wrong;
}
