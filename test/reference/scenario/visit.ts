// A short visit that any right server has to pass, however unusual its answers look.

import type { Reply } from './talk.ts';
import { group, price, Talk } from './talk.ts';

const LAG_MS = 350;

async function patiently(talk: Talk, method: string, path: string, body?: unknown): Promise<Reply> {
  for (let tries = 0; tries < 3; tries += 1) {
    const reply = await talk.ask(method, path, body);
    if (reply.status !== 429) return reply;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('only 429 answers');
}

// The words for what went wrong; an empty list when all went well.
export async function visit(base: string): Promise<string[]> {
  const talk = new Talk(base);
  const wrong: string[] = [];
  const expect = (fine: boolean, what: string): void => {
    if (!fine) wrong.push(what);
  };
  const send = (method: string, path: string, body?: unknown) =>
    patiently(talk, method, path, body);
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
