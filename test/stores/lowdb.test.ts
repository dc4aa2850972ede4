import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Change } from '../../src/state/state.ts';
import {
  copyOf,
  dump,
  files,
  insert,
  type Opened,
  open,
  remove,
  replace,
  scratch,
} from './folder.ts';

const A = 'alice/default';

test('what was committed is found again, and the version goes on', async () => {
  const folder = scratch();
  const first = await open(folder);
  first.store.commit([
    insert(first.state, A, 'group', 'g1'),
    insert(first.state, A, 'price', 'p1'),
  ]);
  first.store.commit([replace(first.state, A, 'group', 'g1', { name: 'Other' })]);
  first.store.commit([remove(first.state, A, 'price', 'p1')]);
  await first.store.close();
  const { state } = await open(folder);
  expect(dump(state)).toEqual(dump(first.state));
  expect([state.version, state.nextSeq(A)]).toEqual([3, 2]);
});

test('nothing is lost without a close, once it was reached', async () => {
  const folder = scratch();
  const { state, store } = await open(folder);
  store.commit([insert(state, A, 'group', 'g1')]);
  expect(store.reached(1)).toBeInstanceOf(Promise);
  await store.reached(1);
  expect(store.reached(1)).toBeUndefined();
  expect(dump((await open(copyOf(folder))).state)).toEqual(dump(state));
});

test('many commits of one turn become one write, in order', async () => {
  const folder = scratch();
  const { state, store } = await open(folder);
  for (let i = 0; i < 100; i++) store.commit([insert(state, A, 'group', `g${i}`)]);
  expect(store.reached(1)).toBe(store.reached(100));
  await store.reached(100);
  const lines = readFileSync(join(folder, 'journal-000000000000.jsonl'), 'utf8').trim().split('\n');
  expect(lines.slice(1).map((line) => JSON.parse(line).version)).toEqual(
    Array.from({ length: 100 }, (_, i) => i + 1),
  );
});

test.each(['memory', 'journal', 'fsync'] as const)(
  'with durability %s everything is there after a restart',
  async (durability) => {
    const folder = scratch();
    const first = await open(folder, { durability });
    for (let i = 0; i < 20; i++) {
      first.store.commit([insert(first.state, A, 'group', `g${i}`)]);
      if (i % 5 === 0) await first.store.reached(first.state.version);
      if (i === 10) await first.store.compact();
    }
    await first.store.reached(20);
    await first.store.close();
    expect(dump((await open(folder, { durability })).state)).toEqual(dump(first.state));
  },
);

test('compaction leaves one readable file per resource and an empty journal', async () => {
  const folder = scratch();
  const { state, store } = await open(folder);
  store.commit([insert(state, A, 'group', 'g1', { metadata: null, entity_ids: [] })]);
  await store.compact();
  expect(Object.keys(files(folder))).toEqual([
    'customer.json',
    'group.json',
    'journal-000000000001.jsonl',
    'meter.json',
    'plan.json',
    'price.json',
  ]);
  expect(JSON.parse(files(folder)['group.json'] ?? '')).toEqual({
    tallystick: 1,
    resource: 'group',
    version: 1,
    scopes: { [A]: [{ id: 'g1', seq: 1, data: { id: 'g1', name: 'g1', entity_ids: [] } }] },
  });
  expect(files(folder)['journal-000000000001.jsonl']?.split('\n')).toHaveLength(2);
});

test('what is unset comes back from a snapshot, also where no schema has the field', async () => {
  const folder = scratch();
  const first = await open(folder);
  const data = { metadata: null, of_no_schema: null };
  first.store.commit([insert(first.state, A, 'group', 'g1', data)]);
  await first.store.close();
  expect(files(folder)['group.json']).not.toContain('metadata');
  const { state } = await open(folder);
  expect(state.table(A, 'group').rows.get('g1')?.data).toMatchObject(data);
});

test('a journal that has grown is compacted while writes go on', async () => {
  const folder = scratch();
  const { state, store } = await open(folder, { compactAt: 10_000 });
  for (let i = 0; i < 500; i++) {
    store.commit([insert(state, A, 'group', `g${i}`)]);
    await store.reached(state.version);
  }
  await store.compact();
  expect(Object.keys(files(folder)).filter((name) => name.startsWith('journal'))).toHaveLength(1);
  expect(dump((await open(copyOf(folder))).state)).toEqual(dump(state));
});

test('a scope that was only read is not kept', async () => {
  const folder = scratch();
  const { state, store } = await open(folder);
  state.table('bob/default', 'group');
  store.commit([insert(state, A, 'group', 'g1')]);
  await store.compact();
  expect(Object.keys(JSON.parse(files(folder)['group.json'] ?? '').scopes)).toEqual([A]);
});

test('the first write of a scope keeps its fixture whole, so that another fixture changes nothing', async () => {
  const folder = scratch();
  const fixture =
    (name: string) =>
    (scope: string): Change[] => [
      { scope, resource: 'group', id: name, after: { id: name, seq: 1, data: { id: name, name } } },
    ];
  const first = await open(folder, { fixture: fixture('old') });
  first.store.commit([insert(first.state, A, 'plan', 'p1')]);
  first.store.commit([replace(first.state, A, 'group', 'old', { name: 'Changed' })]);
  await first.store.close();
  const { state } = await open(folder, { fixture: fixture('new') });
  expect(dump(state)[A]?.['group']).toEqual([{ id: 'old', seq: 1, name: 'Changed' }]);
  expect([...state.table('bob/default', 'group').rows.keys()]).toEqual(['new']);
});

test('a reset is kept, in the journal and in the files', async () => {
  const folder = scratch();
  const { state, store } = await open(folder);
  store.commit([insert(state, A, 'group', 'g1')]);
  await store.compact();
  store.reset();
  store.commit([insert(state, 'bob/default', 'group', 'g2')]);
  await store.reached(state.version);
  const again = await open(copyOf(folder));
  expect(Object.keys(dump(again.state))).toEqual(['bob/default']);
  await store.compact();
  expect(dump((await open(copyOf(folder))).state)).toEqual(dump(state));
});

test('any mix of writes, resets, compactions and restarts keeps the state', async () => {
  const folder = scratch();
  const random = randomBy(42);
  let opened: Opened = await open(folder);
  for (let step = 0; step < 1_500; step++) {
    const dice = random(100);
    const { state, store } = opened;
    if (dice < 92) store.commit(randomChanges(opened, random, step));
    else if (dice < 93) store.reset();
    else if (dice < 96) void store.compact();
    else if (dice < 98) await store.reached(state.version);
    else {
      const before = [dump(state), state.version];
      await store.close();
      opened = await open(folder);
      expect([dump(opened.state), opened.state.version]).toEqual(before);
    }
  }
});

function randomChanges(
  { state }: Opened,
  random: (limit: number) => number,
  step: number,
): Change[] {
  const scope = `tenant${random(3)}/default`;
  const resource = ['group', 'plan', 'price'][random(3)] ?? 'group';
  const ids = [...state.table(scope, resource).rows.keys()];
  const id = ids[random(ids.length)];
  const dice = random(10);
  if (id === undefined || dice < 5) return [insert(state, scope, resource, `${resource}${step}`)];
  if (dice < 7) return [remove(state, scope, resource, id)];
  if (dice < 9) return [replace(state, scope, resource, id, { name: `name${step}` })];
  return ids.map((each) => replace(state, scope, resource, each, { lookup_key: `key${step}` }));
}

function randomBy(seed: number): (limit: number) => number {
  let a = seed;
  return (limit) => {
    a = (Math.imul(a, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((a / 2 ** 32) * limit);
  };
}
