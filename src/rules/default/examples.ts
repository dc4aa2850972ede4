import type { KindExample } from '../kind.ts';

const setUp: KindExample['pass'] = [{ make: 'book', with: { state: undefined }, as: 'book' }];
const read = { call: 'getBook', path: { id: '=book.id' } };

export const examples: [KindExample] = [
  {
    rule: { at: 'book.state', to: 'new', for: ['absent'] },
    pass: [...setUp, { ...read, that: "answer.state == 'new'" }],
    fail: [...setUp, { ...read, that: 'same(answer.state, null)' }],
  },
];
