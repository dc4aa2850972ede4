import { defineKind } from '../kind.ts';
import { enforce, sabotage } from './enforce.ts';
import { examples } from './examples.ts';
import { options } from './options.ts';
import { probe } from './probe.ts';

export const scope = defineKind({
  name: 'scope',
  summary:
    "One caller's records are no other caller's: not read, listed, written, referred to or collided with.",
  options,
  examples,
  enforce,
  probe,
  sabotage,
  explain: ({ of }) => `${of.join(', ')}: apart by tenant and environment`,
});
