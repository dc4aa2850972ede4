// Scenarios around plans, credentials, errors and requests that overlap.

import type { Extras, Talk } from './talk.ts';
import { group, price } from './talk.ts';

const BAD_PLANS = [
  {},
  { name: '' },
  { name: 7 },
  { name: 'P', display_order: '2', lookup_key: 'order' },
  { name: 'P', display_order: 1.5 },
  { name: 'P', metadata: { n: 7 } },
  { name: 'P', lookup_key: 'order' },
];

export async function plans(talk: Talk): Promise<void> {
  const [other, far] = [{ key: 'key-two' }, { env: 'env-two' }];
  const rich = {
    name: ' Pro Plan ',
    lookup_key: 'pro',
    description: 'long '.repeat(40),
    display_order: 2,
    metadata: { Tier: 'professional', more: 'true' },
  };
  const id = await talk.id('/plans', rich);
  await talk.say('GET', `/plans/${id}`);
  await talk.say('POST', '/plans', rich);
  const theirs = await talk.id('/plans', rich, other);
  const away = await talk.id('/plans', rich, far);
  const third = await talk.id('/plans', { name: 'P' });
  const fourth = await talk.id('/plans', { name: 'P' });
  for (const each of [third, fourth, theirs, away, 'plan_0']) {
    await talk.say('GET', `/plans/${each}`);
  }
  for (const body of BAD_PLANS) await talk.say('POST', '/plans', body);
}

export async function credentials(talk: Talk): Promise<void> {
  const mine = await talk.id('/groups', group('mine'));
  const plan = await talk.id('/plans', { name: 'P' });
  const own = await talk.id('/prices', price(plan));
  const nobody = { key: '' };
  await talk.say('POST', '/groups', group('anonymous'), nobody);
  await talk.say('POST', '/groups/search', {}, nobody);
  await talk.say('GET', `/groups/${mine}`, undefined, nobody);
  await talk.say('POST', '/plans', { name: 'P' }, nobody);
  await talk.say('GET', `/plans/${plan}`, undefined, nobody);
  await talk.say('POST', '/prices', price(plan), nobody);
  await talk.say('POST', '/prices/search', {}, nobody);
  await talk.say('GET', `/prices/${own}`, undefined, nobody);
  await talk.say('PUT', `/prices/${own}`, { description: 'x' }, nobody);
  await talk.say('DELETE', `/groups/${mine}`, undefined, nobody);
  await talk.say('GET', `/groups/${mine}`);
  await talk.say('GET', `/groups/${mine}`, undefined, { key: 'key-unknown' });
  await talk.say('GET', `/groups/${mine}`, undefined, { env: 'env-two' });
}

export async function errors(talk: Talk): Promise<void> {
  const raw = (text: string): Extras => ({ raw: text });
  for (const text of ['{"name":', '[]', 'null', '"x"', '']) {
    await talk.say('POST', '/groups', undefined, raw(text));
    await talk.say('POST', '/groups/search', undefined, raw(text));
  }
  await talk.say('POST', '/groups', { ...group('typed'), name: [] });
  await talk.say('POST', '/groups', { ...group('unknown'), colour: 'blue' });
  for (const path of ['/nothing', '/groups/a/b', '/groups/', '']) await talk.say('GET', path);
  for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) await talk.say(method, '/groups');
  await talk.say('PUT', '/groups/some', {});
}

// Two requests at a time; only what stands afterwards and the sorted statuses are written down.
async function together(talk: Talk, requests: [string, string, unknown][]): Promise<void> {
  const replies = await Promise.all(requests.map((each) => talk.ask(...each)));
  talk.lines.push(
    replies
      .map((reply) => reply.status)
      .sort()
      .join(' '),
  );
}

export async function overlaps(talk: Talk): Promise<void> {
  const plan = await talk.id('/plans', { name: 'P' });
  const keyed = { lookup_key: 'race' };
  const same = (path: string, body: unknown): [string, string, unknown][] =>
    [1, 2, 3].map(() => ['POST', path, body]);
  await together(talk, same('/groups', group('race')));
  await together(talk, same('/plans', { name: 'P', ...keyed }));
  await together(talk, same('/prices', price(plan, keyed)));
  const id = await talk.id('/prices', price(plan));
  const text = talk.ask('PUT', `/prices/${id}`, { description: 'both' });
  const name = talk.ask('PUT', `/prices/${id}`, { display_name: 'Both' });
  await Promise.all([text, name]);
  const after = (await talk.ask('GET', `/prices/${id}`)).text;
  talk.lines.push(`${after.includes('"both"')} ${after.includes('"Both"')}`);
}

// A group that goes away while a price is given it must not stay on the price.
export async function orphans(talk: Talk): Promise<void> {
  const plan = await talk.id('/plans', { name: 'P' });
  const grouped = async (send: (id: string) => Promise<{ data: { id?: string } }>) => {
    const id = await talk.id('/groups', group('short-lived'));
    const sent = send(id);
    await new Promise((resolve) => setTimeout(resolve, 8));
    await talk.say('DELETE', `/groups/${id}`);
    const made = (await sent).data.id ?? '';
    talk.lines.push(String((await talk.ask('GET', `/prices/${made}`)).text.includes(id)));
  };
  await grouped((id) => talk.ask('POST', '/prices', price(plan, { group_id: id })));
  const own = await talk.id('/prices', price(plan));
  await grouped((id) => talk.ask('PUT', `/prices/${own}`, { group_id: id }));
}
