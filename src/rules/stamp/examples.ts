import type { KindExample } from '../kind.ts';

const setUp: KindExample['pass'] = [
  { make: 'book', as: 'book' },
  { call: 'updateBook', path: { id: '=book.id' }, with: { note: 'red' } },
];
const read = { call: 'getBook', path: { id: '=book.id' } };

export const examples: [KindExample] = [
  {
    rule: { of: ['book'], created: 'made_at', updated: 'changed_at' },
    pass: [...setUp, { ...read, that: 'instant(answer.changed_at) > instant(answer.made_at)' }],
    fail: [...setUp, { ...read, that: 'same(answer.changed_at, null)' }],
  },
];
