import { defineKind } from '../kind.ts';
import { enforce, sabotage } from './enforce.ts';
import { examples } from './examples.ts';
import { options } from './options.ts';
import { probe } from './probe.ts';

export const stamp = defineKind({
  name: 'stamp',
  summary: 'The times of creation and of the last change.',
  options,
  examples,
  enforce,
  probe,
  sabotage,
  explain: ({ of, created, updated }) => `${of.join(', ')}: ${created}, ${updated}`,
});
