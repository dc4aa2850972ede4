import type { KindExample } from '../kind.ts';

const start = [
  { make: 'shelf', as: 'shelf' },
  { make: 'volume', as: 'one', in: 'shelf' },
  { make: 'volume', as: 'two', in: 'shelf' },
];

export const examples: [KindExample] = [
  {
    rule: { of: 'volume', within: 'shelf', by: 'updateShelf.volume_order' },
    pass: [
      ...start,
      {
        call: 'updateShelf',
        path: { id: '=shelf.id' },
        with: { volume_order: ['=two.id', '=one.id'] },
        expect: 'ok',
      },
      {
        call: 'getShelf',
        path: { id: '=shelf.id' },
        that: 'answer.volumes.map(v, v.id) == [two.id, one.id]',
      },
    ],
    fail: [
      ...start,
      {
        call: 'updateShelf',
        path: { id: '=shelf.id' },
        with: { volume_order: ['=two.id'] },
        expect: 'ok',
      },
    ],
  },
];
