import { defineKind } from '../kind.ts';
import { enforce, sabotage } from './enforce.ts';
import { examples } from './examples.ts';
import { options } from './options.ts';
import { probe } from './probe.ts';

export const filled = defineKind({
  name: 'filled',
  summary: 'A field that is never stored but worked out whenever the record is shown.',
  options,
  examples,
  enforce,
  probe,
  sabotage,
  explain: ({ at, is }) => `${at} ${typeof is === 'string' ? is : JSON.stringify(is)}`,
});
