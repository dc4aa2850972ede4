import type { KindExample } from '../kind.ts';

const setUp: KindExample['pass'] = [
  { make: 'book', with: { isbn: '1' }, as: 'one' },
  { make: 'book', with: { isbn: '2' }, as: 'two' },
];
const found = { call: 'listBooks', query: { isbn: '2' } };

export const examples: [KindExample] = [
  {
    rule: { at: 'listBooks', filter: { isbn: { equals: 'isbn' } } },
    pass: [...setUp, { ...found, that: 'answer.items.map(i, i.id) == [two.id]' }],
    fail: [...setUp, { ...found, that: 'size(answer.items) == 2' }],
  },
];
