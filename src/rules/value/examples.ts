import type { KindExample } from '../kind.ts';

export const examples: [KindExample] = [
  {
    rule: { at: 'createAuthor.name', is: { maxLength: 40 } },
    pass: [{ make: 'author', with: { name: 'x'.repeat(40) }, expect: 'ok' }],
    fail: [{ make: 'author', with: { name: 'x'.repeat(41) }, expect: 'ok' }],
  },
];
