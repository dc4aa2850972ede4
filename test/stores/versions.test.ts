// A data folder written under one version of a contract, opened under another: nothing is lost, and what does not
// fit is told.

import { expect, onTestFinished, test } from 'vitest';
import { parseContract } from '../../src/contract/load.ts';
import { hooksOf, playable, shapeOf } from '../../src/mock/playable.ts';
import type { Json, JsonObject } from '../../src/model/json.ts';
import { kinds } from '../../src/rules/index.ts';
import { parseSpec } from '../../src/spec/spec.ts';
import { type Change, State } from '../../src/state/state.ts';
import { LowdbStore } from '../../src/stores/lowdb.ts';
import { copyOf, files, scratch } from './folder.ts';

const SCOPE = 'alice/default';

/** A library that lends things; each with its schema. */
function apiOf(things: Readonly<Record<string, JsonObject>>) {
  const names = Object.keys(things);
  const named = (make: (name: string) => Json): JsonObject =>
    Object.fromEntries(names.map((name) => [name, make(name)]));
  const spec = {
    openapi: '3.1.0',
    info: { title: 'Library', version: '1' },
    paths: {},
    components: { schemas: named((name) => ({ type: 'object', ...things[name] })) },
  };
  const contract = {
    contract: 1,
    api: 'library',
    spec: 'library.json',
    callers: { tenant: 'credential' },
    errors: {
      invalid: { status: 400, basis: 'documented' },
      unauthenticated: { status: 401, basis: 'assumed' },
      'not-found': { status: 404, basis: 'assumed' },
    },
    resources: named((name) => ({ schema: name, id: '=uuid()', sample: {} })),
    operations: {},
    rules: {},
  };
  const parsed = parseContract(JSON.stringify(contract), 'library.yaml', kinds, () =>
    parseSpec(JSON.stringify(spec), 'library.json'),
  );
  return playable(parsed, hooksOf(parsed, kinds));
}

const text = { type: 'string' };
const OLD = apiOf({
  book: { properties: { id: text, title: text, color: text } },
  film: { properties: { id: text, title: text } },
});
/** Books have no color and must say their pages, titles are short, and there are no films. */
const NEW = apiOf({
  book: {
    properties: {
      id: text,
      title: { ...text, maxLength: 4 },
      pages: { type: ['integer', 'null'] },
    },
    required: ['pages'],
  },
});

async function open(folder: string, api: ReturnType<typeof apiOf>) {
  const warnings: string[] = [];
  const state = new State(shapeOf(api.contract, () => []));
  const warn = (message: string) => warnings.push(message.replaceAll(folder, 'DATA'));
  const store = new LowdbStore(state, api, { folder, durability: 'journal', warn });
  await store.open();
  onTestFinished(() => store.close());
  return { state, store, warnings };
}

const insert = (resource: string, id: string, seq: number, data: JsonObject): Change => ({
  scope: SCOPE,
  resource,
  id,
  after: { id, seq, data: { id, ...data } },
});

/** The folder as the old contract left it: killed, or stopped and rewritten. */
async function written(isStopped: boolean): Promise<string> {
  const folder = scratch();
  const { store } = await open(folder, OLD);
  store.commit([
    insert('book', 'b1', 1, { title: 'Emma', color: 'red' }),
    insert('book', 'b2', 2, { title: 'Middlemarch', color: null }),
    insert('film', 'f1', 3, { title: 'Brazil' }),
  ]);
  await store.reached(1);
  if (!isStopped) return copyOf(folder);
  await store.close();
  return folder;
}

const WARNINGS = [
  'DATA was written under another spec or contract; its records are kept as they are',
  'DATA: book.color is not in the spec any more: kept and not shown in 1 record (b1)',
  'DATA: book.title must have at most 4 characters: not so in 1 record (b2)',
  'DATA: film: 1 record (f1) kept and not served, for the contract has no film any more',
];

test.each([true, false])(
  'what does not fit is told at the start (stopped: %s)',
  async (isStopped) => {
    const folder = await written(isStopped);
    const { warnings, state } = await open(folder, NEW);
    expect(warnings).toEqual(WARNINGS);
    const { rows } = state.table(SCOPE, 'book');
    expect(rows.get('b1')?.data).toEqual({ id: 'b1', title: 'Emma', color: 'red', pages: null });
  },
);

test('a start changes no record on the disk', async () => {
  const folder = await written(true);
  const before = files(folder);
  const { store } = await open(folder, NEW);
  await store.close();
  const after = files(folder);
  for (const name of ['book.json', 'film.json']) expect(after[name]).toBe(before[name]);
});

test('after writes under the new contract, the old one finds all of its own again', async () => {
  const folder = await written(true);
  const first = await open(folder, NEW);
  first.store.commit([insert('book', 'b3', 4, { title: 'Ulys', pages: 700 })]);
  await first.store.reached(2);
  await first.store.close();
  const { state, warnings } = await open(folder, OLD);
  expect(warnings).toEqual([]);
  expect([...state.table(SCOPE, 'film').rows.keys()]).toEqual(['f1']);
  expect(state.table(SCOPE, 'book').rows.get('b1')?.data).toMatchObject({ color: 'red' });
  expect([...state.table(SCOPE, 'book').rows.keys()]).toEqual(['b1', 'b2', 'b3']);
});

test('it is told at every start until all of it fits', async () => {
  const folder = await written(true);
  const first = await open(folder, NEW);
  first.store.commit([insert('book', 'b3', 4, { title: 'Ulys', pages: 700 })]);
  await first.store.close();
  expect((await open(folder, NEW)).warnings).toEqual(WARNINGS);
});

test('where all fits nothing is told, and a later version is compared with this one', async () => {
  const folder = await written(true);
  const wide = apiOf({
    book: {
      properties: { id: text, title: text, color: text, pages: { type: ['integer', 'null'] } },
    },
    film: { properties: { id: text, title: text } },
  });
  const first = await open(folder, wide);
  expect(first.warnings).toEqual([]);
  first.store.commit([insert('book', 'b3', 4, { title: 'Ulys', color: null, pages: 700 })]);
  await first.store.close();
  const { warnings } = await open(folder, OLD);
  expect(warnings.at(-1)).toBe(
    'DATA: book.pages is not in the spec any more: kept and not shown in 1 record (b3)',
  );
});

test('a version that comes while it runs keeps what is there, finds by its own indexes, and is told the same', async () => {
  const folder = await written(true);
  const { state, store, warnings } = await open(folder, OLD);
  state.reshape({ indexes: { book: ['title'] }, seed: () => [] }, NEW.blank);
  store.adopt(NEW);
  expect(warnings).toEqual(WARNINGS);
  expect([...(state.table(SCOPE, 'book').ids('title', 'Emma') ?? [])]).toEqual(['b1']);
  expect(state.table(SCOPE, 'book').rows.get('b1')?.data['pages']).toBe(null);
  expect(state.version).toBe(1);
});
