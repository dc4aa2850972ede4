import { defineKind } from '../kind.ts';
import { enforce, sabotage } from './enforce.ts';
import { examples } from './examples.ts';
import { options } from './options.ts';
import { probe } from './probe.ts';

export const input = defineKind({
  name: 'input',
  summary: 'What a field left out, sent as null or sent empty does to an update.',
  options,
  examples,
  enforce,
  probe,
  sabotage,
  explain: ({ at, ...words }) => `${at}: ${JSON.stringify(words)}`,
});
