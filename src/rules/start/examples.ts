import type { KindExample } from '../kind.ts';

export const examples: [KindExample] = [
  {
    rule: { of: 'author', shows: { state: 'active' } },
    pass: [{ make: 'author', that: "answer.state == 'active'" }],
    fail: [{ make: 'author', that: 'same(answer.state, null)' }],
  },
];
