import type { KindExample } from '../kind.ts';

export const examples: [KindExample] = [
  {
    rule: { at: 'createBook', fields: ['id'] },
    pass: [{ make: 'book', with: { id: 'mine' }, that: "answer.id != 'mine'" }],
    fail: [{ make: 'book', with: { id: 'mine' }, that: "answer.id == 'mine'" }],
  },
];
