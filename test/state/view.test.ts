import { expect, test } from 'vitest';
import { State } from '../../src/state/state.ts';
import { View } from '../../src/state/view.ts';

const SHAPE = { indexes: { price: ['group'] }, seed: () => [] };

function made(...groups: (string | null)[]): State {
  const state = new State(SHAPE);
  groups.forEach((group, i) => {
    const view = new View(state, 'a');
    view.insert('price', `p${i}`, { group });
    state.apply(view.changes());
  });
  return state;
}

test('a view shows its own changes and leaves the state alone', () => {
  const state = made('g');
  const view = new View(state, 'a');
  const row = view.now('price', 'p0');
  if (row === undefined) throw new Error('not made');
  view.replace('price', row, { group: 'h' });
  view.insert('price', 'p1', { group: 'g' });
  expect(view.find('price', 'group', 'g').map(({ id }) => id)).toEqual(['p1']);
  expect(view.find('price', 'group', 'h').map(({ id }) => id)).toEqual(['p0']);
  expect(view.was('price', 'p0')?.data).toEqual({ group: 'g' });
  expect(new View(state, 'a').all('price')).toHaveLength(1);
});

test('a record changed twice is one change, from what was to what is', () => {
  const state = made('g');
  const view = new View(state, 'a');
  const row = view.now('price', 'p0');
  if (row === undefined) throw new Error('not made');
  view.replace('price', row, { group: 'h' });
  const changed = view.now('price', 'p0');
  if (changed === undefined) throw new Error('gone');
  view.replace('price', changed, { group: 'i' });
  expect(view.changes()).toEqual([
    {
      scope: 'a',
      resource: 'price',
      id: 'p0',
      before: row,
      after: { ...row, data: { group: 'i' } },
    },
  ]);
});

test('looking up by an indexed value touches only the rows that have it', () => {
  const state = made(
    ...Array.from({ length: 1000 }, (_, i) => (i % 100 === 0 ? 'rare' : 'common')),
  );
  expect(state.table('a', 'price').ids('group', 'rare')?.size).toBe(10);
  expect(state.table('a', 'price').ids('group', 'none')?.size).toBe(0);
  expect(state.table('a', 'price').ids('other', 'x')).toBeUndefined();
});

test('an index follows a row that changes or goes, and holds no null', () => {
  const state = made('g', null);
  const view = new View(state, 'a');
  const row = view.now('price', 'p0');
  if (row === undefined) throw new Error('not made');
  view.remove('price', row);
  state.apply(view.changes());
  const table = state.table('a', 'price');
  expect([table.ids('group', 'g')?.size, table.ids('group', null)?.size]).toEqual([0, 0]);
});

test('scopes never share a row, and every apply moves the version by one', () => {
  const state = made('g', 'g');
  expect(state.version).toBe(2);
  expect(new View(state, 'b').all('price')).toEqual([]);
  state.apply([]);
  expect(state.version).toBe(2);
});

test('a reset is the fixture again', () => {
  const seed = () => [
    { scope: 'a', resource: 'price', id: 'f', after: { id: 'f', seq: 1, data: {} } },
  ];
  const state = new State({ indexes: {}, seed });
  const view = new View(state, 'a');
  view.insert('price', 'x', {});
  state.apply(view.changes());
  expect(new View(state, 'a').all('price').map(({ id }) => id)).toEqual(['f', 'x']);
  state.reset();
  expect(new View(state, 'a').all('price').map(({ id }) => id)).toEqual(['f']);
});
