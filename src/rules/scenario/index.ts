import { defineKind } from '../kind.ts';
import { enforce, sabotage } from './enforce.ts';
import { examples } from './examples.ts';
import { options } from './options.ts';
import { probe } from './probe.ts';

export const scenario = defineKind({
  name: 'scenario',
  summary: 'A story in steps, for what is computed and not said by another kind.',
  options,
  examples,
  enforce,
  probe,
  sabotage,
  explain: (steps) => `${steps.length} steps`,
});
