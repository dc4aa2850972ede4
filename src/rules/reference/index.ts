import { defineKind } from '../kind.ts';
import { enforce, sabotage } from './enforce.ts';
import { examples } from './examples.ts';
import { options } from './options.ts';
import { probe } from './probe.ts';

export const reference = defineKind({
  name: 'reference',
  summary: 'A field names a record that exists, that the caller sees, and that is as it must be.',
  options,
  examples,
  enforce,
  probe,
  sabotage,
  explain: ({ from, to, must = [] }) =>
    `${from} -> ${to}${must.length === 0 ? '' : ` (${must.join(', ')})`}`,
});
