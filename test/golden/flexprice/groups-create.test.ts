// Creating groups, by "Create group" (API reference) and the Groups guide.

import { expect, test } from 'vitest';
import { GPU, group, refusal, start, T0 } from './talk.ts';

test('[group.starts-published] a new group is published, empty and without metadata', async () => {
  const talk = start();
  const made = await talk.post('/groups', {
    name: 'GPU usage',
    lookup_key: 'gpu-usage',
    entity_type: 'price',
  });
  expect(made.status).toBe(201);
  expect(made.headers['content-type']).toBe('application/json; charset=utf-8');
  expect(made.body).toEqual({
    id: expect.stringMatching(/^group_[0-9A-HJKMNP-TV-Z]{26}$/),
    name: 'GPU usage',
    lookup_key: 'gpu-usage',
    entity_type: 'price',
    entity_ids: [],
    metadata: {},
    status: 'published',
    created_at: T0,
    updated_at: T0,
  });
});

test('[group.starts-published] a caller can set neither status, metadata, id nor entity_ids', async () => {
  const talk = start();
  const made = await talk.post('/groups', {
    ...GPU,
    id: 'group_mine',
    status: 'archived',
    metadata: { a: 'b' },
    entity_ids: ['price_x'],
    created_at: '2001-01-01T00:00:00Z',
  });
  expect(made.status).toBe(201);
  expect(made.body.id).not.toBe('group_mine');
  expect(made.body).toMatchObject({
    status: 'published',
    metadata: {},
    entity_ids: [],
    created_at: T0,
  });
  expect((await talk.get('/groups/group_mine')).status).toBe(404);
});

for (const field of ['name', 'lookup_key', 'entity_type'] as const) {
  test(`[group.fields-required] refuses a group without ${field}`, async () => {
    const talk = start();
    const { [field]: _, ...rest } = GPU;
    const refused = await talk.post('/groups', rest);
    expect(refused.status).toBe(400);
    expect(refused.body).toEqual(refusal(400, 'validation_error', field));
    expect(refused.wrote).toBe(false);
  });

  test(`[group.fields-required] refuses a group whose ${field} is null`, async () => {
    const talk = start();
    const refused = await talk.post('/groups', { ...GPU, [field]: null });
    expect(refused.status).toBe(400);
    expect(refused.body).toEqual(refusal(400, 'validation_error', field));
  });
}

test('[group.fields-required] names all missing fields at once', async () => {
  const talk = start();
  const refused = await talk.post('/groups', {});
  expect(refused.status).toBe(400);
  expect(refused.body).toEqual(
    refusal(400, 'validation_error', 'name', 'lookup_key', 'entity_type'),
  );
});

test('[group.fields-not-empty] refuses an empty name and an empty lookup key, both named', async () => {
  const talk = start();
  const refused = await talk.post('/groups', { name: '', lookup_key: '', entity_type: 'price' });
  expect(refused.status).toBe(400);
  expect(refused.body).toEqual(refusal(400, 'validation_error', 'name', 'lookup_key'));
});

test('[group.fields-not-empty] takes names and keys of one character, of blanks and of any script', async () => {
  const talk = start();
  for (const [name, lookup_key] of [
    ['x', 'x'],
    [' ', ' '],
    ['計算機 🖥', 'schlüssel/ß?&'],
    ['constructor', '__proto__'],
  ] as const) {
    const made = await talk.post('/groups', { name, lookup_key, entity_type: 'price' });
    expect(made.status).toBe(201);
    const read = await talk.get(`/groups/${made.body.id}`);
    expect(read.body).toMatchObject({ name, lookup_key });
  }
});

for (const entity_type of ['feature', 'plan', 'Price', 'PRICE', 'prices', '']) {
  test(`[group.entity-type-price] refuses the entity type "${entity_type}"`, async () => {
    const talk = start();
    const refused = await talk.post('/groups', { ...GPU, entity_type });
    expect(refused.status).toBe(400);
    expect(refused.body).toEqual(refusal(400, 'validation_error', 'entity_type'));
    expect(refused.headers['x-tallystick-rule']).toBe('group.entity-type-price');
    expect((await talk.post('/groups/search', {})).body.items).toEqual([]);
  });
}

test('[group.entity-type-price] takes a group of prices', async () => {
  const talk = start();
  expect((await talk.post('/groups', { ...GPU, entity_type: 'price' })).status).toBe(201);
});

test('refuses fields of the wrong type, each named in details', async () => {
  const talk = start();
  const refused = await talk.post('/groups', { name: 1, lookup_key: { a: 1 }, entity_type: [] });
  expect(refused.status).toBe(400);
  expect(refused.body).toEqual(
    refusal(400, 'validation_error', 'name', 'lookup_key', 'entity_type'),
  );
});

test('two names may be the same, only keys may not', async () => {
  const talk = start();
  await group(talk, 'one');
  const second = await talk.post('/groups', { ...GPU, lookup_key: 'two' });
  expect(second.status).toBe(201);
  expect(second.body['name']).toBe('GPU usage');
});
