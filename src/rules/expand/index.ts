import { defineKind } from '../kind.ts';
import { enforce, sabotage } from './enforce.ts';
import { examples } from './examples.ts';
import { options } from './options.ts';
import { probe } from './probe.ts';

export const expand = defineKind({
  name: 'expand',
  summary: 'Puts the whole record that a reference names into the answer, when asked.',
  options,
  examples,
  enforce,
  probe,
  sabotage,
  explain: ({ at, name, into, by }) => `${name}: ${at} into ${into}, by ${by.join(', ')}`,
});
