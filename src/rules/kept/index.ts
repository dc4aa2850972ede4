import { defineKind } from '../kind.ts';
import { enforce, sabotage } from './enforce.ts';
import { examples } from './examples.ts';
import { options } from './options.ts';
import { probe } from './probe.ts';

export const kept = defineKind({
  name: 'kept',
  summary: 'What was sent is what is read, and an update changes only what it was sent.',
  options,
  examples,
  enforce,
  probe,
  sabotage,
  explain: ({ of }) => of.join(', '),
});
