// Scenarios around groups; together they make every fault around groups show.

import type { Talk } from './talk.ts';
import { byGroup, group, PAST, price } from './talk.ts';

export async function refusedGroups(talk: Talk): Promise<void> {
  const whole = group('refused', 'Refused one');
  for (const key of ['name', 'lookup_key', 'entity_type'] as const) {
    const { [key]: _gone, ...rest } = whole;
    await talk.say('POST', '/groups', rest);
    await talk.say('POST', '/groups', { ...whole, [key]: '' });
    await talk.say('POST', '/groups', { ...whole, [key]: 7 });
  }
  for (const type of ['feature', 'Price', 'plan']) {
    await talk.say('POST', '/groups', { ...whole, entity_type: type });
  }
  await talk.say('POST', '/groups/search', { lookup_key: 'refused', limit: 50 });
  await talk.id('/groups', whole);
  await talk.id('/groups', group('other', 'Refused one'));
  await talk.say('POST', '/groups', { ...whole, name: 'Duplicate' });
  await talk.say('POST', '/groups/search', { limit: 50 });
}

export async function groupLife(talk: Talk): Promise<void> {
  const names = [
    '  blanks  ',
    'a name of more than twenty letters',
    'Größe 東京',
    'Fourth',
    'Last',
  ];
  for (const [i, name] of names.entries()) {
    const id = await talk.id('/groups', group(`Life-${i}`, name));
    await talk.say('GET', `/groups/${id}`);
    await talk.say('GET', `/groups/Life-${i}`);
  }
  await talk.say('DELETE', '/groups/Life-1');
  const id = await talk.id('/groups', group('freed', 'Fourth'));
  await talk.say('DELETE', `/groups/${id}`);
  await talk.say('GET', `/groups/${id}`);
  await talk.say('DELETE', `/groups/${id}`);
  await talk.say('POST', '/groups/search', { limit: 50 });
  await talk.id('/groups', group('freed'));
  await talk.say('GET', '/groups/group_00000000000000000000000000');
  await talk.say('DELETE', '/groups/group_00000000000000000000000000');
}

export async function groupSearches(talk: Talk): Promise<void> {
  const ids: string[] = [];
  for (let i = 0; i < 27; i += 1) {
    ids.push((await talk.ask('POST', '/groups', group(`k${i}`, `Item ${i % 5}`))).data.id ?? '');
  }
  await talk.say('GET', `/groups/${ids[0]}`);
  const isText = { operator: 'eq', data_type: 'string' };
  const bodies = [
    { lookup_key: 'k2' },
    { name: 'tem 3' },
    { name: 'Item 3' },
    { entity_type: 'feature' },
    { entity_type: 'price' },
    { group_ids: [ids[1], ids[4]] },
    { lookup_key: 'k2', name: 'Item 4' },
    { filters: [{ ...isText, field: 'name', value: { string: 'Item 1' } }] },
    { limit: 5 },
    { limit: 5, offset: 5 },
    { lookup_key: 'nothing' },
    { limit: 0 },
    { limit: 3, order: 'asc' },
    { limit: 3, sort: [{ field: 'lookup_key', direction: 'asc' }] },
  ];
  for (const body of bodies) await talk.say('POST', '/groups/search', { limit: 50, ...body });
  await talk.say('POST', '/groups/search', {});
}

export async function groupScopes(talk: Talk): Promise<void> {
  const other = { key: 'key-two' };
  const far = { env: 'env-two' };
  const mine = await talk.id('/groups', group('shared'));
  const theirs = await talk.id('/groups', group('shared'), other);
  const away = await talk.id('/groups', group('shared'), far);
  const plan = await talk.id('/plans', { name: 'P' });
  const own = await talk.id('/prices', price(plan, { group_id: mine }));
  const farPlan = await talk.id('/plans', { name: 'P' }, far);
  const farPrice = await talk.id('/prices', price(farPlan, { group_id: away }), far);
  const theirPlan = await talk.id('/plans', { name: 'P' }, other);
  const theirPrice = await talk.id('/prices', price(theirPlan, { group_id: theirs }), other);
  await talk.say('GET', `/groups/${theirs}`);
  await talk.say('GET', `/groups/${away}`);
  await talk.say('POST', '/groups/search', { limit: 50 });
  await talk.say('DELETE', `/groups/${theirs}`);
  await talk.say('DELETE', `/groups/${away}`);
  await talk.say('GET', `/groups/${theirs}`, undefined, other);
  await talk.say('GET', `/groups/${away}`, undefined, far);
  await talk.say('DELETE', `/groups/${mine}`);
  await talk.say('GET', `/prices/${own}`);
  await talk.say('GET', `/prices/${farPrice}`, undefined, far);
  await talk.say('GET', `/prices/${theirPrice}`, undefined, other);
}

export async function members(talk: Talk): Promise<void> {
  const first = await talk.id('/groups', group('first'));
  const second = await talk.id('/groups', group('second'));
  const plans = [await talk.id('/plans', { name: 'A' }), await talk.id('/plans', { name: 'B' })];
  const ids: string[] = [];
  for (let i = 0; i < 23; i += 1) {
    const wording = { description: `text ${i}`, metadata: { i: `${i}` } };
    const body = price(plans[i % 2] ?? '', { group_id: first, ...wording });
    ids.push((await talk.ask('POST', '/prices', body)).data.id ?? '');
  }
  const ended = await talk.id('/prices', price(plans[0] ?? '', { group_id: first, ...PAST }));
  const moved = await talk.id('/prices', price(plans[1] ?? '', { group_id: second }));
  const stays = await talk.id('/prices', price(plans[1] ?? '', { group_id: second }));
  await talk.say('GET', `/groups/${first}`);
  await talk.say('PUT', `/prices/${moved}`, { group_id: first });
  await talk.say('PUT', `/prices/${ids[3]}`, { group_id: '' });
  await talk.say('GET', `/groups/${first}`);
  await talk.say('GET', `/groups/${second}`);
  await talk.say('POST', '/groups/search', { limit: 50 });
  await talk.say('POST', '/prices/search', { limit: 100, ...byGroup(second) });
  await talk.say('DELETE', `/groups/${first}`);
  await talk.say('GET', `/groups/${first}`);
  for (const id of [...ids, ended, moved, stays]) await talk.say('GET', `/prices/${id}`);
  await talk.say('POST', '/prices/search', { limit: 100, ...byGroup(first) });
}
