import type { KindExample } from '../kind.ts';

export const examples: [KindExample] = [
  {
    rule: [{ make: 'author', as: 'ada', that: 'answer.name == sent.ada.name' }] as never,
    pass: [{ make: 'author', as: 'ada', that: 'answer.name == sent.ada.name' }],
    fail: [{ make: 'author', as: 'ada', that: 'answer.name != sent.ada.name' }],
  },
];
