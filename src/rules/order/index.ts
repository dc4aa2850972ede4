import { defineKind } from '../kind.ts';
import { enforce, sabotage } from './enforce.ts';
import { examples } from './examples.ts';
import { options } from './options.ts';
import { probe } from './probe.ts';

export const order = defineKind({
  name: 'order',
  summary: 'An update that puts the parts of a record in another order.',
  options,
  examples,
  enforce,
  probe,
  sabotage,
  explain: ({ of, within, by }) => `${by} orders each ${of} of a ${within}`,
});
