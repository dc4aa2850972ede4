import type { KindExample } from '../kind.ts';

const setUp: KindExample['pass'] = [
  { make: 'author', as: 'ada' },
  { make: 'book', with: { author_id: '=ada.id' }, as: 'book' },
];

export const examples: [KindExample] = [
  {
    rule: { at: 'author.book_ids', is: "=referrers('book.author_id')" },
    pass: [
      ...setUp,
      { call: 'getAuthor', path: { id: '=ada.id' }, that: 'answer.book_ids == [book.id]' },
    ],
    fail: [
      ...setUp,
      { call: 'getAuthor', path: { id: '=ada.id' }, that: 'same(answer.book_ids, null)' },
    ],
  },
];
