import { defineKind } from '../kind.ts';
import { enforce, sabotage } from './enforce.ts';
import { examples } from './examples.ts';
import { options } from './options.ts';
import { probe } from './probe.ts';

export const defaultKind = defineKind({
  name: 'default',
  summary: 'The value of a field that a create leaves out.',
  options,
  examples,
  enforce,
  probe,
  sabotage,
  explain: ({ at, to }) => `${at}: ${JSON.stringify(to)}`,
});
