import type { KindExample } from '../kind.ts';

export const examples: [KindExample] = [
  {
    rule: { of: 'book', when: "self.state == 'lent'", needs: ['note'] },
    pass: [{ make: 'book', with: { state: 'lent', note: 'to Ada' }, expect: 'ok' }],
    fail: [{ make: 'book', with: { state: 'lent' }, expect: 'ok' }],
  },
];
