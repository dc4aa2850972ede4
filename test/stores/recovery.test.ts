import { appendFileSync, cpSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { UsageError } from '../../src/model/usage-error.ts';
import { copyOf, dump, files, insert, open, replace, scratch } from './folder.ts';

const A = 'alice/default';
const FIRST = 'journal-000000000000.jsonl';

/** A folder with five writes in its journal and, if wished, a snapshot of the first three. */
async function folderWith(snapshot: boolean) {
  const folder = scratch();
  const { state, store } = await open(folder);
  const dumps = [dump(state)];
  for (let i = 1; i <= 5; i++) {
    store.commit([
      insert(state, A, 'group', `g${i}`),
      insert(state, A, 'price', `p${i}`, { group_id: `g${i}` }),
    ]);
    await store.reached(i);
    dumps.push(dump(state));
    if (snapshot && i === 3) await store.compact();
  }
  return {
    folder: copyOf(folder),
    dumps,
    journal: snapshot ? 'journal-000000000003.jsonl' : FIRST,
  };
}

async function refusal(folder: string): Promise<string> {
  const error = await open(folder).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UsageError);
  return (error as UsageError).message;
}

test.each([false, true])(
  'a journal cut off anywhere gives the state of a whole write (snapshot: %s)',
  async (snapshot) => {
    const { folder, dumps, journal } = await folderWith(snapshot);
    const whole = readFileSync(join(folder, journal), 'utf8');
    for (let length = whole.length - 1; length >= 0; length -= 7) {
      const copy = copyOf(folder);
      truncateSync(join(copy, journal), length);
      const { state, store, warnings } = await open(copy);
      expect(dump(state)).toEqual(dumps[state.version]);
      // A last line that lacks only its end is whole.
      const rest = whole.slice(0, length).split('\n').at(-1) ?? '';
      expect(warnings).toHaveLength(rest === '' || isJson(rest) ? 0 : 1);
      store.commit([insert(state, A, 'plan', 'next')]);
      await store.close();
      const again = await open(copy);
      expect(dump(again.state)).toEqual(dump(state));
      await again.store.close();
    }
  },
);

function isJson(text: string): boolean {
  try {
    return JSON.parse(text) !== undefined;
  } catch {
    return false;
  }
}

test('a rewrite that was killed between any two files leaves all there', async () => {
  const folder = scratch();
  const { state, store } = await open(folder);
  for (let i = 1; i <= 3; i++) store.commit([insert(state, A, 'group', `g${i}`)]);
  await store.compact();
  store.commit([
    insert(state, A, 'price', 'p1', { group_id: 'g1' }),
    replace(state, A, 'group', 'g1', { name: 'x' }),
  ]);
  await store.reached(4);
  const before = copyOf(folder);
  await store.compact();
  store.commit([
    insert(state, A, 'plan', 'p1'),
    replace(state, A, 'price', 'p1', { group_id: null }),
  ]);
  await store.reached(5);
  const after = copyOf(folder);
  const rewritten = ['group.json', 'plan.json', 'price.json'];
  for (let done = 0; done <= rewritten.length; done++) {
    const mixed = copyOf(before);
    for (const name of rewritten.slice(0, done)) cpSync(join(after, name), join(mixed, name));
    cpSync(join(after, 'journal-000000000004.jsonl'), join(mixed, 'journal-000000000004.jsonl'));
    writeFileSync(join(mixed, '.price.json.tmp'), '{"half');
    const opened = await open(mixed);
    expect([opened.state.version, dump(opened.state)]).toEqual([5, dump(state)]);
    await opened.store.compact();
    expect(Object.keys(files(mixed)).filter((name) => name.startsWith('journal'))).toHaveLength(1);
  }
});

test.each([
  ['cut off', (text: string) => text.slice(0, -30)],
  ['not JSON', (text: string) => text.replace('"seq": 2,', '"seq": 2;')],
  ['empty', () => ''],
  ['another format', (text: string) => text.replace('"tallystick": 1', '"tallystick": 2')],
  ['without rows', (text: string) => text.replace(/\[[\s\S]*\]/, '{}')],
  ['with a row without id', (text: string) => text.replace('"id": "g2",', '')],
])('a snapshot that is %s is told with its line, and left as it is', async (_, spoil) => {
  const { folder } = await folderWith(true);
  const file = join(folder, 'group.json');
  writeFileSync(file, spoil(readFileSync(file, 'utf8')));
  const before = files(folder);
  expect(await refusal(folder)).toMatch(/group\.json:\d+ is damaged: .+ To recover, /);
  expect(files(folder)).toEqual(before);
});

test('a snapshot with a wrong character is told with the line of it', async () => {
  const { folder } = await folderWith(true);
  const file = join(folder, 'group.json');
  const text = readFileSync(file, 'utf8').replace('"seq": 2,', '"seq": 2;');
  writeFileSync(file, text);
  const line = text.slice(0, text.indexOf('2;')).split('\n').length;
  expect(await refusal(folder)).toContain(`group.json:${line} is damaged: this is not JSON`);
});

test('damage in the middle of a journal is told with its line, and left as it is', async () => {
  const { folder, journal } = await folderWith(false);
  const file = join(folder, journal);
  writeFileSync(file, readFileSync(file, 'utf8').replace('"version":3', '"version:3'));
  const before = files(folder);
  expect(await refusal(folder)).toContain(`${journal}:4 is damaged`);
  expect(files(folder)).toEqual(before);
});

test('a last line that ends, but is no line, is damage', async () => {
  const { folder, journal } = await folderWith(false);
  appendFileSync(join(folder, journal), '{"version":\n');
  expect(await refusal(folder)).toContain(`${journal}:7 is damaged`);
});

test('a half-written line in a journal that is not the last is damage', async () => {
  const { folder } = await folderWith(false);
  const { store, state } = await open(folder);
  store.commit([insert(state, A, 'plan', 'x')]);
  await store.reached(6);
  const copy = copyOf(folder);
  truncateSync(join(copy, FIRST), readFileSync(join(copy, FIRST)).length - 10);
  expect(await refusal(copy)).toContain(`${FIRST}:6 is damaged`);
});

test.each(['group.json', 'price.json'])('a lost %s is told', async (name) => {
  const { folder } = await folderWith(true);
  rmSync(join(folder, name));
  expect(await refusal(folder)).toContain(`${name}:1 is damaged: it is missing`);
});

test('a line that was cut out of a journal is told', async () => {
  const { folder, journal } = await folderWith(false);
  const lines = readFileSync(join(folder, journal), 'utf8').split('\n');
  writeFileSync(join(folder, journal), lines.toSpliced(2, 1).join('\n'));
  expect(await refusal(folder)).toContain(
    'write number 2, which comes before, is nowhere to be found',
  );
});

test('a file of somebody else in the folder is left alone', async () => {
  const { folder, dumps } = await folderWith(true);
  writeFileSync(join(folder, 'notes.json'), 'my notes');
  const { state, store } = await open(folder);
  expect(dump(state)).toEqual(dumps[5]);
  await store.compact();
  expect(files(folder)['notes.json']).toBe('my notes');
});
