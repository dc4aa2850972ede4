// Searches with conditions on single fields (facts 1.6): every one of them must hold.

import { expect, test } from 'vitest';
import type { Json } from '../../../src/model/json.ts';
import { group, ids, plan, price, refusal, start, type Talk } from './talk.ts';

type Condition = [field: string, operator: string, value: Record<string, Json>];

const search = async (talk: Talk, path: string, ...conditions: Condition[]) => {
  const filters = conditions.map(([field, operator, value]) => {
    const [data_type = ''] = Object.keys(value);
    return { field, operator, data_type, value };
  });
  return ids(await talk.post(path, { filters }));
};

/** Plans made a day apart; their ids. */
async function plans(talk: Talk) {
  const made: string[] = [];
  for (const [n, name] of ['Hobby', 'Team', 'Team plus'].entries()) {
    talk.at(`2026-03-0${n + 2}T10:00:00Z`);
    const body = { name, lookup_key: `key-${n}`, display_order: n };
    made.push((await talk.post('/plans', body)).body.id);
  }
  return made;
}

for (const [condition, found] of [
  [['name', 'eq', { string: 'Team' }], [1]],
  [['name', 'eq', { string: 'team' }], []],
  [['display_order', 'eq', { number: 2 }], [2]],
  [
    ['name', 'contains', { string: 'TEAM' }],
    [1, 2],
  ],
  [
    ['name', 'not_contains', { string: 'plus' }],
    [0, 1],
  ],
  [
    ['lookup_key', 'in', { array: ['key-0', 'key-2', 'key-9'] }],
    [0, 2],
  ],
  [
    ['lookup_key', 'not_in', { array: ['key-0'] }],
    [1, 2],
  ],
  [
    ['display_order', 'gt', { number: 0 }],
    [1, 2],
  ],
  [['display_order', 'lt', { number: 1 }], [0]],
  [['created_at', 'before', { date: '2026-03-03T10:00:00Z' }], [0]],
  [['created_at', 'after', { date: '2026-03-03T10:00:00Z' }], [2]],
  [
    ['display_order', 'gte', { number: 2 }],
    [0, 1, 2],
  ],
] as [Condition, number[]][]) {
  test(`[list.conditions] a plan search where ${condition[0]} is ${condition[1]} ${JSON.stringify(condition[2])}`, async () => {
    const talk = start();
    const made = await plans(talk);
    expect(await search(talk, '/plans/search', condition)).toEqual(found.map((n) => made[n]));
  });
}

test('[list.conditions] several conditions must all hold, and none is no condition', async () => {
  const talk = start();
  const [a, b, c] = await plans(talk);
  const named: Condition = ['name', 'contains', { string: 'team' }];
  const late: Condition = ['display_order', 'gt', { number: 1 }];
  expect(await search(talk, '/plans/search', named, late)).toEqual([c]);
  expect(await search(talk, '/plans/search')).toEqual([a, b, c]);
});

test('[list.found-by-condition] the prices of a group are found, and no others', async () => {
  const talk = start();
  const entity_id = await plan(talk);
  const [one, two] = [await group(talk, 'one'), await group(talk, 'two')];
  const first = await price(talk, { entity_id, group_id: one });
  const second = await price(talk, { entity_id, group_id: one });
  const third = await price(talk, { entity_id, group_id: two });
  const loose = await price(talk, { entity_id });
  const of = (id: string) => search(talk, '/prices/search', ['group_id', 'eq', { string: id }]);
  expect(await of(one)).toEqual([second, first]);
  expect(await of(two)).toEqual([third]);
  expect(await of('group_none')).toEqual([]);
  await talk.put(`/prices/${first}`, { group_id: '' });
  expect(await of(one)).toEqual([second]);
  expect(await search(talk, '/prices/search')).toEqual([loose, third, second, first]);
});

test('refuses a condition without a field, an operator or a value', async () => {
  const whole = { field: 'name', operator: 'eq', value: { string: 'x' } };
  for (const missing of ['field', 'operator', 'value']) {
    const filters = [{ ...whole, [missing]: undefined }];
    const body = JSON.parse(JSON.stringify({ filters }));
    const refused = await start().post('/plans/search', body);
    expect(refused.status).toBe(400);
    expect(refused.body).toEqual(refusal(400, 'validation_error', `filters[0].${missing}`));
  }
});
