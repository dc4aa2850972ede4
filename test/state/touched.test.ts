// How many records an operation looks at: those that it is about, however many others there are. What lists
// look at is not said here.

import { expect, test } from 'vitest';
import type { Json } from '../../src/model/json.ts';
import type { Row, Table } from '../../src/state/state.ts';
import { type InProcess, inProcess } from '../../src/testing/in-process.ts';
import { flat, GPU } from '../golden/flexprice/talk.ts';
import { apisOf, type Body } from '../golden/talk.ts';

const flexprice = apisOf('flexprice')();

/** Rows that remember which of them were looked at. */
class Watched extends Map<string, Row> {
  readonly touched = new Set<string>();

  override get(id: string): Row | undefined {
    this.touched.add(id);
    return super.get(id);
  }

  override *entries(): MapIterator<[string, Row]> {
    for (const id of super.keys()) {
      const row = this.get(id);
      if (row !== undefined) yield [id, row];
    }
  }

  override *values(): MapIterator<Row> {
    for (const [, row] of this.entries()) yield row;
  }

  override [Symbol.iterator](): MapIterator<[string, Row]> {
    return this.entries();
  }

  override forEach(use: (row: Row, id: string, all: Map<string, Row>) => void): void {
    for (const [id, row] of this.entries()) use(row, id, this);
  }
}

function watch(table: Table): Watched {
  const watched = new Watched(table.rows);
  watched.touched.clear();
  Object.defineProperty(table, 'rows', { value: watched });
  return watched;
}

async function ask({ send }: InProcess, method: string, path: string, body?: Json): Promise<Body> {
  const headers = { 'content-type': 'application/json', 'x-api-key': 'key-a' };
  const query = new Map();
  const answer = await send({ method, path, query, headers, ...(body && { body }) });
  expect(answer.status).toBeLessThan(300);
  return answer.body as unknown as Body;
}

/** A mock with a group of three prices and that many others, each with a group and a key of its own. */
async function filled(others: number) {
  const mock = inProcess(flexprice, { seed: 1 });
  const plan = await ask(mock, 'POST', '/plans', { name: 'Team' });
  const group = async (key: string) => ask(mock, 'POST', '/groups', { ...GPU, lookup_key: key });
  const price = async (group_id: string, key: string) =>
    ask(mock, 'POST', '/prices', { ...flat(plan.id), group_id, lookup_key: key });
  for (let i = 0; i < others; i += 1) await price((await group(`g-${i}`)).id, `p-${i}`);
  const { id } = await group('ours');
  const prices = [await price(id, 'a'), await price(id, 'b'), await price(id, 'c')];
  const scope = mock.state.scopes()[0] ?? '';
  const rows = ['group', 'price'].map((name) => watch(mock.state.table(scope, name)));
  return { mock, rows, group: id, price: prices[0]?.id ?? '' };
}

type Filled = Awaited<ReturnType<typeof filled>>;
const other = (key: string) => ({ ...GPU, lookup_key: key });

/** By operation: how it is asked for, and how many groups and prices it has to look at. */
const OPERATIONS: [string, (state: Filled) => Promise<Body>, [groups: number, prices: number]][] = [
  ['read by id', ({ mock, price }) => ask(mock, 'GET', `/prices/${price}`), [0, 1]],
  ['search by key', ({ mock }) => ask(mock, 'GET', '/prices/lookup/b'), [0, 1]],
  ['search by reference', ({ mock, group }) => ask(mock, 'GET', `/groups/${group}`), [1, 3]],
  ['create with a key', ({ mock }) => ask(mock, 'POST', '/groups', other('new')), [1, 0]],
  ['delete of a group', ({ mock, group }) => ask(mock, 'DELETE', `/groups/${group}`), [1, 3]],
];

for (const [name, run, expected] of OPERATIONS) {
  test.each([10, 1_000])(`${name} looks at its own records among %i others`, async (others) => {
    const state = await filled(others);
    await run(state);
    expect(state.rows.map(({ touched }) => touched.size)).toEqual(expected);
  });
}

test('the watch sees a scan', async () => {
  const state = await filled(10);
  await ask(state.mock, 'POST', '/prices/search', {});
  expect(state.rows[1]?.touched.size).toBe(13);
});
