import { defineKind } from '../kind.ts';
import { enforce, sabotage } from './enforce.ts';
import { examples } from './examples.ts';
import { options } from './options.ts';
import { probe } from './probe.ts';

export const start = defineKind({
  name: 'start',
  summary: 'How every new record begins, whatever was sent.',
  options,
  examples,
  enforce,
  probe,
  sabotage,
  explain: ({ of, shows }) => `${of}: ${JSON.stringify(shows)}`,
});
