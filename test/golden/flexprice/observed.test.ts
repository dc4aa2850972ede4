// The other reading, `--profile observed`: where the running service is known to differ from its documents
// (facts 2.2 to 2.4, 3.4).

import { expect, test } from 'vitest';
import { flat, GPU, group, ids, plan, price, start } from './talk.ts';

test('[group.lookup-key-unique] observed: a duplicate key is a database error, and nothing is stored', async () => {
  const talk = start('observed');
  const first = await group(talk);
  const refused = await talk.post('/groups', GPU);
  expect(refused.status).toBe(500);
  expect(refused.body).toMatchObject({ code: 'database_error', http_status_code: 500 });
  expect(refused.wrote).toBe(false);
  expect(ids(await talk.post('/groups/search', {}))).toEqual([first]);
});

test('[group.lookup-key-unique] observed: the key is free after a delete, and in another tenant', async () => {
  const talk = start('observed');
  await talk.delete(`/groups/${await group(talk)}`);
  await group(talk);
  await group(talk, 'gpu-usage', { key: 'key-b' });
});

test('[group.entity-type-price] observed: groups of features are taken, other kinds are not', async () => {
  const talk = start('observed');
  const made = await talk.post('/groups', { ...GPU, entity_type: 'feature' });
  expect(made.status).toBe(201);
  expect(made.body['entity_type']).toBe('feature');
  for (const entity_type of ['plan', 'Feature', '']) {
    const refused = await talk.post('/groups', { ...GPU, lookup_key: 'other', entity_type });
    expect(refused.status).toBe(400);
    expect(refused.body).toMatchObject({ code: 'validation_error', http_status_code: 400 });
  }
  const found = await talk.post('/groups/search', { entity_type: 'feature' });
  expect(ids(found)).toEqual([made.body.id]);
  expect(ids(await talk.post('/groups/search', { entity_type: 'price' }))).toEqual([]);
});

test('[group.lookup-key-unique] observed: a key is unique across entity types', async () => {
  const talk = start('observed');
  await talk.post('/groups', { ...GPU, entity_type: 'feature' });
  expect((await talk.post('/groups', GPU)).status).toBe(500);
});

test('[price.group-exists] observed: a price is refused a group of features, on create and update', async () => {
  const talk = start('observed');
  const features = await talk.post('/groups', { ...GPU, entity_type: 'feature' });
  const group_id = features.body.id;
  const refused = await talk.post('/prices', { ...flat(await plan(talk)), group_id });
  expect(refused.status).toBe(400);
  expect(refused.body).toMatchObject({ code: 'validation_error', http_status_code: 400 });
  const id = await price(talk);
  expect((await talk.put(`/prices/${id}`, { group_id })).status).toBe(400);
  expect((await talk.get(`/prices/${id}`)).body['group_id']).toBe(null);
});

// The service answers null; the documents' schema has no null there, so the field is left out.
test('[group.entity-ids] observed: a read group and a found one show no ids', async () => {
  const talk = start('observed');
  const id = await group(talk);
  const member = await price(talk, { group_id: id });
  expect((await talk.get(`/groups/${id}`)).body).not.toHaveProperty('entity_ids');
  const [found] = (await talk.post('/groups/search', {})).body.items;
  expect(found?.id).toBe(id);
  expect(found).not.toHaveProperty('entity_ids');
  const read = await talk.get(`/prices/${member}?expand=groups`);
  expect(read.body['group']).toMatchObject({ id });
  expect(read.body['group']).not.toHaveProperty('entity_ids');
});

test('[group.delete-clears-prices] observed: deleting works as documented', async () => {
  const talk = start('observed');
  const id = await group(talk);
  const member = await price(talk, { group_id: id });
  expect((await talk.delete(`/groups/${id}`)).status).toBe(204);
  expect((await talk.get(`/prices/${member}`)).body['group_id']).toBe(null);
  expect((await talk.get(`/groups/${id}`)).body['status']).toBe('archived');
});
