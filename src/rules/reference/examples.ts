import type { KindExample } from '../kind.ts';

export const examples: [KindExample] = [
  {
    rule: { from: 'book.author_id', to: 'author' },
    pass: [
      { make: 'author', as: 'ada' },
      { make: 'book', with: { author_id: '=ada.id' }, expect: 'ok' },
    ],
    fail: [{ make: 'book', with: { author_id: 'nobody' }, expect: 'ok' }],
  },
];
