import { defineKind } from '../kind.ts';
import { enforce, sabotage } from './enforce.ts';
import { examples } from './examples.ts';
import { options } from './options.ts';
import { probe } from './probe.ts';

export const atLeast = defineKind({
  name: 'at-least',
  summary: 'How many parts a record must have when it is made, or must keep.',
  options,
  examples,
  enforce,
  probe,
  sabotage,
  explain: ({ count, of, within, when }) => `${count} ${of} in a ${within}, on ${when}`,
});
