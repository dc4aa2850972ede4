import type { KindExample } from '../kind.ts';

export const examples: [KindExample] = [
  {
    rule: { of: ['author'] },
    pass: [
      { make: 'author', as: 'mine' },
      { call: 'getAuthor', path: { id: '=mine.id' }, by: 'other', expect: 'missing' },
    ],
    fail: [
      { make: 'author', as: 'mine' },
      { call: 'getAuthor', path: { id: '=mine.id' }, by: 'other', expect: 'ok' },
    ],
  },
];
