// Documents that are right in unusual ways: what is guessed of them, and that it plays.

import { expect, test } from 'vitest';
import { bindings, guessed, type Player } from './guessed.ts';
import { unusual } from './unusual.ts';

const play = (name: string): Player => guessed(unusual[name]?.document ?? {});

test.each(Object.entries(unusual))('what is guessed of %s', (_, one) => {
  const api = guessed(one.document);
  expect(bindings(api)).toEqual(one.bindings);
  expect(api.inferred.unbound.map(({ id }) => id)).toEqual(one.unbound ?? []);
});

test('records are named by whatever their ids are called, and no id is taken twice', async () => {
  const { ask } = play('ids');
  expect(await ask('POST /articles', { slug: 'one', title: 'First' })).toMatchObject({
    status: 201,
  });
  expect((await ask('POST /articles', { slug: 'one', title: 'Second' })).status).toBe(400);
  expect((await ask('GET /articles/one')).body).toEqual({ slug: 'one', title: 'First' });
  const coupon = (await ask('POST /coupons', { percent: 5 })).body;
  expect((await ask(`GET /coupons/${coupon.code}`)).body).toEqual(coupon);
  const device = (await ask('POST /devices', { label: 'lamp' })).body;
  expect((await ask(`GET /devices/${device.uuid}`)).body).toEqual(device);
  const seat = (await ask('POST /seats', { row: 'A' })).body;
  expect(seat).toEqual({ number: expect.any(Number), row: 'A' });
  expect((await ask(`GET /seats/${seat.number}`)).body).toEqual(seat);
  expect((await ask('GET /seats/first')).status).toBe(404);
});

test('one record comes in the same envelope as many do', async () => {
  const { ask } = play('wrapped');
  const made = (await ask('POST /tracks', { data: { attributes: { title: 'Rain', seconds: 90 } } }))
    .body;
  const { id } = made.data;
  expect(made).toEqual({ data: { id, type: 'track', attributes: { title: 'Rain', seconds: 90 } } });
  const changed = { data: { ...made.data, attributes: { title: 'Sun' } } };
  expect(
    (await ask(`PATCH /tracks/${id}`, { data: { attributes: { title: 'Sun' } } })).body,
  ).toEqual(changed);
  expect((await ask(`GET /tracks/${id}`)).body).toEqual(changed);
  expect((await ask('GET /tracks')).body).toEqual({ data: [changed.data], meta: { total: 1 } });
});

test('an update may be a POST, answer nothing, and a delete may answer the record or a word', async () => {
  const { ask } = play('answers');
  const box = (await ask('POST /boxes', { label: 'A', size: 1 })).body;
  expect((await ask(`POST /boxes/${box.id}`, { size: 2 })).body).toEqual({ ...box, size: 2 });
  expect(await ask(`PUT /boxes/${box.id}`, { label: null, size: 3 })).toEqual({
    status: 204,
    body: undefined,
  });
  expect((await ask('GET /boxes')).body).toEqual({ boxes: [{ id: box.id, label: null, size: 3 }] });
  expect((await ask(`DELETE /boxes/${box.id}`)).body).toEqual({ id: box.id, label: null, size: 3 });
  expect((await ask(`GET /boxes/${box.id}`)).status).toBe(404);
  const lid = (await ask('POST /lids', { colour: 'red' })).body;
  expect((await ask(`DELETE /lids/${lid.id}`)).body).toEqual({ id: lid.id, deleted: true });
});

test('what is three deep is found where it is, and nowhere else', async () => {
  const { ask } = play('nested');
  const org = (await ask('POST /orgs', { name: 'A' })).body.id;
  const team = (await ask(`POST /orgs/${org}/teams`, { name: 'T' })).body;
  expect(team).toEqual({ id: team.id, name: 'T', org_id: org });
  const other = (await ask(`POST /orgs/${org}/teams`, { name: 'U' })).body.id;
  const at = `/orgs/${org}/teams/${team.id}/members`;
  const human = await ask(`POST ${at}`, { kind: 'human', password: 'secret', nick: null });
  const { id } = human.body;
  expect(human).toEqual({ status: 201, body: { kind: 'human', id, nick: null } });
  const robot = (await ask(`POST ${at}`, { kind: 'robot', serial: 'R2' })).body;
  expect(robot).toMatchObject({ kind: 'robot', serial: 'R2' });
  expect((await ask(`GET ${at}`)).body.members).toHaveLength(2);
  expect((await ask(`PATCH ${at}/${id}`, { nick: 'Al' })).body).toMatchObject({ nick: 'Al' });
  expect((await ask(`GET /orgs/${org}/teams/${other}/members/${id}`)).status).toBe(404);
  expect((await ask(`GET /orgs/${org}/teams/${other}/members`)).body).toEqual({ members: [] });
  expect((await ask(`POST ${at}`, { kind: 'robot' })).status).toBe(400);
});

test('what there is one of is there at first, unless it can be taken away', async () => {
  const { ask } = play('singles');
  const me = await ask('GET /me');
  expect(me).toMatchObject({ status: 200, body: { created_at: '2026-03-01T00:00:00.000Z' } });
  expect(await ask('GET /me')).toEqual(me);
  expect((await ask('GET /settings')).body).toEqual({ theme: 'light' });
  await ask('PUT /settings', { theme: 'dark', mails: true });
  expect((await ask('GET /settings')).body).toEqual({ theme: 'dark', mails: true });
  expect((await ask('PUT /settings', { theme: 'pink' })).status).toBe(400);
  const [ada, bob] = [
    (await ask('POST /users', { name: 'Ada' })).body.id,
    (await ask('POST /users', { name: 'Bob' })).body.id,
  ];
  await ask(`PATCH /users/${ada}/profile`, { data: { bio: 'counts' } });
  expect((await ask(`GET /users/${ada}/profile`)).body).toEqual({ data: { bio: 'counts' } });
  expect((await ask(`GET /users/${bob}/profile`)).body).toEqual({ data: { bio: null } });
  expect((await ask('GET /users/nobody/profile')).status).toBe(404);
  const avatar = `/users/${ada}/avatar`;
  expect((await ask(`GET ${avatar}`)).status).toBe(404);
  expect((await ask(`PUT ${avatar}`, { url: 'https://x.test/a' })).status).toBe(201);
  expect((await ask(`GET ${avatar}`)).body).toEqual({ url: 'https://x.test/a' });
  expect((await ask(`DELETE ${avatar}`)).status).toBe(204);
  expect((await ask(`GET ${avatar}`)).status).toBe(404);
});

test('lists are ordered, and cut after an entry, as their parameters say', async () => {
  const { ask } = play('lists');
  for (const [title, length] of [
    ['B', 2],
    ['C', 1],
    ['A', 2],
  ] as const)
    await ask('POST /songs', { title, length });
  const titles = (line: string) =>
    ask(line).then(({ body }) => body.map(({ title }: { title: string }) => title));
  expect(await titles('GET /songs')).toEqual(['B', 'C', 'A']);
  expect(await titles('GET /songs?sort=title')).toEqual(['A', 'B', 'C']);
  expect(await titles('GET /songs?sort=-length,title')).toEqual(['A', 'B', 'C']);
  expect(await titles('GET /songs?sort=title:desc')).toEqual(['C', 'B', 'A']);
  expect(await titles('GET /songs?sort=no_such_field')).toHaveLength(3);
  const [first] = (await ask('GET /songs?limit=1')).body;
  expect(await titles(`GET /songs?limit=1&after=${first.id}`)).toEqual(['C']);
  for (const [title, year] of [
    ['X', 1],
    ['Y', 3],
    ['Z', 2],
  ] as const)
    await ask('POST /films', { title, year });
  expect((await ask('GET /films?order_by=year&order=desc&page_size=2')).body).toMatchObject({
    count: 3,
    results: [{ title: 'Y' }, { title: 'Z' }],
  });
});

test('a text is a field of its record', async () => {
  const { ask, tell } = play('texts');
  const made = await tell('POST /notes', 'first\nsecond');
  const { id } = made.body;
  expect(made).toEqual({ status: 201, body: { id, content: 'first\nsecond' } });
  expect((await ask(`GET /notes/${id}/content`)).body).toBe('first\nsecond');
  expect((await tell(`PUT /notes/${id}/content`, 'third')).status).toBe(204);
  expect((await ask(`GET /notes/${id}`)).body).toEqual({ id, content: 'third' });
  expect((await ask('GET /notes')).body).toEqual([{ id, content: 'third' }]);
  expect((await tell(`PUT /notes/${id}/content`, 'x'.repeat(41))).status).toBe(400);
  expect((await ask(`PUT /notes/${id}/content`)).status).toBe(400);
  expect((await ask(`PUT /notes/${id}/content`, { content: 'no' })).status).toBe(415);
  expect((await ask('GET /notes/none/content')).status).toBe(404);
});

test('links, embedded lists, tokens and verbs after a colon are played', async () => {
  const { ask } = play('styles');
  const tree = (await ask('POST /trees', { kind: 'oak' })).body;
  expect((await ask('GET /trees')).body).toEqual({ _embedded: { trees: [tree] }, total: 1 });
  const { TaskId } = (await ask('POST /Tasks', { Title: 'a' })).body;
  await ask('POST /Tasks', { Title: 'b' });
  expect((await ask('GET /Tasks?$top=1')).body).toMatchObject({ value: [{ TaskId }] });
  expect((await ask('GET /Tasks?$skip=1')).body.value).toHaveLength(1);
  const job = (await ask('POST /v1/jobs', { queue: 'q' })).body;
  await ask('POST /v1/jobs', { queue: 'q' });
  const first = (await ask('GET /v1/jobs?pageSize=1')).body;
  expect(first).toEqual({ jobs: [job], nextPageToken: job.name });
  const next = (await ask(`GET /v1/jobs?pageToken=${first.nextPageToken}`)).body;
  expect(next.jobs).toHaveLength(1);
  expect(next).not.toHaveProperty('nextPageToken');
  const cancelled = (await ask(`POST /v1/jobs/${job.name}:cancel`)).body;
  expect(cancelled).toEqual({ ...job, state: 'CANCELLED' });
  expect((await ask(`GET /v1/jobs/${job.name}`)).body).toEqual(cancelled);
});
