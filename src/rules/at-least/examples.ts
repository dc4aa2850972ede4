import type { KindExample } from '../kind.ts';

export const examples: [KindExample] = [
  {
    rule: { count: 1, of: 'volume', within: 'shelf', when: 'create' },
    pass: [{ make: 'shelf', with: { volumes: [{ title: 'one' }] }, expect: 'ok' }],
    fail: [{ make: 'shelf', with: { volumes: [] }, expect: 'ok' }],
  },
];
