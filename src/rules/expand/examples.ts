import type { KindExample } from '../kind.ts';

const setUp: KindExample['pass'] = [
  { make: 'author', as: 'ada' },
  { make: 'book', with: { author_id: '=ada.id' }, as: 'book' },
];
const get = { call: 'getBook', path: { id: '=book.id' } };

export const examples: [KindExample] = [
  {
    rule: {
      at: 'book.author_id',
      name: 'author',
      into: 'author',
      param: 'expand',
      by: ['getBook'],
    },
    pass: [
      ...setUp,
      { ...get, query: { expand: 'author' }, that: 'answer.author.name == ada.name' },
    ],
    fail: [...setUp, { ...get, query: { expand: 'author' }, that: 'same(answer.author, null)' }],
  },
];
