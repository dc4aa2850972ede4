import { defineKind } from '../kind.ts';
import { enforce, sabotage } from './enforce.ts';
import { examples } from './examples.ts';
import { options } from './options.ts';
import { probe } from './probe.ts';

export const ignored = defineKind({
  name: 'ignored',
  summary: 'Fields that may be sent and do not count, or not unless something else holds.',
  options,
  examples,
  enforce,
  probe,
  sabotage,
  explain: ({ at, fields }) => `${at}: ${fields.join(', ')}`,
});
