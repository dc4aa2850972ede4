import type { KindExample } from '../kind.ts';

export const examples: [KindExample] = [
  {
    rule: { of: 'book', by: 'isbn', among: 'live' },
    pass: [
      { make: 'book', with: { isbn: '1' }, as: 'first' },
      { call: 'deleteBook', path: { id: '=first.id' } },
      { make: 'book', with: { isbn: '1' }, expect: 'ok' },
    ],
    fail: [
      { make: 'book', with: { isbn: '1' } },
      { make: 'book', with: { isbn: '1' }, expect: 'ok' },
    ],
  },
];
