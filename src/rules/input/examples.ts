import type { KindExample } from '../kind.ts';

const setUp: KindExample['pass'] = [
  { make: 'book', with: { note: 'red' }, as: 'book' },
  { call: 'updateBook', path: { id: '=book.id' }, with: { note: null }, expect: 'ok' },
];
const read = { call: 'getBook', path: { id: '=book.id' } };

export const examples: [KindExample] = [
  {
    rule: { at: 'updateBook.note', 'as-null': 'keep' },
    pass: [...setUp, { ...read, that: "answer.note == 'red'" }],
    fail: [...setUp, { ...read, that: 'same(answer.note, null)' }],
  },
];
