import type { KindExample } from '../kind.ts';

const setUp: KindExample['pass'] = [
  { make: 'author', as: 'ada' },
  { make: 'book', with: { author_id: '=ada.id' }, as: 'book' },
  { call: 'deleteAuthor', path: { id: '=ada.id' } },
];

export const examples: [KindExample] = [
  {
    rule: { of: 'author', clear: 'book.author_id' },
    pass: [
      ...setUp,
      { call: 'getBook', path: { id: '=book.id' }, that: 'same(answer.author_id, null)' },
    ],
    fail: [
      ...setUp,
      { call: 'getBook', path: { id: '=book.id' }, that: 'answer.author_id == ada.id' },
    ],
  },
];
