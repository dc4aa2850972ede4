import type { KindExample } from '../kind.ts';

const setUp: KindExample['pass'] = [{ make: 'book', with: { note: 'red' }, as: 'book' }];
const read = { call: 'getBook', path: { id: '=book.id' } };

export const examples: [KindExample] = [
  {
    rule: { of: ['book'] },
    pass: [...setUp, { ...read, that: 'answer.note == sent.book.note' }],
    fail: [...setUp, { ...read, that: 'answer.note != sent.book.note' }],
  },
];
